import type { FeatureBorrower } from '../baseline/features/feature';
import type { WeightTensor } from '../engine/weights';
import { FerlabError } from '../errors';
import { loadWeights, openNetworkRun } from '../run/open-run';
import { modelFolder } from '../run/published-models';
import { type BaselineRecord, type DividedData, dividedData, haveSameParts } from '../run/record';

/** What is taken over from a published network. */
export interface Loan {
  readonly weights: readonly WeightTensor[];
  readonly lender: NonNullable<BaselineRecord['lender']>;
}

/**
 * The weights of the published network whose features a baseline takes over.
 * @throws FerlabError when no such network is published, or it was trained on other images
 */
export function borrowFeatures({ lender: model }: FeatureBorrower, data: DividedData): Loan {
  const run = openNetworkRun(modelFolder(model));
  if (!haveSameParts(dividedData(run.record), data))
    throw new FerlabError(
      `${run.folder}: the network was trained on other images than this baseline is fitted to`,
      {
        remedy:
          'give the data and the split of that network, or choose a baseline that takes no features over: any other network has learnt from test images of this one',
      },
    );
  return { weights: loadWeights(run), lender: { model, weightsSha256: run.record.weightsSha256 } };
}
