import { column, type ReportTable } from '../../report/table';
import { leadingModel, type SiteModel } from '../content';
import { html } from '../html';
import type { Page } from '../page';
import { siteTable } from '../table';

/** A demand of a checklist, and what answers it. */
interface Demand {
  readonly list: string;
  readonly demand: string;
  readonly answer: string;
  readonly command: string;
}

const DEMANDS: readonly Demand[] = [
  {
    list: 'ACM: available',
    demand: 'Code, models and predictions are public under a licence',
    answer: 'MIT licence; weights, records and predictions are in the repository',
    command: 'git clone',
  },
  {
    list: 'ACM: functional',
    demand: 'The artifact installs and runs',
    answer: 'One command installs, trains on the built-in sample and executes the notebooks',
    command: 'npm start',
  },
  {
    list: 'ACM: functional',
    demand: 'The environment can be checked',
    answer: 'Each requirement is checked, with a remedy for each failure',
    command: 'npx ferlab doctor',
  },
  {
    list: 'ACM: reusable',
    demand: 'Models can be exported',
    answer: 'Export as ONNX, TensorFlow SavedModel and tfjs LayersModel',
    command: 'npx ferlab export',
  },
  {
    list: 'ACM: reproduced',
    demand: 'Published numbers can be reproduced',
    answer: 'Weights are evaluated again on your copy of the data, number by number',
    command: 'npx ferlab verify',
  },
  {
    list: 'NeurIPS',
    demand: 'Error bars and their methods',
    answer: 'Each number has a 95 % interval; the notes below the tables name the method',
    command: 'npx ferlab report',
  },
  {
    list: 'NeurIPS',
    demand: 'Training details: splits, settings, and how they were chosen',
    answer: 'In the record of each run; settings were chosen on the validation part',
    command: 'npx ferlab study',
  },
  {
    list: 'NeurIPS',
    demand: 'Compute: machine and time',
    answer: 'In the record and the card of each model',
    command: '',
  },
  {
    list: 'ML reproducibility',
    demand: 'Data: origin, statistics, what was left out',
    answer: 'See the page on data; no row was left out',
    command: 'npx ferlab data info',
  },
];

const tableDemands = (): ReportTable<Demand> => ({
  title: 'What artifact reviewers ask for',
  columns: [
    column('List', ({ list }) => list),
    column('Demand', ({ demand }) => demand),
    column('Answer', ({ answer }) => answer),
    column('Command', ({ command }) => command),
  ],
  rows: DEMANDS,
});

/** How far a number may be from the published one on another machine. */
const TOLERANCE = 'Numbers may differ on another processor: the command states the tolerance of each.';

function tableClaims(models: readonly SiteModel[]): ReportTable<SiteModel> {
  return {
    title: 'Claims and the commands that test them',
    columns: [
      column('Claim', ({ name }) => `test accuracy of ${name}`),
      column('Expected, %', ({ results }) => 100 * results.test.metrics.accuracy, { decimals: 2 }),
      column('Correct images', ({ results: { test } }) => {
        const hits = test.confusion.reduce((sum, row, label) => sum + row[label]!, 0);
        return `${hits} of ${test.count}`;
      }),
      column('Command', ({ name }) => `npx ferlab verify ${name}`),
    ],
    rows: models,
    notes: [TOLERANCE],
  };
}

/** The checklists of artifact reviewers, and each claim with its command. */
export function reproducePage(models: readonly SiteModel[]): Page {
  const { name } = leadingModel(models);
  return {
    file: 'reproduce.html',
    title: 'Reproduce',
    body: html`<p>The repository meets each of these requirements, most of them with a command. Start with <code>npx ferlab verify ${name}</code>.</p>
${siteTable(tableClaims(models))}
${siteTable(tableDemands())}`,
  };
}
