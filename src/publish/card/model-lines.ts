import type { Settings } from '../../baseline/classifiers/classifier';
import { BASELINES } from '../../baseline/methods';
import { modelSize } from '../../engine/describe';
import type { Calibration } from '../../evaluate/calibration';
import type { Results } from '../../evaluate/results';
import { buildModel } from '../../model/models';
import type { BaselineRecord, DatasetRecord, EnsembleRecord, NetworkRecord } from '../../run/record';
import type { Run } from '../../run/run';
import { number, percentText, VIEW_WORDS } from './words';

/** What the classifier is, what goes in and comes out, and how well its probabilities are calibrated: one entry a line. */
export function modelLines(run: Run, { test, tempered }: Results): string[] {
  const temperature = `\`ferlab predict\` divides the logits by the temperature ${tempered.temperature.toFixed(3)}, which was fitted on the validation part.`;
  const lines = classifierLines(run);
  const error = (calibration: Calibration) => calibration.expectedCalibrationError.toFixed(3);
  const calibration = `The expected calibration error on the test part is ${error(test.calibration)}, and ${error(tempered.test)} with the temperature. A perfectly calibrated model with these confidences has an expected calibration error of ${test.calibration.calibrationFloor!.toFixed(3)} on average, because the number of images is finite.`;
  return [...lines, temperature, calibration];
}

function inputAndOutput({ side, classes }: DatasetRecord): string {
  const names = `${classes.slice(0, -1).join(', ')} and ${classes.at(-1)}`;
  return `Input: ${side}x${side} grey levels of one cropped face, 0 to 255 scaled to 0 to 1. Output: probabilities of ${names}.`;
}

function classifierLines({ record }: Run): string[] {
  if (record.kind === 'ensemble') return memberLines(record);
  return record.kind === 'baseline' ? baselineLines(record) : networkLines(record);
}

function baselineLines({ method, parameters, tried, lender, dataset }: BaselineRecord): string[] {
  const { title } = BASELINES[method];
  const kind = lender
    ? `the features are the inputs of the last layer of [${lender.model}](../${lender.model}/README.md), whose weights are among the ${number(parameters)} fitted numbers; it was trained on the same images.`
    : `no network; ${number(parameters)} fitted numbers.`;
  const tries = tried.map(
    ({ settings, validationAccuracy }) =>
      `${settingsText(settings)}: ${percentText(validationAccuracy)} % of the validation images`,
  );
  return [
    `${title} (\`src/baseline/methods.ts\`): ${kind}`,
    inputAndOutput(dataset),
    ...(tries.length > 1
      ? [`Settings tried, the best by validation accuracy kept: ${tries.join('; ')}.`]
      : []),
  ];
}

const settingsText = (settings: Settings) =>
  Object.entries(settings)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ');

/** Members may differ in network and training, which their own cards tell. */
function memberLines({ members, dataset }: EnsembleRecord): string[] {
  const names = members.map((name) => `[${name}](../${name}/README.md)`).join(', ');
  return [
    `The mean of the probabilities of ${members.length} models: ${names}. Their cards describe networks, weights and views.`,
    inputAndOutput(dataset),
  ];
}

function networkLines(record: NetworkRecord): string[] {
  const { parameters, multiplyAdds } = modelSize(buildModel(record.config.model, record.dataset));
  return [
    `\`${record.config.model}\` (\`src/model/${record.config.model}.ts\`): ${number(parameters)} parameters, ${(multiplyAdds / 1e6).toFixed(0)} million multiply-adds an image.`,
    inputAndOutput(record.dataset),
    `A prediction is ${VIEW_WORDS[record.config.testTimeViews]}.`,
    `\`weights.bin\` holds the weights of the epoch with the best validation accuracy (${record.bestEpoch} of ${record.config.epochs}), rounded to float16. All numbers here were computed from these rounded weights in float32.`,
  ];
}
