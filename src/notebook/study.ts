import { loadDataset } from '../dataset/load';
import type { Study } from '../study/definition';
import { loadStudyResults, type StudyResults } from '../study/results';
import { runStudy } from '../study/run';
import { interruptible } from './interrupt';

/**
 * Trains the variants of a study on the synthetic sample; the stop button stops it, and to run the cell again goes on.
 * @throws FerlabError as `runStudy`
 */
export async function runStudyOnSample(study: Study): Promise<StudyResults> {
  const dataset = await loadDataset({ sample: true });
  await interruptible((signal) => runStudy(study, { dataset, signal }));
  return loadStudyResults(study)!;
}
