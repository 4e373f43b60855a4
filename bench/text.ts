import { precisionSection } from './accuracy-text';
import { byCase, number, peersAhead, titleCase } from './ahead';
import type { Measurement } from './measure';
import { OURS } from './peer';
import type { AllResults, BenchResults, MemoryResults, WidthResults } from './recorded';

const day = (time: string) => time.slice(0, 10);

/** All results as Markdown: what was measured with what, then a table for each kind of work. */
export function reportText({ bench, memory, precision, widths }: AllResults): string {
  const { environment, matmul } = bench;
  const isGrowth = ({ case: name }: Measurement) => name.startsWith('growth');
  return [
    '# Measurements',
    '',
    `\`${bench.command}\`, ${day(bench.measuredAt)}: medians of ${bench.repeats} rounds (smallest to largest), the peers in turn within each round.`,
    `${environment.cores} cores of ${environment.processor}${bench.instructions ? ` (${bench.instructions.join(', ')})` : ''}, ${environment.device}, TensorFlow ${environment.tensorflow}, Node ${environment.node}. All networks have the same layers, weights and dropout, and train with SGD and Nesterov momentum.`,
    ...(bench.updates ?? []).map(
      (it) =>
        `Measured again later, on the same machine: ${it.cases.join('; ')} (\`${it.command}\`, ${day(it.measuredAt)}, ${it.repeats} ${it.repeats === 1 ? 'round' : 'rounds'}${it.note ? `; ${it.note}` : ''}).`,
    ),
    '`paper-cnn` and `strong-cnn` are networks of published models; `benchmark-cnn` serves this comparison alone. `strong-cnn-wide`, the network of a published model, was not measured.',
    '',
    ...peersAhead(bench.measurements.filter((it) => !isGrowth(it))),
    ...byCase(bench.measurements.filter((it) => !isGrowth(it))).flatMap(([name, rows]) =>
      caseTable(name, rows),
    ),
    ...growthTable(bench.measurements.filter(isGrowth)),
    ...(widths ? widthSection(widths) : []),
    ...loadingTable(bench),
    ...(memory ? memorySection(memory) : []),
    ...(precision ? precisionSection(precision) : []),
    ...peerList(bench),
    '## Bounds',
    '',
    `Float32 matrix product: ${number(matmul.before)} GFLOP/s before and ${number(matmul.after)} after the cases. At that peak benchmark-cnn could train ${number(matmul.boundImagesPerSecond)} images/s in float32.`,
    `Augmentation (rotation, flip, shift, zoom, brightness): ${number(bench.augmentationImagesPerSecond)} images/s on one core.`,
    '',
  ].join('\n');
}

/** Work for each image against time for it: their ratio should stay, however large either is. */
function growthTable(rows: readonly Measurement[]): string[] {
  if (rows.length === 0) return [];
  return [
    '## Growth: training on more images, and a wider benchmark-cnn, batch 64',
    '',
    'Processor time is that of all cores; unlike images/s it hardly changes when other work shares the machine.',
    '',
    '| | precision | images/s | processor ms an image | multiply-adds of an image, 10^6 | multiply-adds a processor second, 10^9 |',
    '|---|---|---:|---:|---:|---:|',
    ...rows.map(
      (row) => `| ${[row.case.replace('growth, ', ''), row.precision, ...growthCells(row)].join(' | ')} |`,
    ),
    '',
  ];
}

function growthCells({ median, processorMilliseconds: time, multiplyAdds: work }: Measurement): string[] {
  return [
    number(median),
    time === undefined ? '' : time.toFixed(2),
    work === undefined ? '' : (work / 1e6).toFixed(1),
    time === undefined || work === undefined ? '' : (work / 1e6 / time).toFixed(1),
  ];
}

/** What each operation costs at widths in and between blocks of 16. */
function widthSection({ measurements, command, measuredAt, shape, repeats }: WidthResults): string[] {
  const names = Object.keys(measurements[0]!.milliseconds);
  return [
    '## Widths that are no multiples of 16',
    '',
    `\`${command}\`, ${day(measuredAt)}: milliseconds of processor time over all cores for one operation on [${shape.join(', ')}, width], float32, the least of ${repeats}. Batch norm and its gradient slow down most. All networks of the project have widths in multiples of 16.`,
    '',
    `| | ${measurements.map(({ width }) => width).join(' | ')} |`,
    `|---|${'---:|'.repeat(measurements.length)}`,
    ...names.map(
      (name) =>
        `| ${name} | ${measurements.map(({ milliseconds: ms }) => ms[name]!.toFixed(1)).join(' | ')} |`,
    ),
    '',
  ];
}

function memorySection({ measurements, command, measuredAt, steps, environment }: MemoryResults): string[] {
  const [single, ...grown] = measurements.filter(({ load }) => load === 'cached');
  const ratios = grown.map(
    ({ times, peak }) =>
      `${times} times the images take ${(peak / single!.peak).toFixed(2)} times the memory`,
  );
  return [
    '## Memory when the data grows',
    '',
    `\`${command}\`, ${day(measuredAt)}, ${environment.cores} cores of ${environment.processor}: FER-2013, and its rows repeated in one CSV. Each line is a process of its own that loads the data, trains ${steps} steps of 64 images and predicts the validation part; 10^6 bytes.`,
    '',
    '| | images | peak after loading | peak in all | own memory while training | mapped files while training |',
    '|---|---:|---:|---:|---:|---:|',
    ...measurements.map(
      (it) =>
        `| ${it.load === 'cached' ? 'from the cache' : 'from the CSV'} | ${it.images.toLocaleString('en')} | ${Math.round(it.loaded)} | ${Math.round(it.peak)} | ${Math.round(it.anonymous)} | ${Math.round(it.fileBacked)} |`,
    ),
    '',
    `${ratios.join('; ')}. Up to the size of FER-2013 the images lie in memory; those of larger sets stay in the cache file and are read a batch at a time, so that nothing of them counts as the process's own. The mapped files are libraries.`,
    '',
  ];
}

function peerList({ measurements, failures }: BenchResults): string[] {
  const versions = new Map(measurements.map(({ peer, about }) => [peer, about]));
  const failed = failures.map(
    (it) => `- did not finish: ${it.case}, ${it.peer}, ${it.precision}: ${it.problem}`,
  );
  return ['## Peers', '', ...[...versions].map(([peer, about]) => `- ${peer}: ${about}`), ...failed, ''];
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
    `## ${titleCase(name)}`,
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
    'Each reader is a process of its own, and its memory is that of the whole process (10^6 bytes).',
    '',
  ];
}
