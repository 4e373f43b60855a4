import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { solutionCopy } from '../../../src/notebook/lab/copies';
import { loadLab } from '../../../src/notebook/lab/labs';
import { withMistake } from '../../../src/notebook/lab/mistake';
import { joinText } from '../../../src/notebook/notebook-file';
import { Course } from './course';
import { HOSTILE } from './hostile';

const LAB = '5-metrics-by-hand';
const MINUTE = 60_000;

describe('lab 5 with stock nbgrader', { timeout: 120 * MINUTE }, () => {
  const course = new Course();
  const { cells, mistakes } = loadLab(LAB);
  const [mistake] = mistakes;
  let scores: Map<string, number>;
  after(() => course.remove());

  before(() => {
    course.nbgrader('generate_assignment', LAB);
    course.submit('solved', LAB, course.solved(LAB, cells));
    course.submit('empty', LAB, course.released(LAB));
    course.submit('mistaken', LAB, course.solved(LAB, withMistake(cells, mistake!)));
    for (const student of ['no-json', 'kills-itself'])
      HOSTILE[student]!.submit({ course, student, lab: LAB, cells, port: 9 });
    course.nbgrader('autograde', LAB);
    scores = course.scores(LAB);
  });

  it('releases the copy that `npm run labs` makes', () => {
    const text = ({ cells }: ReturnType<Course['released']>) => cells.map(({ source }) => joinText(source));
    assert.deepEqual(text(course.released(LAB)), text(course.copy('students', LAB)));
    assert.deepEqual(text(course.copy('solutions', LAB)), text(solutionCopy(cells)));
  });

  it('gives all points, none, and what the scheme says', () => {
    assert.equal(scores.get('solved'), 14);
    assert.equal(scores.get('empty'), 0);
    assert.equal(scores.get('mistaken'), mistake!.points);
  });

  it('gives a broken and a hostile submission their points', () => {
    for (const student of ['no-json', 'kills-itself'])
      assert.equal(scores.get(student), HOSTILE[student]!.points, student);
  });

  it('writes the reason of a lost point into the feedback', () => {
    course.nbgrader('generate_feedback', LAB, '--student=mistaken');
    assert.match(course.feedback('mistaken', LAB), /you may have exchanged rows and columns/);
  });

  it('passes the solution by the Validate button, and tells which check fails otherwise', () => {
    const validate = (student: string) => course.nbgrader('validate', course.submittedPath(student, LAB));
    assert.match(validate('solved'), /passes all the tests/);
    const told = validate('mistaken');
    assert.match(told, /failed on 1 cell/i);
    assert.match(told, /two images in two classes/);
  });
});
