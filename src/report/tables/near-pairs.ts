import type { ImageDataset } from '../../dataset/dataset';
import { type NearPairs, summarizeNearPairs } from '../../dataset/near-pairs';
import { COUNT, ONE_DECIMAL, percent } from '../columns';
import { column, type ReportTable } from '../table';
import { titledFor } from '../words';

/** Pairs of images that look alike, by the distance of their perceptual hashes, and whether they carry one label. */
export function tableNearPairs(dataset: ImageDataset): ReportTable<NearPairs> {
  const { rows, chance } = summarizeNearPairs(dataset);
  const parts = Object.keys(rows[0]!.withTraining);
  return {
    title: titledFor('Pairs of images that look alike', dataset),
    columns: [
      column('Distance, bits', ({ distance }) => (distance === null ? 'exact copies' : String(distance))),
      column('Pairs', ({ pairs }) => pairs, COUNT),
      column(
        'Same label, %',
        ({ pairs, agreeing }) => (pairs > 0 ? percent(agreeing / pairs) : null),
        ONE_DECIMAL,
      ),
      column('Groups up to here', ({ groups }) => groups, COUNT),
      ...parts.map((name) =>
        column(`${name} with such a pair in training`, (row: NearPairs) => row.withTraining[name], COUNT),
      ),
    ],
    rows,
    notes: [
      `Of all pairs of images ${percent(chance).toFixed(1)} % carry the same label. A hash is 64 bits: which of two neighbouring blocks is brighter, in 8 lines of 9 blocks. Mirrored pairs count too. Groups and images of the last columns add up from row to row.`,
    ],
  };
}
