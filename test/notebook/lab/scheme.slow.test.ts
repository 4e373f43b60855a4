import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { pointsOfLab } from '../../../src/notebook/lab/cell';
import { studentCopy } from '../../../src/notebook/lab/copies';
import { labNames, loadLab } from '../../../src/notebook/lab/labs';
import { withMistake } from '../../../src/notebook/lab/mistake';
import { emptySubmission, quickScore, submission } from './quick-score';

const sum = (points: Record<string, number>) =>
  Object.values(points).reduce((total, value) => total + value, 0);

for (const name of labNames())
  describe(`the marking scheme of lab ${name}`, () => {
    const lab = loadLab(name);

    it('gives the solution all points', async () => {
      const { points, text } = await quickScore(submission(lab.cells));
      assert.equal(sum(points), pointsOfLab(lab), text);
    });

    it('gives the empty student copy none, with a reason for each point', async () => {
      const { points, text } = await quickScore(emptySubmission(lab.cells));
      assert.equal(sum(points), 0, text);
      assert.doesNotMatch(text, /^right/m);
    });

    it('leads through the empty student copy without an error, and names each function that is shown', async () => {
      const { text } = await quickScore(studentCopy(lab.cells).cells, { all: true });
      const told = [...text.matchAll(/^First write (\w+), then/gm)].map(([, name]) => name!);
      const looks = lab.cells.filter((cell) => cell.text.includes('whenWritten(') && cell.id !== 'setup');
      assert.equal(text.match(/^First /gm)?.length ?? 0, looks.length, text);
      const asked = lab.cells.filter((cell) => cell.isSolution).map((cell) => cell.text);
      for (const one of told)
        assert.ok(
          asked.some((own) => own.includes(`function ${one}(`)),
          one,
        );
    });

    for (const mistake of lab.mistakes)
      it(`gives "${mistake.what}" ${mistake.points} of ${pointsOfLab(lab)}`, async () => {
        const { points, text } = await quickScore(submission(withMistake(lab.cells, mistake)));
        assert.equal(sum(points), mistake.points, text);
      });
  });

it('every lab knows five typical mistakes that leave some of the points, and not all the same', () => {
  for (const name of labNames()) {
    const lab = loadLab(name);
    const left = lab.mistakes.map(({ points }) => points);
    assert.ok(left.length >= 5, name);
    assert.ok(
      left.every((points) => points > 0 && points < pointsOfLab(lab)),
      name,
    );
    assert.ok(new Set(left).size >= 3, `${name}: ${left}`);
  }
});
