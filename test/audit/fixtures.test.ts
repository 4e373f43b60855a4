import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import type { Claim } from '@ferlab/audit';
import { isAttainable } from '../../packages/audit/src/checks/grim';
import { countsFor, type Rounding } from '../../packages/audit/src/numbers/interval';
import { parseFigure } from '../../packages/audit/src/numbers/parse-figure';
import { auditClaim } from '../../src/audit/audit';
import { readClaim } from '../../src/audit/read-claim';

const claims = path.join(__dirname, '../../claims');
const load = (name: string) => readClaim(path.join(claims, `${name}.json`));
const interval = (text: string, rounding: Rounding = 'nearest') =>
  parseFigure(text, { field: 'accuracy', scale: 'percent', rounding }).interval;

test('published accuracies on 3,589 images are whole numbers of images', () => {
  const counts = {
    '73.28': 2630,
    '73.06': 2622,
    '73.112': 2624,
    '71.496': 2566,
    '72.973': 2619,
    '71.190': 2555,
    '73.70': 2645,
    '74.14': 2661,
    '76.82': 2757,
    '73.39': 2634,
    '76.12': 2732,
    '75.42': 2707,
    '72.53': 2603,
    '72.05': 2586,
    '71.162': 2554,
  };
  for (const [text, count] of Object.entries(counts)) {
    assert.deepEqual(countsFor(interval(text), 3589), { from: count, to: count }, text);
  }
});

test('published accuracies that no whole number of 3,589 images gives', () => {
  const single = { kind: 'single' } as const;
  for (const text of ['79.79', '75.97', '96.47', '73.16']) {
    assert.equal(isAttainable(interval(text), 3589, single), false, text);
  }
  assert.equal(isAttainable(interval('79.79', 'truncated'), 3589, single), true);
  assert.equal(isAttainable(interval('73.16', 'truncated'), 3589, single), true);
  assert.equal(isAttainable(interval('75.97'), 7178, single), true);
  assert.equal(isAttainable(interval('75.97'), 3589, { kind: 'runs', count: 2 }), true);
});

test('the paper is impossible under every reading, supports known or unknown', async () => {
  const report = await auditClaim(load('paper'));
  assert.match(report.summary, /each of the 30 readings, and of 15 more that set the printed supports aside/);
  assert.equal(report.verdict, 'impossible');
  assert.equal(report.readings.length, 45);
  for (const supports of ['as printed', 'test share', 'unknown']) {
    assert.equal(report.readings.filter(({ reading }) => reading.supports === supports).length, 15);
  }
  for (const reading of report.readings) {
    assert.equal(reading.verdict, 'impossible', reading.description);
    const isWeighted =
      reading.reading.accuracy === 'weighted mean of classes' && reading.reading.supports !== 'as printed';
    assert.equal(reading.certificate!.figures.length <= 2, !isWeighted, reading.description);
  }
});

test('the overall means of the paper are weighted by official counts, not by its samples column', async () => {
  const { observations } = await auditClaim(load('paper'), { reading: { supports: 'as printed' } });
  const [found] = observations.filter((line) => line.includes('official counts'));
  assert.match(found!, /\(the whole set, .*PrivateTest\): precision 0\.770, recall 0\.745, f1 0\.755/);
  assert.match(found!, /by the printed supports precision 0\.761, recall 0\.737, f1 0\.747/);
  assert.match(found!, /plain means precision 0\.740, recall 0\.716, f1 0\.726/);
});

test('the accuracy of the paper exceeds its largest recall: two figures', async () => {
  const claim = load('paper');
  const { perClass, ...rest } = claim;
  const bare: Claim = { ...rest, perClass: { recall: perClass!.recall! }, means: {} };
  const unknown = (await auditClaim(bare)).readings.find(({ reading }) => reading.supports === 'unknown')!;
  assert.deepEqual(
    unknown.certificate!.figures.map(({ field, text }) => [field, text]),
    [
      ['accuracy', '0.86'],
      ['perClass.recall.Happiness', '0.85'],
    ],
  );
  // Without the other six the largest recall could be any: the certificate names them, too.
  assert.equal(unknown.certificate!.others!.length, 6);
  assert.match(unknown.certificate!.statement, /none of the other 6 is larger/);
});

test('supports and mean recall of the paper bound its accuracy', async () => {
  const check = (await auditClaim(load('paper'))).readings[0]!.checks.find(
    ({ id }) => id === 'macro-recall-bounds',
  )!;
  assert.equal(check.verdict, 'impossible');
  assert.match(check.detail, /\[0\.643\d*, 0\.833\d*\]/);
});

test('rows of published matrices tell which part they come from', async () => {
  const verdicts: Record<string, string> = {
    'khaireddin-2021-public-test': 'consistent',
    'khaireddin-2021-private-test': 'impossible',
    'cbam-resnet50-private-test': 'consistent',
    'cbam-resnet50-public-test': 'impossible',
  };
  for (const [name, verdict] of Object.entries(verdicts)) {
    const report = await auditClaim(load(name));
    assert.equal(report.verdict, verdict, name);
    const fits = name.startsWith('khaireddin')
      ? /Disgust fits.*PublicTest \(56\).*not come from PrivateTest \(55\)/
      : /Disgust fits.*PrivateTest \(55\).*not come from PublicTest \(56\)/;
    assert.ok(
      report.observations.some((line) => fits.test(line)),
      name,
    );
  }
});

test('with two decimals throughout, precision and recall alone are impossible for any supports', async () => {
  const { perClass, classes: names } = load('paper-two-decimals');
  const { precision, recall } = perClass!;
  const report = await auditClaim({
    title: 't',
    classes: names,
    perClass: { precision: precision!, recall: recall! },
  });
  assert.equal(report.verdict, 'impossible');
  assert.equal(
    report.readings[0]!.checks.find(({ id }) => id === 'prediction-balance')!.verdict,
    'impossible',
  );
});
