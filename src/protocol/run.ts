import type { ImageDataset } from '../dataset/dataset';
import { loadMarks } from '../run/final-marks';
import { partsOf } from '../run/parts';
import { splitOf } from '../run/record';
import type { Run } from '../run/run';
import { asProtocolImages, type ProtocolImages } from './images';
import type { Operation } from './operations';

const PARTS = [
  { name: 'training part', role: 'training' },
  { name: 'validation part', role: 'validation' },
  { name: 'test part', role: 'test' },
] as const;

/** The images of a run under its own parts. What is neither learnt nor validated is the test part, which stays sealed. */
export function imagesOfRun(run: Run, dataset: ImageDataset): ProtocolImages {
  const { training, validation } = partsOf(run, dataset);
  const parts = new Uint8Array(dataset.count).fill(2);
  for (const row of training) parts[row] = 0;
  for (const row of validation) parts[row] = 1;
  const images = asProtocolImages(dataset, dataset.source.format, parts);
  return { ...images, spec: { side: dataset.spec.side, parts: PARTS } };
}

/** What the files of a run say about the order of its operations. */
export function operationsOfRun({ folder, record }: Run): Operation[] {
  const { protocol } = splitOf(record);
  const isNetwork = record.kind === 'network';
  const chosen = { network: 'epoch', baseline: 'settings', ensemble: 'members' }[record.kind];
  const evaluations = new Set(
    loadMarks(folder).flatMap((mark) => (mark.correction ? [] : [mark.weightsSha256])),
  );
  return [
    { operation: 'split', on: ['all'], what: protocol },
    ...(isNetwork ? [{ operation: 'augment', on: ['training'], what: 'drawn in each epoch' } as const] : []),
    { operation: 'train', on: ['training'] },
    { operation: 'choose', on: ['validation'], what: chosen },
    ...(evaluations.size > 1
      ? [{ operation: 'choose', on: ['test'], what: `${evaluations.size} trainings were tested` } as const]
      : []),
    ...(evaluations.size > 0 ? [{ operation: 'evaluate', on: ['test'] } as const] : []),
  ];
}
