import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { type NotebookOutput, readNotebook } from '../../src/notebook/notebook-file';
import { NOTEBOOKS } from '../../src/notebook/run-notebooks';
import { projectRoot } from '../../src/paths';
import { codeCells } from './cells';

describe('the smoke profile, all notebooks through the real kernel', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ferlab-smoke-'));
  const out = join(folder, 'notebooks');
  const figures = join(folder, 'figures');
  after(() => rmSync(folder, { recursive: true }));

  before(() => {
    const main = join(projectRoot(), 'dist/cli/main.js');
    const env = { ...process.env, FERLAB_RUNS: join(folder, 'runs'), FERLAB_FIGURES: figures };
    const result = spawnSync(
      process.execPath,
      [main, 'run-notebooks', '--profile', 'smoke', '--out', out, '--json'],
      {
        env,
        encoding: 'utf8',
        maxBuffer: 1e8,
      },
    );
    assert.equal(result.status, 0, result.stderr);
    assert.match(result.stderr, /notebook 6\/6 06-what-each-change-is-worth/);
    const { notebooks, profile } = JSON.parse(result.stdout);
    assert.equal(profile, 'smoke');
    assert.deepEqual(
      notebooks.map(({ name, status }: Record<string, string>) => [name, status]),
      NOTEBOOKS.map((name) => [name, 'passed']),
    );
  });

  const outputs = (name: string): NotebookOutput[] =>
    codeCells(readNotebook(join(out, `${name}.ipynb`))).flatMap((cell) => [...(cell.outputs ?? [])]);

  for (const name of NOTEBOOKS) {
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
    for (const { metadata } of pictures) assert.deepEqual(metadata, {});
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
