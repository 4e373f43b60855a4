import assert from 'node:assert/strict';
import { test } from 'node:test';
import { auditClaim } from '../../src/audit/audit';
import { loadClaim } from '../../src/audit/gallery';
import { tableReadings } from '../../src/audit/tables';
import { columnNames } from '../../src/report/formats/cells';
import { cellsOf } from '../../src/report/table';

test('each reading is a row, and each thing that readings decide a column', async () => {
  const report = await auditClaim(loadClaim('paper'));
  const table = tableReadings(report);
  const rows = cellsOf(table);
  assert.deepEqual(columnNames(table), [
    'Accuracy of a class',
    'Overall accuracy',
    'Overall means',
    'Macro-F1',
    'Supports',
    'Verdict',
    'Why',
  ]);
  assert.equal(new Set(rows.map((row) => JSON.stringify(row.slice(0, 5)))).size, 45);
  assert.deepEqual(rows[2]!.slice(0, 6), [
    'recall',
    'share correct',
    'weighted',
    '',
    'as printed',
    'impossible as printed',
  ]);
  assert.match(String(rows[2]![6]), /^2500 items of Disgust/);
});

test('what no reading decides has no column', async () => {
  const report = await auditClaim(loadClaim('khaireddin-2021-public-test'));
  const table = tableReadings(report);
  const rows = cellsOf(table);
  assert.deepEqual(columnNames(table), ['Supports', 'Verdict', 'Why']);
  assert.deepEqual(rows, [['as printed', 'consistent', 'a matrix of 3589 items yields every figure']]);
});
