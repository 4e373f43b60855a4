import { modelSize } from '../engine/describe';
import { type ConfidenceInterval, wilsonInterval } from '../evaluate/intervals';
import { compareModels, type PairedDifference } from '../evaluate/paired';
import { buildModel } from '../model/models';
import type { RunConfig } from '../run/config';
import { errataOf } from '../run/errata';
import { bestEpoch } from '../run/history';
import type { Machine } from '../run/machine';
import { isFinished, loadRunPredictions, openNetworkRun } from '../run/open-run';
import { countHits, type Predictions } from '../run/predictions';
import { type DatasetRecord, type Erratum, machinesOf } from '../run/record';
import type { Study, Variant } from './definition';
import { variantFolder } from './run';

/** What a variant reached on the validation part, and what it cost. */
export interface VariantResult {
  readonly name: string;
  readonly change: string;
  readonly config: RunConfig;
  /** Of the validation part: images, those that were recognised, their share. */
  readonly count: number;
  readonly correct: number;
  readonly accuracy: number;
  readonly interval: ConfidenceInterval;
  /**
   * Accuracy less that of the study's first variant; null for itself, where the validation parts differ, or where the
   * first was trained elsewhere and its predictions are not at hand.
   */
  readonly difference: PairedDifference | null;
  /** Accuracy of the best epoch with a single view of each image. */
  readonly singleViewAccuracy: number;
  readonly bestEpoch: number;
  /** Training images times epochs. */
  readonly imagesSeen: number;
  readonly minutes: number;
  readonly parameters: number;
  /** For one image of 48x48. */
  readonly multiplyAdds: number;
  /** More than one where it was resumed elsewhere. */
  readonly machines: readonly Machine[];
  /** Faults of the training that were found afterwards. */
  readonly errata: readonly Erratum[];
}

/** The results of a study: what its table and figure are made from. */
export interface StudyResults {
  readonly format: 'ferlab-study-results-2';
  readonly title: string;
  readonly protocol: string;
  readonly dataset: DatasetRecord;
  readonly variants: readonly VariantResult[];
}

/** The results of the variants that are trained, from their saved predictions; null when none is. */
export function loadStudyResults(study: Study): StudyResults | null {
  const trained = study.variants.filter((variant) => isFinished(variantFolder(study, variant)));
  const [first] = trained;
  if (!first) return null;
  const { dataset } = openNetworkRun(variantFolder(study, first)).record;
  const reference = first === study.variants[0] ? loadValidation(study, first) : null;
  return {
    format: 'ferlab-study-results-2',
    title: study.title,
    protocol: study.protocol,
    dataset,
    variants: trained.map((variant) => resultOf(study, variant, variant === first ? null : reference)),
  };
}

const loadValidation = (study: Study, variant: Variant) =>
  loadRunPredictions(openNetworkRun(variantFolder(study, variant)), 'validation');

function resultOf(study: Study, variant: Variant, reference: Predictions | null): VariantResult {
  const folder = variantFolder(study, variant);
  const run = openNetworkRun(folder);
  const { record, history } = run;
  const predictions = loadRunPredictions(run, 'validation');
  const count = predictions.labels.length;
  const correct = countHits(predictions);
  return {
    name: variant.name,
    change: variant.change,
    config: record.config,
    count,
    correct,
    accuracy: correct / count,
    interval: wilsonInterval(correct, count),
    difference: reference && compare(predictions, reference),
    singleViewAccuracy: bestEpoch(history)!.valAccuracy,
    bestEpoch: record.bestEpoch,
    imagesSeen: history.length * record.counts.training,
    minutes: Math.round(record.trainingSeconds / 6) / 10,
    parameters: record.parameters,
    multiplyAdds: modelSize(buildModel(record.config.model, record.dataset)).multiplyAdds,
    machines: machinesOf(record),
    errata: errataOf(record),
  };
}

/** Null where the validation parts differ: another split, or another seed of a random one. */
function compare(own: Predictions, reference: Predictions): PairedDifference | null {
  const { rows } = own;
  const isSamePart =
    rows.length === reference.rows.length && rows.every((row, i) => row === reference.rows[i]);
  return isSamePart ? compareModels(reference, own) : null;
}
