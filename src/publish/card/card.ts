import { knownSpec, PAPER_DATASET } from '../../dataset/specs';
import type { ImageNumbers } from '../../evaluate/evaluation';
import { type Results, withoutCopies } from '../../evaluate/results';
import { tableMarkdown } from '../../report/formats/markdown';
import { tableByClass } from '../../report/tables/by-class';
import { tableConfusion } from '../../report/tables/confusion';
import { tableSummary } from '../../report/tables/summary';
import { erratumText } from '../../run/errata';
import type { Run } from '../../run/run';
import { modelLines } from './model-lines';
import { trainingLines } from './training-lines';
import { number, percentText, protocolWords } from './words';

/** The results without copies, where there are copies. */
const twinOf = (results: Results) => [withoutCopies(results)].filter((twin) => twin !== null);

/** The model card (Mitchell et al. 2019, arXiv 1810.03993): what the model is, what it was measured to do, and what it is not for. */
export function modelCard(run: Run, results: Results): string {
  const { name } = results.classifier;
  return `${[
    `# ${name}`,
    headline(results),
    ...correctionSection(run),
    ...erratumSection(run),
    '## Model',
    bullets(modelLines(run, results)),
    '## Training',
    bullets(trainingLines(run)),
    '## Numbers',
    tableMarkdown(tableSummary(results)),
    tableMarkdown(tableByClass(results)),
    ...twinOf(results).map((twin) => tableMarkdown(tableByClass(twin))),
    tableMarkdown(tableConfusion(results)),
    '`results.json` holds all of these numbers. `predictions-test.csv` holds the probabilities of every test image, from which you can compute any other.',
    '## Use',
    use(results),
    limits(results),
    '## Check it',
    `    npx ferlab verify ${name}\n    npx ferlab predict --model ${name} face.jpg`,
  ].join('\n\n')}\n`;
}

function headline({ isSynthetic, dataset, test, classifier, split }: Results): string {
  const [low, high] = test.intervals.accuracy;
  const data = isSynthetic ? `The synthetic sample, not ${PAPER_DATASET.title}: ` : '';
  const copies = test.withoutCopies ? copiesSentence(test.count, test.withoutCopies) : '';
  return `${data}**${percentText(test.metrics.accuracy)} %** of ${number(test.count)} test images (95 % interval ${percentText(low)} to ${percentText(high)}); ${protocolWords(split.protocol, knownSpec(dataset.spec))}; ${classifier.seed === null ? classifier.title : `seed ${classifier.seed}`}.${copies}`;
}

/** The twin of the accuracy, without what may be remembered. */
function copiesSentence(count: number, { count: left, metrics, intervals }: ImageNumbers): string {
  if (left === count) return ' No test image has an exact copy in the training part.';
  const [low, high] = intervals.accuracy;
  return ` Without the ${number(count - left)} test images that have an exact copy in the training part: **${percentText(metrics.accuracy)} %** (${percentText(low)} to ${percentText(high)}).`;
}

const bullets = (lines: readonly string[]) => lines.map((line) => `- ${line}`).join('\n');

function correctionSection({ record: { correction, dataset } }: Run): string[] {
  if (!correction) return [];
  const { at, reason, dataset: present, leftOut } = correction;
  const out = leftOut.validation + leftOut.test;
  const words =
    out > 0
      ? ` Validation and test images that were left out, because this data has no identical image or the training part has a copy: ${number(out)}.`
      : '';
  return [
    '## Correction',
    `${reason} Trained on the data with content SHA-256 \`${dataset.sha256.slice(0, 16)}…\`; all numbers here come from \`${present.sha256.slice(0, 16)}…\` (${at.slice(0, 10)}).${words}`,
  ];
}

function erratumSection({ record }: Run): string[] {
  const errata = record.kind === 'network' ? (record.errata ?? []) : [];
  return errata.length === 0 ? [] : ['## Erratum', ...errata.map(erratumText)];
}

function use({ dataset }: Results): string {
  const { title, caveats } = knownSpec(dataset.spec);
  return `**Intended for** research on ${title}, teaching, and comparison with other methods.

**Not intended for** judging people: not in hiring, schools, policing, medicine, at borders or in cars. A momentary facial expression does not show what a person feels. ${caveats?.labels ?? ''}`.trimEnd();
}

function limits({ dataset, test: { count, withoutCopies: twin } }: Results): string {
  const { title, caveats } = knownSpec(dataset.spec);
  const images = caveats ? `${caveats.images} ` : '';
  const copies =
    twin && twin.count < count
      ? ` The training part contains exact copies of ${number(count - twin.count)} of the ${number(count)} test images.`
      : '';
  return `**Limits.** ${images}Performance on pictures that are not cropped to a face, or unlike those of ${title}, was not measured.${copies}`;
}
