import { join, resolve } from 'node:path';
import { findCopy } from '../dataset/find';
import { PAPER_DATASET } from '../dataset/specs';
import { FerlabError } from '../errors';
import { projectRoot } from '../paths';
import { labNames, loadLab } from './lab/labs';
import { joinText, readNotebook } from './notebook-file';
import { NOTEBOOKS } from './run-notebooks';

/** What the first cell of a notebook says of it. */
interface Introduction {
  readonly file: string;
  readonly title: string;
  readonly goal: string;
  readonly runTime: string;
}

/** The page that JupyterLab opens on, as Markdown: what is here, in which order, how long it takes, and on which data. */
export function startPage(folder: string = resolve(projectRoot(), 'notebooks')): string {
  const notebooks = NOTEBOOKS.map((name) => {
    const [first] = readNotebook(join(folder, `${name}.ipynb`)).cells;
    return introduce(joinText(first?.source), `${name}.ipynb`);
  });
  return [
    '# ferlab: an executable paper on emotions in faces',
    '',
    ...dataFound(),
    '',
    '## Notebooks, in reading order',
    '',
    ...notebooks.flatMap(({ file, title, goal, runTime }) => [
      `**[${title}](${file})**  `,
      `${goal}  `,
      `*${runTime}*`,
      '',
    ]),
    'Open a notebook and choose *Run > Run All Cells*. The stop button stops a training; run the cell again to continue.',
    '',
    '## Labs: write it yourself',
    '',
    'Your copies lie in `labs/out/students`; one that you have edited stays as it is when you start again. In a terminal',
    '(*File > New > Terminal*), `npx ferlab lab check labs/out/students/1-data-and-bias.ipynb` says what is missing.',
    '',
    ...labNames().map((name) => {
      const { title, goal } = introduce(loadLab(name).cells[0]?.text ?? '', name);
      return `- [${title}](../labs/out/students/${name}.ipynb): ${goal}`;
    }),
    '',
    '## Besides',
    '',
    '- [README](../README.md): results, what was measured and what was not, all commands',
    '- [Published models](../models/README.md), each with its card',
    '- [Tables and figures of the published models](../figures/README.md)',
    '- In a terminal (*File > New > Terminal*): `npx ferlab --help`',
    '',
  ].join('\n');
}

function introduce(text: string, file: string): Introduction {
  const part = (label: string) => new RegExp(`\\*\\*${label}\\.\\*\\* (.*)`).exec(text)?.[1] ?? '';
  return {
    file,
    title: /^# (.*)/.exec(text)?.[1] ?? file,
    goal: part('Goal'),
    runTime: part('Run time'),
  };
}

/** Which data the notebooks take as they stand. */
function dataFound(): string[] {
  const { title, files } = PAPER_DATASET;
  try {
    const path = findCopy();
    return path === null
      ? [
          `**Data: the built-in sample of drawn faces**, because no copy of ${title} was found. To use yours, put it into`,
          `\`data/\`, or start with \`${files?.variable}=/path/to/${files?.tables[0]} npm run lab\`.`,
        ]
      : [`**Data: ${title}** in \`${path.replaceAll('`', '')}\`. The notebooks run on it.`];
  } catch (error) {
    if (!(error instanceof FerlabError)) throw error;
    return [
      `**Data: none.** ${error.message}. The notebooks stop when they load the data, until this is fixed.`,
    ];
  }
}
