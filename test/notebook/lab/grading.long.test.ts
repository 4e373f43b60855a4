import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { pointsOfLab } from '../../../src/notebook/lab/cell';
import { labNames, loadLab } from '../../../src/notebook/lab/labs';
import { withMistake } from '../../../src/notebook/lab/mistake';
import type { Notebook } from '../../../src/notebook/notebook-file';
import { Course } from './course';

const MINUTE = 60_000;
/** Some of them, to look at them alone. */
const SOME = process.env.FERLAB_LAB?.split(',');
const LABS = labNames().filter((name) => !SOME || SOME.includes(name));

/** What the cells of a notebook failed with. */
const errorsOf = ({ cells }: Notebook) =>
  cells.flatMap(({ id, outputs = [] }) =>
    outputs.filter(({ output_type }) => output_type === 'error').map(({ evalue }) => `${id}: ${evalue}`),
  );

describe('every lab with stock nbgrader', { timeout: 360 * MINUTE }, () => {
  const course = new Course();
  after(() => course.remove());

  for (const lab of LABS)
    it(`gives the solution of ${lab} all points, the empty copy none, and typical mistakes what the scheme says`, () => {
      const { cells, mistakes } = loadLab(lab);
      course.nbgrader('generate_assignment', lab);
      const expected = new Map([
        ['empty', 0],
        ['solved', pointsOfLab({ cells, mistakes })],
        ...mistakes.map(({ id, points }) => [id, points] as const),
      ]);
      course.submit('empty', lab, course.released(lab));
      course.submit('solved', lab, course.solved(lab, cells));
      for (const mistake of mistakes)
        course.submit(mistake.id, lab, course.solved(lab, withMistake(cells, mistake)));
      const started = performance.now();
      course.nbgrader('autograde', lab);
      console.log(
        `${lab}: ${expected.size} submissions in ${((performance.now() - started) / 1000).toFixed(0)} s`,
      );
      const scores = course.scores(lab);
      assert.deepEqual(
        new Map([...expected.keys()].map((student) => [student, scores.get(student)])),
        expected,
      );
      assert.deepEqual(errorsOf(course.graded('empty', lab)), []);
      assert.deepEqual(errorsOf(course.graded('solved', lab)), []);
      const told = course.nbgrader('generate_feedback', lab, '--student=solved');
      assert.doesNotMatch(told, /Alternative text is missing/);
    });
});
