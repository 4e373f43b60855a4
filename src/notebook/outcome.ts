import { relative } from 'node:path';
import { PAPER_DATASET } from '../dataset/specs';
import { loadResults, type Results } from '../evaluate/results';
import { figuresFolder, projectRoot } from '../paths';
import { chooseRun, type NotebookParameters } from './session';

/** What a run of the notebooks came to: the accuracy that its tables and figures are about. */
export interface NotebookOutcome {
  /** Folder of the run that is reported. */
  readonly run: string;
  readonly model: string;
  /** Of the test part, with its 95 % interval. */
  readonly accuracy: number;
  readonly interval: readonly [number, number];
  readonly images: number;
  /** Whether the data was the built-in sample. */
  readonly isSynthetic: boolean;
  /** Form of the data, and how it was divided. */
  readonly data: string;
  readonly protocol: string;
  /** Folder of the tables and figures. */
  readonly figures: string;
}

/**
 * What the notebooks with these parameters report.
 * @throws FerlabError when the run has not been evaluated
 */
export function loadOutcome(parameters: NotebookParameters): NotebookOutcome {
  const folder = chooseRun({ ...parameters, run: 'auto' });
  return outcomeOf(loadResults(folder), folder);
}

function outcomeOf({ classifier, dataset, split, test, isSynthetic }: Results, run: string): NotebookOutcome {
  const [low, high] = test.intervals.accuracy;
  return {
    run,
    model: classifier.title,
    accuracy: test.metrics.accuracy,
    interval: [low, high],
    images: test.count,
    isSynthetic,
    data: dataset.format,
    protocol: split.protocol,
    figures: figuresFolder(),
  };
}

/** The outcome in lines for people, with what to do next. @param notebooks folder of the executed notebooks */
export function describeOutcome(outcome: NotebookOutcome, notebooks: string): string {
  const percent = (share: number) => (100 * share).toFixed(1);
  const [low, high] = outcome.interval;
  const data = outcome.isSynthetic ? 'the built-in sample of drawn faces' : outcome.data;
  const images = outcome.images.toLocaleString('en');
  const place = (path: string) => `${relative(process.cwd(), path) || '.'}/`;
  return [
    '',
    `${outcome.model}: accuracy ${percent(outcome.accuracy)} % (95 % interval ${percent(low)} to ${percent(high)})`,
    `  on ${images} test images of ${data}, ${outcome.protocol} split`,
    `  tables and figures    ${place(outcome.figures)}`,
    `  executed notebooks    ${place(notebooks)}`,
    `  the trained network   ${place(outcome.run)}`,
    ...(outcome.isSynthetic
      ? ['  These numbers show that everything works. They say nothing about faces.']
      : []),
    '',
    ...nextSteps(outcome).map(
      ([command, why], i) => `${i === 0 ? 'next: ' : '      '}${command.padEnd(46)} ${why}`,
    ),
    '',
  ].join('\n');
}

function nextSteps({ isSynthetic, run }: NotebookOutcome): [command: string, why: string][] {
  const predict = `npx ferlab predict --run ${relative(projectRoot(), run)} face.jpg`;
  const lab: [string, string] = ['npm run lab', 'read and change the notebooks in JupyterLab'];
  const { title, files } = PAPER_DATASET;
  return isSynthetic
    ? [lab, [`${files?.variable}=/path/to/${files?.tables[0]} npm start`, `run the same on ${title}`]]
    : [lab, [predict, 'predict a picture of your own']];
}
