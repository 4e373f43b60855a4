import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { loadLab } from '../../../src/notebook/lab/labs';
import { joinText } from '../../../src/notebook/notebook-file';
import { Course } from './course';
import { FORGED, ODD } from './forged';
import { SECRET } from './hostile';

const LAB = '5-metrics-by-hand';
const MINUTE = 60_000;
/** Some of them, to look at them alone. */
const SOME = process.env.FERLAB_SUBMISSION?.split(',');
const SUBMISSIONS = Object.entries({ ...FORGED, ...ODD }).filter(
  ([student]) => !SOME || SOME.includes(student),
);

describe('submissions that are forged, and ones that are odd', { timeout: 180 * MINUTE }, () => {
  const course = new Course();
  const { cells } = loadLab(LAB);
  let scores: Map<string, number>;
  after(() => course.remove());

  before(() => {
    course.nbgrader('generate_assignment', LAB);
    for (const [student, { submit }] of SUBMISSIONS) submit({ course, student, lab: LAB, cells, port: 9 });
    const started = performance.now();
    course.nbgrader('autograde', LAB);
    const minutes = (performance.now() - started) / MINUTE;
    console.log(`${SUBMISSIONS.length} submissions in ${minutes.toFixed(1)} minutes`);
    scores = course.scores(LAB);
  });

  /** The text that a page shows as markup. */
  const shown = (lab: string, student: string) =>
    course
      .graded(student, lab)
      .cells.filter((cell) => cell.cell_type === 'markdown')
      .map((cell) => joinText(cell.source))
      .join('\n');

  for (const [student, { points, reason }] of SUBMISSIONS)
    it(`gives "${student}" ${points} of 14 points, and a reason`, () => {
      const text = JSON.stringify(course.graded(student, LAB));
      const said = course
        .graded(student, LAB)
        .cells.map(({ id, outputs }) => `${id} ${JSON.stringify(outputs ?? '')}`)
        .join('\n');
      assert.equal(scores.get(student), points, said);
      assert.ok(!reason || reason.test(text), said);
      assert.ok(text.length < 1_500_000, `${text.length} characters`);
      assert.doesNotMatch(said, /CALLER (?!null)|HEAP|SESSION|BINDING|KERNEL (?!\[\])/);
      assert.doesNotMatch(`${said}${shown(LAB, student)}`, /<script/);
    });

  it('copies no file of others, and nothing without an end', (t) => {
    if (!scores.has('links-and-pipes')) return t.skip();
    const folder = join(course.folder, 'autograded/links-and-pipes', LAB);
    for (const name of ['zeros', 'nowhere', 'secret', 'all', 'pipe'])
      assert.ok(!existsSync(join(folder, name)), name);
    assert.doesNotMatch(readFileSync(join(folder, `${LAB}.ipynb`), 'utf8'), new RegExp(SECRET));
  });
});
