import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { loadLab } from '../../../src/notebook/lab/labs';
import { withMistake } from '../../../src/notebook/lab/mistake';
import { joinText } from '../../../src/notebook/notebook-file';
import { Course } from './course';
import { HOSTILE, SECRET } from './hostile';

const LAB = '5-metrics-by-hand';
const STUDENTS = 30;
const MINUTE = 60_000;

describe(`${STUDENTS} submissions in one run, half of them hostile`, { timeout: 180 * MINUTE }, () => {
  const course = new Course();
  const { cells, mistakes } = loadLab(LAB);
  const expected = new Map<string, number>();
  let scores: Map<string, number>;
  let visits = 0;
  const server = createServer((_, answer) => {
    visits++;
    answer.end();
  });
  after(() => {
    server.close();
    course.remove();
  });

  before(async () => {
    course.nbgrader('generate_assignment', LAB);
    await new Promise<void>((fulfil) => server.listen(0, '127.0.0.1', fulfil));
    const { port } = server.address() as AddressInfo;
    for (const [student, { points, submit }] of Object.entries(HOSTILE)) {
      submit({ course, student, lab: LAB, cells, port });
      expected.set(student, points);
    }
    const others = [
      { own: cells, points: 14 },
      ...mistakes.map((mistake) => ({ own: withMistake(cells, mistake), points: mistake.points })),
    ];
    for (let i = 0; expected.size < STUDENTS; i++) {
      const { own, points } = others[i % others.length]!;
      course.submit(`student-${i}`, LAB, course.solved(LAB, own));
      expected.set(`student-${i}`, points);
    }
    const secret = join(course.folder, 'submitted/student-0', LAB, 'notes.txt');
    writeFileSync(secret, SECRET);
    mkdirSync(join(course.folder, 'private'));
    process.env.TEACHERS_TOKEN = SECRET;
    const started = performance.now();
    course.nbgrader('autograde', LAB);
    const minutes = (performance.now() - started) / MINUTE;
    console.log(`${STUDENTS} submissions in ${minutes.toFixed(1)} minutes`);
    scores = course.scores(LAB);
  });

  it('gives each of them a grade', () => {
    assert.deepEqual([...scores.keys()].sort(), [...expected.keys()].sort());
  });

  for (const [student, { points, reason }] of Object.entries(HOSTILE))
    it(`gives "${student}" ${points} of 14 points, and a reason`, () => {
      assert.equal(scores.get(student), points);
      const text = JSON.stringify(course.graded(student, LAB));
      if (reason) assert.match(text, reason);
      assert.ok(text.length < 1_500_000, `${text.length} characters`);
    });

  it('gives the others what they earned', () => {
    for (const [student, points] of expected) assert.equal(scores.get(student), points, student);
  });

  it('lets nobody see others, the environment or the network, and change nothing', () => {
    for (const student of Object.keys(HOSTILE))
      assert.doesNotMatch(JSON.stringify(course.graded(student, LAB)), new RegExp(SECRET));
    const reader = course.graded('reads-others', LAB).cells.find(({ id }) => id === 'means');
    const text = (reader?.outputs ?? []).map((output) => joinText(output.text as string)).join('');
    assert.match(text, /gradebook\.db ENOENT/);
    assert.doesNotMatch(text, /student-0|root:x/);
    assert.equal(visits, 0);
    assert.ok(statSync(join(course.folder, 'gradebook.db')).size > 0);
  });

  it('grades again without touching what was handed in, to the same points', () => {
    const path = course.submittedPath('no-json', LAB);
    const hash = () => createHash('sha256').update(readFileSync(path)).digest('hex');
    const before = hash();
    course.nbgrader('autograde', LAB, '--student=no-json', '--force');
    assert.equal(hash(), before);
    assert.deepEqual(course.scores(LAB), scores);
  });
});
