import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { joinText, type NotebookOutput, readNotebook } from '../../src/notebook/notebook-file';
import { describeOutcome, type NotebookOutcome } from '../../src/notebook/outcome';
import { NOTEBOOKS } from '../../src/notebook/run-notebooks';
import { codeCells } from './cells';
import { runSmoke } from './run-smoke';

/** Notebook 6 trains three more networks: `smoke-study.long.test.ts`. */
const NAMES = NOTEBOOKS.slice(0, 5);

describe('the smoke profile, notebooks 1 to 5 through the real kernel', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ferlab-smoke-'));
  const figures = join(folder, 'figures');
  after(() => rmSync(folder, { recursive: true }));
  let out: string;
  let outcome: NotebookOutcome;

  before(() => {
    const run = runSmoke(folder, NAMES);
    out = run.out;
    outcome = run.outcome!;
  });

  it('ends with the accuracy that the tables are about, its interval, and where everything lies', () => {
    const [own] = JSON.parse(readFileSync(join(figures, 'results.json'), 'utf8')).runs;
    assert.equal(outcome.accuracy, own.test.metrics.accuracy);
    const text = describeOutcome(outcome, out);
    const percent = (100 * outcome.accuracy).toFixed(1);
    assert.ok(text.includes(`accuracy ${percent} % (95 % interval `), text);
    assert.match(text, /on 315 test images of the built-in sample of drawn faces, official split/);
    for (const path of [figures, out, outcome.run]) {
      assert.ok(existsSync(path), path);
      assert.ok(text.includes(`${relative(process.cwd(), path)}/`), path);
    }
    assert.match(text, /^next: npm run lab /m);
    const onFaces = describeOutcome({ ...outcome, isSynthetic: false, data: 'fer2013.csv' }, out);
    assert.match(onFaces, /of fer2013\.csv, [\s\S]*npx ferlab predict --run /);
  });

  const outputs = (name: string): NotebookOutput[] =>
    codeCells(readNotebook(join(out, `${name}.ipynb`))).flatMap((cell) => [...(cell.outputs ?? [])]);

  for (const name of NAMES) {
    it(`${name} has no error, and every figure in it is interactive and a picture`, () => {
      const cells = codeCells(readNotebook(join(out, `${name}.ipynb`)));
      assert.deepEqual(
        cells.map((cell) => cell.execution_count),
        cells.map((_, i) => i + 1),
      );
      for (const output of outputs(name)) {
        assert.notEqual(output.output_type, 'error');
        assert.notEqual(output.name, 'stderr');
        if (!output.data?.['application/vnd.plotly.v1+json']) continue;
        assert.ok(JSON.stringify(output.data['image/svg+xml']).length > 5000);
        assert.match(JSON.stringify(output.data['application/vnd.plotly.v1+json']), /synthetic sample/);
      }
    });
  }

  it('the galleries show the sample, whose faces are nobody', () => {
    const pictures = outputs('02-preprocess-and-augment').filter((output) => output.data?.['image/jpeg']);
    assert.equal(pictures.length, 7);
    for (const { data, metadata } of pictures) {
      const alt = joinText(data!['text/plain'] as string);
      assert.deepEqual(metadata, { 'image/jpeg': { alt }, ferlab: { people: false } });
    }
  });

  it('live curves end as one interactive figure', () => {
    const drawn = outputs('03-train-cnn').filter((output) => output.data?.['application/vnd.plotly.v1+json']);
    assert.equal(drawn.length, 1);
  });

  it('tables, figures and results of the run are saved', () => {
    for (const name of ['results.json', 'table-1-accuracy.tex', 'table-4-f1.csv', 'figure-3-recall.svg']) {
      assert.ok(existsSync(join(figures, name)), name);
    }
    assert.match(readFileSync(join(figures, 'table-2-precision.md'), 'utf8'), /synthetic sample/);
  });
});
