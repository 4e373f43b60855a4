import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Numbers } from '../../evaluate/results';
import { joinText, readNotebook } from '../../notebook/notebook-file';
import { listNumbers } from '../../publish/numbers';
import { loadReport } from '../../report/document/document';
import { DOCUMENT } from '../../report/files';
import type { SiteModel } from '../content';
import { notebookNames } from '../pages/notebooks';
import { html } from '../parts/html';
import { CODECHECK_FILE, type Codecheck } from './codecheck';
import { type ChecklistRow, type Found, summarize } from './row';

/** What the files of the project answer. @param project its folder */
export function projectRows(
  project: string,
  models: readonly SiteModel[],
  codecheck: Codecheck | null,
): ChecklistRow[] {
  const text = (name: string) =>
    existsSync(join(project, name)) ? readFileSync(join(project, name), 'utf8') : '';
  const packageJson = JSON.parse(text('package.json') || '{}');
  return [
    {
      list: 'ACM: available',
      demand: 'A licence that lets everyone use it, and how to cite it',
      holds: /MIT License/.test(text('LICENSE')) && /^cff-version:/m.test(text('CITATION.cff')),
      evidence: 'LICENSE (MIT) and CITATION.cff',
      command: 'npx ferlab archive',
    },
    {
      list: 'ACM: functional',
      demand: 'One command installs everything and runs it from end to end',
      ...summarize(
        ['setup', 'start', 'test', 'site'].map(
          (name): Found => ({ name, isGood: name in (packageJson.scripts ?? {}) }),
        ),
        'commands of package.json',
      ),
      command: 'npm start',
    },
    {
      list: 'ACM: functional',
      demand: 'Every dependency is pinned',
      ...summarize(
        pins(packageJson, text('requirements.txt')),
        'packages of package.json and requirements.txt',
      ),
      command: 'npx ferlab doctor',
    },
    notebooksRow(project),
    reportsRow(project, models),
    ...sheetRows(text),
    ...codecheckRows(project, models, codecheck),
  ];
}

/** Whether each package names one exact version. */
function pins(
  packageJson: { dependencies?: object; devDependencies?: object },
  requirements: string,
): Found[] {
  const npm = Object.entries({ ...packageJson.dependencies, ...packageJson.devDependencies }).map(
    ([name, version]): Found => ({
      name,
      isGood: /^(npm:@?[\w/.-]+@)?\d+\.\d+\.\d+(-[\w.]+)?$/.test(String(version)),
    }),
  );
  const lines = requirements.split('\n').map((line) => line.replace(/#.*/, '').trim());
  const python = lines
    .filter((line) => line !== '' && !line.startsWith('-'))
    .map((line): Found => ({ name: line, isGood: /^[\w.[\]-]+==[\w.]+(\s*;.*)?$/.test(line) }));
  return [...npm, ...python];
}

function notebooksRow(project: string): ChecklistRow {
  const found = notebookNames(project).map((name): Found => {
    const { cells } = readNotebook(join(project, 'notebooks', `${name}.ipynb`));
    const code = cells.filter((cell) => cell.cell_type === 'code' && joinText(cell.source).trim() !== '');
    const isGood = code.every(
      ({ execution_count, outputs }, i) =>
        execution_count === i + 1 && (outputs ?? []).every(({ output_type }) => output_type !== 'error'),
    );
    return { name, isGood };
  });
  return {
    list: 'ACM: functional',
    demand: 'The notebooks were executed from top to bottom, without an error',
    ...summarize(found, 'notebooks'),
    links: html`<a href="notebooks.html">Notebooks</a>`,
    command: 'npm start',
  };
}

/** The reports that lie in the repository have to state the numbers of the models' predictions. */
function reportsRow(project: string, models: readonly SiteModel[]): ChecklistRow {
  const folder = join(project, 'figures', 'published');
  const files = existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name, DOCUMENT)) : [];
  const runs = files.filter(existsSync).flatMap((file) => loadReport(file).runs);
  const found = runs.map((run): Found => {
    const own = models.find(({ name }) => name === run.classifier.name);
    return {
      name: run.classifier.name,
      isGood: own !== undefined && numbersText(own.results) === numbersText(run),
    };
  });
  return {
    list: 'ACM: reproduced',
    demand: 'The figures and tables in the repository show the numbers of the predictions',
    ...summarize(found, 'runs of figures/published'),
    links: html`<a href="figures-official.html">Figures and tables</a>`,
    command: 'npx ferlab report models/NAME',
  };
}

/** All numbers of a run, to nine digits. */
const numbersText = ({ validation, test, tempered }: Numbers) =>
  listNumbers({ validation, test, tempered })
    .map(({ name, value }) => `${name} ${value.toPrecision(9)}`)
    .join();

const SHEET_PARTS = [
  'Motivation',
  'Composition',
  'Collection and preprocessing',
  'Uses',
  'Distribution and maintenance',
];
const ETHICS_PARTS = ['What must not be done', 'The law', 'What this project does'];

function sheetRows(text: (name: string) => string): ChecklistRow[] {
  const parts = (name: string, wanted: readonly string[]) =>
    summarize(
      wanted.map((part): Found => ({ name: part, isGood: new RegExp(`^## ${part}`, 'm').test(text(name)) })),
      'parts are there',
    );
  return [
    {
      list: 'Datasheets for Datasets',
      demand: 'Origin, composition, collection, uses and distribution of the data',
      ...parts('docs/data-sheet.md', SHEET_PARTS),
      links: html`<a href="data.html">Data sheet</a>`,
    },
    {
      list: 'NeurIPS checklist',
      demand: 'Broader impact: misuse, law, safeguards',
      ...parts('docs/ethics.md', ETHICS_PARTS),
      links: html`<a href="ethics.html">Ethics and misuse</a>`,
    },
  ];
}

function codecheckRows(
  project: string,
  models: readonly SiteModel[],
  codecheck: Codecheck | null,
): ChecklistRow[] {
  const files = codecheck?.manifest.map(
    ({ file }): Found => ({ name: file, isGood: existsSync(join(project, file)) }),
  );
  const claims = codecheck?.claims.map(
    (one): Found => ({ name: one.claim, isGood: claimHolds(one, models) }),
  );
  const links = html`<a href="source/${CODECHECK_FILE}">${CODECHECK_FILE}</a>`;
  return [
    {
      list: 'CODECHECK',
      demand: 'A manifest of the files that a check makes again',
      ...summarize(files ?? [], 'files of the manifest are there'),
      links,
    },
    {
      list: 'CODECHECK',
      demand: 'Each expected value is the one that the predictions give',
      ...summarize(claims ?? [], 'claims'),
      links,
      command: 'npx ferlab verify',
    },
  ];
}

/** The number of a claim, computed from the predictions; undefined where there is no such model or number. */
export function numberOfClaim(
  { model, number }: Pick<Codecheck['claims'][number], 'model' | 'number'>,
  models: readonly SiteModel[],
): number | undefined {
  const found = models.find(({ name }) => name === model);
  const { validation, test, tempered } = found?.results ?? {};
  return listNumbers({ validation, test, tempered }).find(({ name }) => name === number)?.value;
}

/** Whether a claim's expected value is what the predictions give, to the digits that the file prints. */
export function claimHolds(claim: Codecheck['claims'][number], models: readonly SiteModel[]): boolean {
  const value = numberOfClaim(claim, models);
  const decimals = String(claim.expected).split('.')[1]?.length ?? 0;
  return value !== undefined && Math.abs(value - claim.expected) <= 0.5 * 10 ** -decimals + 1e-12;
}
