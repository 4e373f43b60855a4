import { FER2013 } from '../src/dataset/specs/fer2013';
import { wilsonInterval } from '../src/evaluate/intervals';
import { buildModel } from '../src/model/models';
import { erratumText, faultsOf } from '../src/run/errata';
import type { PrecisionResults, PrecisionRun } from './recorded';

const percent = (share: number) => (100 * share).toFixed(2);
const points = (share: number) => `${share < 0 ? '−' : '+'}${percent(Math.abs(share))}`;

/** The accuracy of both precisions after the same training, as Markdown. */
export function precisionSection(results: PrecisionResults): string[] {
  const { runs, differences, environment, model, epochs, trained, validated } = results;
  const line = ({ seed, precision, accuracy, loss }: PrecisionRun) => {
    const [low, high] = wilsonInterval(Math.round(accuracy * validated), validated);
    return `| ${seed} | ${precision} | ${percent(accuracy)} | ${percent(low)} to ${percent(high)} | ${loss.toFixed(4)} |`;
  };
  return [
    '## Accuracy in bfloat16 and in float32',
    '',
    `\`${results.command}\`, ${results.measuredAt.slice(0, 10)}, ${environment.cores} cores of ${environment.processor}: ${model}, ${epochs} epochs of the ${trained.toLocaleString('en')} Training images of FER-2013 with the paper's augmentation, accuracy on the ${validated.toLocaleString('en')} PublicTest images (95 % intervals: Wilson's).`,
    '',
    '| seed | precision | accuracy, % | 95 % interval | loss |',
    '|---:|---|---:|---:|---:|',
    ...runs.map(line),
    '',
    ...differences.map(
      ({ seed, difference, interval: [low, high], onlyFirst, onlySecond }) =>
        `- seed ${seed}: bfloat16 less float32 ${points(difference)} points (95 % interval for matched pairs ${points(low)} to ${points(high)}); ${onlyFirst} images are right in float32 alone, ${onlySecond} in bfloat16 alone`,
    ),
    '',
    ...verdict(results),
    ...errata(results),
    '',
  ];
}

/** Faults of the engine that the trainings had. */
function errata({ model, runs, measuredAt }: PrecisionResults): string[] {
  const precisions = new Set(runs.map(({ precision }) => precision));
  return [...precisions].flatMap((precision) =>
    faultsOf({ model: buildModel(model, FER2013), precision, finishedAt: measuredAt }).flatMap((erratum) => [
      '',
      `Erratum, ${precision}: ${erratumText(erratum)}`,
    ]),
  );
}

/** What the differences say beside those between seeds. */
function verdict({ runs, differences }: PrecisionResults): string[] {
  if (new Set(runs.map(({ seed }) => seed)).size < 2) {
    return [
      'The intervals cover the choice of images alone. One seed cannot tell an effect of bfloat16 from the chance between two trainings; in this pair nothing was lost.',
    ];
  }
  const mean = differences.reduce((sum, { difference }) => sum + difference, 0) / differences.length;
  const spreads = (['float32', 'bfloat16'] as const).map((precision) => {
    const accuracies = runs.filter((run) => run.precision === precision).map(({ accuracy }) => accuracy);
    return `${percent(Math.max(...accuracies) - Math.min(...accuracies))} in ${precision}`;
  });
  const within = differences.filter(({ interval: [low, high] }) => low <= 0 && high >= 0).length;
  return [
    `On average bfloat16 is ${points(mean)} points from float32; between seeds of one precision it is ${spreads.join(' and ')}. ${within} of ${differences.length} intervals contain no difference.`,
  ];
}
