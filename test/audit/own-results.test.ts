import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import type { Claim } from '@ferlab/audit';
import { auditClaim } from '../../src/audit/audit';
import { claimFromEvaluation } from '../../src/audit/own-results';
import { FER2013 } from '../../src/dataset/specs/fer2013';
import { confusionMatrix, tally } from '../../src/evaluate/confusion';
import { computeMetrics } from '../../src/evaluate/metrics';
import { loadNumbers } from '../../src/publish/numbers-file';
import { randomStream } from '../../src/random';
import { loadReport } from '../../src/report/document/document';
import { modelFiles, modelFolder, modelNames } from '../../src/run/published-models';

const figures = path.join(__dirname, '../../figures/published/official');
const reading = { classAccuracy: 'one-vs-rest', accuracy: 'share correct', macroF1: 'mean of F1s' } as const;

test('metrics that we compute pass the audit, and a wrong one does not', async () => {
  const random = randomStream(1, 'own results');
  const labels = Uint8Array.from({ length: 900 }, () => random.integer(7));
  const predicted = labels.map((label) => (random.uniform() < 0.6 ? label : random.integer(7)));
  const confusion = confusionMatrix(labels, predicted, 7);
  const metrics = computeMetrics(tally(confusion));
  const claim = claimFromEvaluation(
    { metrics, confusion, count: labels.length },
    { title: 'ours', classes: FER2013.classes },
  );
  const report = await auditClaim(claim, { reading });
  assert.equal(report.verdict, 'consistent', report.summary);
  assert.deepEqual(report.readings[0]!.witness!.matrix, confusion);
  const wrong = { ...claim, means: { ...claim.means, macro: { ...claim.means!.macro, f1: '0.999' } } };
  assert.equal((await auditClaim(wrong, { reading })).verdict, 'impossible');
});

test('the published results.json passes the audit', async () => {
  const { runs } = loadReport(path.join(figures, 'results.json'));
  for (const run of runs) {
    for (const part of ['validation', 'test'] as const) {
      const report = await auditClaim(
        claimFromEvaluation(run[part], {
          title: `${run.classifier.name}, ${part}`,
          classes: run.dataset.classes,
        }),
        {
          reading,
        },
      );
      assert.equal(report.verdict, 'consistent', `${run.classifier.name}, ${part}: ${report.summary}`);
    }
  }
});

type Row = Record<string, unknown>;

/** The figures of our column in a saved table, by class, and its overall lines. */
function ourColumn(name: string): {
  classes: Record<string, string>;
  supports: Record<string, number>;
  overall: Row[];
} {
  const { rows } = JSON.parse(readFileSync(path.join(figures, `${name}.json`), 'utf8')) as { rows: Row[] };
  const single = rows.filter((row) => !String(row.Emotion).startsWith('Overall'));
  const print = (value: unknown) => (value as number).toFixed(3);
  return {
    // A class that was never predicted has no precision, and the table prints none.
    classes: Object.fromEntries(
      single.filter((row) => row.Ours !== null).map((row) => [row.Emotion, print(row.Ours)]),
    ),
    supports: Object.fromEntries(single.map((row) => [row.Emotion, row['Ours: test images'] as number])),
    overall: rows.filter((row) => String(row.Emotion).startsWith('Overall')),
  };
}

for (const name of modelNames()) {
  test(`the numbers of the published model ${name} pass the audit`, async () => {
    const numbers = loadNumbers(modelFiles(modelFolder(name)).results);
    for (const part of [numbers.validation, numbers.test]) {
      const report = await auditClaim(
        claimFromEvaluation(part, { title: `${name}, ${part.part}`, classes: FER2013.classes }),
        {
          reading,
        },
      );
      assert.equal(report.verdict, 'consistent', `${name}, ${part.part}: ${report.summary}`);
    }
  });
}

test('the tables that we print pass the audit', async () => {
  const names = { precision: 'table-2-precision', recall: 'table-3-recall', f1: 'table-4-f1' } as const;
  const tables = Object.entries(names).map(([metric, name]) => ({ metric, ...ourColumn(name) }));
  const mean = (kind: string) =>
    Object.fromEntries(
      tables.flatMap(({ metric, overall }) =>
        overall
          .filter((row) => String(row.Emotion).includes(kind))
          .slice(0, 1)
          .map((row) => [metric, (row.Ours as number).toFixed(3)]),
      ),
    );
  const claim: Claim = {
    title: 'our Tables II to IV',
    classes: Object.keys(tables[0]!.supports),
    supports: tables[0]!.supports,
    perClass: Object.fromEntries(tables.map(({ metric, classes }) => [metric, classes])),
    means: { macro: mean('macro mean'), weighted: mean('weighted mean') },
  };
  assert.equal(Object.keys(claim.means!.macro!).length, 3);
  const report = await auditClaim(claim, { reading });
  assert.equal(report.verdict, 'consistent', JSON.stringify(report.readings[0]!.certificate));
});
