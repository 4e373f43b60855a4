import assert from 'node:assert/strict';
import { test } from 'node:test';
import { auditClaim, claimFromTable } from '../../src/audit/audit';

/** As scikit-learn 1.7.2 prints it with `zero_division=np.nan`: nothing is predicted as c3, and c0 and c2 have no items. */
const report = `
              precision    recall  f1-score   support

          c0       0.00       nan      0.00         0
          c1       1.00      0.60      0.75         5
          c2       0.00       nan      0.00         0
          c3        nan      0.00      0.00         3

    accuracy                           0.38         8
   macro avg       0.33      0.30      0.19         8
weighted avg       1.00      0.38      0.47         8
`;
const matrix = '[[0, 0, 0, 0], [0, 3, 2, 0], [0, 0, 0, 0], [2, 0, 1, 0]]';

test('means that leave out classes without a denominator are of the matrix that is printed beside them', async () => {
  const honest = await auditClaim(claimFromTable(report + matrix));
  assert.equal(honest.verdict, 'consistent');
  assert.deepEqual(
    honest.unusual.map(({ reading }) => reading.undefinedAs),
    ['left out'],
  );
  for (const [printed, moved] of [
    ['1.00      0.38', '0.99      0.38'],
    ['0.33', '0.34'],
  ]) {
    const other = await auditClaim(claimFromTable(report.replace(printed!, moved!) + matrix));
    assert.equal(other.verdict, 'impossible', moved);
  }
});

test('figures that are not there are blank, whatever stands for them', () => {
  for (const mark of ['n/a', 'N/A', 'NA', '-', '—']) {
    const claim = claimFromTable(report.replaceAll('nan', mark));
    assert.deepEqual(claim, claimFromTable(report), mark);
  }
});

const even = `
              precision    recall  f1-score   support

          no       0.91      0.92      0.92       100
         yes       0.92      0.91      0.91       100

    accuracy                           0.92       200
`;

test('rows of counts that add up to 100 are counts where the supports say so', () => {
  const claim = claimFromTable(`${even}\n[[92, 8], [9, 91]]`);
  assert.deepEqual(claim.confusion, { normalised: 'counts', rows: { no: [92, 8], yes: [9, 91] } });
  assert.throws(() => claimFromTable('[[92, 8], [9, 91]]'), /counts or percentages/);
  const { confusion } = claimFromTable('[[92, 8], [9, 91]]', { n: 200 });
  assert.deepEqual(confusion?.rows, { 1: [92, 8], 2: [9, 91] });
  const larger = even.replaceAll('100\n', '500\n').replace('200', '1000');
  assert.throws(() => claimFromTable(`${larger}\n[[92, 8], [9, 91]]`), /counts or percentages/);
});

test('a report on one class, or on no items, is refused in words', () => {
  const one = 'Class,precision,recall,support\nc0,0.80,0.89,9\n';
  assert.throws(() => claimFromTable(one), /names one class alone \(c0\)/);
  const none = one
    .replace('9\n', '0\nc1,0.00,0.00,0\nmacro avg,0.40,0.40,0\n')
    .replace('0.80,0.89', '0.00,0.00');
  assert.throws(() => claimFromTable(none), /counts no items/);
});
