import type { BenchResults } from './main';
import type { Measurement } from './measure';
import { OURS } from './peer';

const number = (value: number) => (value < 20 ? value.toFixed(1) : String(Math.round(value)));

/** The results as Markdown: what was measured with what, then a table for each kind of work. */
export function reportText(results: BenchResults): string {
  const { environment, matmul } = results;
  return [
    '# Measurements',
    '',
    `\`${results.command}\`, ${results.measuredAt.slice(0, 10)}: medians of ${results.repeats} rounds (smallest to largest), the peers in turn within each round.`,
    `${environment.cores} cores of ${environment.processor}, ${environment.device}, TensorFlow ${environment.tensorflow}, Node ${environment.node}. All networks have the same layers, weights and dropout, and train with SGD and Nesterov momentum.`,
    '',
    ...byCase(results.measurements).flatMap(([name, rows]) => caseTable(name, rows)),
    ...loadingTable(results),
    ...peerList(results),
    '## Bounds',
    '',
    `Float32 matrix product: ${number(matmul.before)} GFLOP/s before and ${number(matmul.after)} after the cases. At that peak benchmark-cnn could train ${number(matmul.boundImagesPerSecond)} images/s in float32.`,
    `Augmentation (rotation, flip, shift, zoom, brightness): ${number(results.augmentationImagesPerSecond)} images/s on one core.`,
    '',
  ].join('\n');
}

function peerList({ measurements, failures }: BenchResults): string[] {
  const versions = new Map(measurements.map(({ peer, about }) => [peer, about]));
  const failed = failures.map(
    (it) => `- did not finish: ${it.case}, ${it.peer}, ${it.precision}: ${it.problem}`,
  );
  return ['## Peers', '', ...[...versions].map(([peer, about]) => `- ${peer}: ${about}`), ...failed, ''];
}

function byCase(measurements: readonly Measurement[]): [string, Measurement[]][] {
  const cases = new Map<string, Measurement[]>();
  for (const it of measurements) cases.set(it.case, [...(cases.get(it.case) ?? []), it]);
  return [...cases];
}

function caseTable(name: string, rows: readonly Measurement[]): string[] {
  const ours = rows.find(({ peer, precision }) => peer === OURS && precision === 'float32');
  const isLatency = rows[0]!.unit === 'ms';
  const ratio = (row: Measurement) => {
    if (!ours) return '';
    const factor = isLatency ? ours.median / row.median : row.median / ours.median;
    return factor.toFixed(2);
  };
  return [
    `## ${name[0]!.toUpperCase()}${name.slice(1)}`,
    '',
    `| | precision | ${isLatency ? 'p50 ms | p95 ms' : 'images/s | smallest to largest'} | speed, ferlab float32 = 1 |`,
    '|---|---|---:|---:|---:|',
    ...rows.map((row) => {
      const spread = isLatency ? number(row.p95!) : `${number(row.min)} to ${number(row.max)}`;
      return `| ${row.peer} | ${row.precision} | ${number(row.median)} | ${spread} | ${ratio(row)} |`;
    }),
    '',
  ];
}

function loadingTable({ loading }: BenchResults): string[] {
  if (loading.length === 0) return [];
  return [
    '## Loading fer2013.csv (301 MB) into one array of bytes',
    '',
    '| | seconds | peak memory, MB |',
    '|---|---:|---:|',
    ...loading.map(
      ({ reader, seconds, peakMegabytes }) =>
        `| ${reader} | ${seconds.toFixed(2)} | ${Math.round(peakMegabytes)} |`,
    ),
    '',
  ];
}
