import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { NOTEBOOKS } from '../../src/notebook/run-notebooks';
import { projectRoot } from '../../src/paths';
import { modelsFolder } from '../../src/run/published-models';
import { loadCodecheck } from '../../src/site/checklist/codecheck';
import { modelRows } from '../../src/site/checklist/models';
import { claimHolds, projectRows } from '../../src/site/checklist/project';
import type { ChecklistRow } from '../../src/site/checklist/row';
import { loadSiteModels, type SiteModel } from '../../src/site/content';
import { frontPage } from '../../src/site/pages/front';
import { plotAccuracies } from '../../src/site/parts/accuracies';

const NAME = 'paper-cnn-plain-seed1';

/** A folder of models with one of the published ones, and the fingerprint of its data. */
function oneModel(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'ferlab-checklist-'));
  t.after(() => rmSync(folder, { recursive: true }));
  cpSync(join(modelsFolder(), NAME), join(folder, NAME), { recursive: true });
  symlinkSync(join(modelsFolder(), 'data-9631e285f959.csv'), join(folder, 'data-9631e285f959.csv'));
  return folder;
}

const rowOf = (rows: readonly ChecklistRow[], demand: RegExp) => rows.find((row) => demand.test(row.demand))!;
const FOLLOWS = /follow from the published predictions/;

/** Makes a right prediction of the test part a wrong one, by exchanging two of its probabilities. */
function changePrediction(folder: string): void {
  const path = join(folder, NAME, 'predictions-test.csv');
  const lines = readFileSync(path, 'utf8').split('\n');
  const at = lines.findIndex((line, i) => i > 1 && isRight(line));
  const [row, label, ...some] = lines[at]!.split(',') as [string, string, ...string[]];
  const [own, other] = [Number(label), (Number(label) + 1) % some.length];
  [some[own], some[other]] = [some[other]!, some[own]!];
  lines[at] = [row, label, ...some].join(',');
  writeFileSync(path, lines.join('\n'));
}

function isRight(line: string): boolean {
  const [, label, ...some] = line.split(',').map(Number) as [number, number, ...number[]];
  return some.indexOf(Math.max(...some)) === label;
}

/** What the first page says of a site of one model. */
function frontText(model: SiteModel): string {
  const audit = { verdict: 'impossible', summary: '' } as const;
  return frontPage([model], { audit, accuracies: plotAccuracies([model]), repository: { url: null } }).body
    .text;
}

const percentOf = ({ results }: SiteModel) => `>${(100 * results.test.metrics.accuracy).toFixed(2)} %<`;

describe('the checklist', () => {
  test('holds for a published model, and fails when a prediction is changed, which changes the site too', (t) => {
    const folder = oneModel(t);
    const [model] = loadSiteModels(folder);
    const codecheck = loadCodecheck(projectRoot())!;
    const claim = codecheck.claims.find(({ model: name }) => name === NAME)!;
    assert.equal(rowOf(modelRows([model!]), FOLLOWS).holds, true);
    assert.equal(claimHolds(claim, [model!]), true);

    changePrediction(folder);
    const [changed] = loadSiteModels(folder);
    const row = rowOf(modelRows([changed!]), FOLLOWS);
    assert.equal(row.holds, false);
    assert.match(row.evidence, new RegExp(`0 of 1 models.*not ${NAME}`));
    assert.equal(claimHolds(claim, [changed!]), false);
    const [before, after] = [model!, changed!].map(frontText);
    assert.ok(before!.includes(percentOf(model!)) && !before!.includes(percentOf(changed!)));
    assert.ok(after!.includes(percentOf(changed!)) && !after!.includes(percentOf(model!)));
    const count = model!.results.test.count;
    assert.ok(
      Math.abs(model!.results.test.metrics.accuracy - changed!.results.test.metrics.accuracy - 1 / count) <
        1e-12,
    );
  });

  test('fails when weights, a card or the fingerprint of the data are missing', (t) => {
    const folder = oneModel(t);
    rmSync(join(folder, NAME, 'weights.bin'));
    rmSync(join(folder, NAME, 'README.md'));
    rmSync(join(folder, 'data-9631e285f959.csv'));
    const rows = modelRows(loadSiteModels(folder));
    for (const demand of [/Weights, records/, /has a card/, /named by a checksum/])
      assert.equal(rowOf(rows, demand).holds, false, String(demand));
  });

  test('fails for each piece of the project that is missing', (t) => {
    const folder = mkdtempSync(join(tmpdir(), 'ferlab-checklist-'));
    t.after(() => rmSync(folder, { recursive: true }));
    for (const row of projectRows(folder, [], null)) assert.equal(row.holds, false, row.demand);
  });

  test('sees a notebook that was not executed to its end, and a package without a pin', (t) => {
    const folder = mkdtempSync(join(tmpdir(), 'ferlab-checklist-'));
    t.after(() => rmSync(folder, { recursive: true }));
    for (const name of ['notebooks', 'package.json', 'requirements.txt'])
      cpSync(join(projectRoot(), name), join(folder, name), { recursive: true });
    const demands = [/notebooks were executed/, /dependency is pinned/];
    const before = projectRows(folder, [], null);
    assert.deepEqual(
      demands.map((demand) => rowOf(before, demand).holds),
      [true, true],
    );
    const notebook = join(folder, 'notebooks', '03-train-cnn.ipynb');
    const content = JSON.parse(readFileSync(notebook, 'utf8'));
    content.cells.findLast((cell: { cell_type: string }) => cell.cell_type === 'code').execution_count = null;
    writeFileSync(notebook, JSON.stringify(content));
    const packages = join(folder, 'package.json');
    writeFileSync(packages, readFileSync(packages, 'utf8').replace(/"commander": "/, '"commander": "^'));
    const after = projectRows(folder, [], null);
    const [all, others] = [NOTEBOOKS.length, NOTEBOOKS.length - 1];
    assert.equal(rowOf(after, demands[0]!).evidence, `${others} of ${all} notebooks; not 03-train-cnn`);
    assert.match(rowOf(after, demands[1]!).evidence, /not commander/);
  });
});
