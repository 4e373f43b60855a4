// %% markdown goal
// # Lab 7: how to cheat without noticing
//
// **Goal.** Build the leaks that make accuracies in papers too high: copies across the split, augmentation before the split, people on both sides, and the best of many test results. You will reach a high accuracy on labels that were *drawn at random*, where nothing can be learnt.
//
// **Before you start.** Labs 1 and 5. About 75 minutes.
//
// **How it works.** Work from top to bottom: Shift+Enter runs a cell. Write code where it says *not written yet*; until then, a cell that shows its result says so. The cell below each exercise checks it, and hints at what is wrong. These checks don't try everything that the text says; those at grading do.
//
// **Before you hand in.** Save (Ctrl+S), open a terminal (*File > New > Terminal*) and type `npx ferlab lab check labs/out/students/7-how-to-cheat.ipynb`, or the path of your copy: it runs everything and says what is missing. In a class your teacher says where to hand in; on your own, compare with `labs/out/solutions`.

// %% code setup
import { grade, whenWritten } from 'ferlab/labs';
import { imageOf, loadDataset } from 'ferlab';

/** An image as a list of numbers. */
type Pixels = number[];
interface Split { training: number[]; test: number[] }

const dataset = await loadDataset({ sample: true });
/** A generator of random numbers from 0 up to 1: the same seed gives the same numbers. */
const randomNumbers = (seed: number) => {
  let state = (seed * 48271) % 2147483647;
  return () => (state = (state * 16807) % 2147483647) / 2147483647;
};

// %% markdown split-text
// ## 1 A random split
//
// `splitRows` shuffles the rows 0 to count - 1 and puts the first `Math.round(share * count)` of them into the test part, the others into the training part. No row may be in both, and none may be lost. To shuffle: for i from the last place down to 1, exchange it with the place `Math.floor(random() * (i + 1))`.

// %% code split solution
function splitRows(count: number, share: number, random: () => number): Split {
  // BEGIN SOLUTION
  const rows = [...Array(count).keys()];
  for (let i = count - 1; i > 0; i--) {
    const other = Math.floor(random() * (i + 1));
    [rows[i], rows[other]] = [rows[other], rows[i]];
  }
  const size = Math.round(share * count);
  return { test: rows.slice(0, size), training: rows.slice(size) };
  // END SOLUTION
}

// %% code split-check points=3
await grade([
  { what: 'the sizes', points: 1, hint: '0.15 of 20 rows are 3 test rows',
    holds: () => { const { training, test } = splitRows(20, 0.15, randomNumbers(1)); return [[training.length, test.length], [17, 3]]; } },
  { what: 'each row is in one part', points: 1, hint: 'put the parts together and sort: 0 to 19, each once',
    holds: () => { const { training, test } = splitRows(20, 0.3, randomNumbers(2)); return [[...training, ...test].sort((a, b) => a - b), [...Array(20).keys()]]; } },
  { what: 'the rows are shuffled', points: 1, hint: 'files are often sorted by class: the first rows alone are no fair test',
    holds: () => [splitRows(100, 0.1, randomNumbers(3)).test.some((row) => row > 30), true] },
]);

// %% markdown leak-text
// ## 2 Copies across the split
//
// `leakedShare` returns the share of the test rows whose image occurs, pixel by pixel, in the training part as well. In FER-2013 it is 8 % of the official test part, and 7 % after a random split.

// %% code leak solution
function leakedShare(images: Pixels[], { training, test }: Split): number {
  // BEGIN SOLUTION
  const key = (row: number) => images[row].join(' ');
  const seen = new Set(training.map(key));
  return test.length === 0 ? 0 : test.filter((row) => seen.has(key(row))).length / test.length;
  // END SOLUTION
}

// %% code leak-check points=2
await grade([
  { what: 'one of two test images is in the training part', points: 1, hint: 'count test rows, and divide by the test rows',
    holds: () => [leakedShare([[1, 2], [3, 4], [1, 2]], { training: [0], test: [1, 2] }), 0.5] },
  { what: 'two copies in the same part', points: 1, hint: 'copies within the test part are no leak',
    holds: () => [leakedShare([[1], [2], [2]], { training: [0], test: [1, 2] }), 0] },
]);

// %% code leak-hidden points=2
await grade([
  // BEGIN HIDDEN TESTS
  { what: 'pixels that look alike as text', points: 1, hint: '[1, 12] and [11, 2] are two images: put something between the numbers',
    holds: () => [leakedShare([[1, 12], [11, 2]], { training: [0], test: [1] }), 0] },
  { what: 'an empty test part', points: 1, hint: '0 / 0 is NaN; without test images nothing leaks',
    holds: () => [leakedShare([[1]], { training: [0], test: [] }), 0] },
  // END HIDDEN TESTS
]);

// %% markdown neighbour-text
// ## 3 A classifier that learns by heart
//
// The *nearest neighbour* classifier stores the training images. To classify an image it looks for the training row with the smallest sum of squared differences of pixels, and gives that row's label. `neighbourAccuracy` returns the share of the test rows that it gets right.

// %% code neighbour solution
function neighbourAccuracy(images: Pixels[], labels: number[], { training, test }: Split): number {
  // BEGIN SOLUTION
  const distance = (a: Pixels, b: Pixels) => a.reduce((sum, value, i) => sum + (value - b[i]) ** 2, 0);
  const nearest = (row: number) => {
    let [best, least] = [training[0], Number.POSITIVE_INFINITY];
    for (const other of training) {
      const far = distance(images[row], images[other]);
      if (far < least) [best, least] = [other, far];
    }
    return best;
  };
  return test.filter((row) => labels[nearest(row)] === labels[row]).length / test.length;
  // END SOLUTION
}

// %% code neighbour-check points=2
await grade([
  { what: 'two clusters', points: 1, hint: 'the label comes from the nearest training row',
    holds: () => [neighbourAccuracy([[0], [10], [1], [9]], [0, 1, 0, 1], { training: [0, 1], test: [2, 3] }), 1] },
  { what: 'one hit of two', points: 1, hint: 'divide the hits by the test rows',
    holds: () => [neighbourAccuracy([[0], [10], [1], [9]], [0, 1, 1, 1], { training: [0, 1], test: [2, 3] }), 0.5] },
]);

// %% code neighbour-hidden points=2
await grade([
  // BEGIN HIDDEN TESTS
  { what: 'differences of both signs', points: 1, hint: 'square each difference before you add: otherwise they cancel',
    holds: () => [neighbourAccuracy([[5, 5], [0, 11], [6, 6]], [0, 1, 0], { training: [0, 1], test: [2] }), 1] },
  { what: 'a test row is never its own neighbour', points: 1, hint: 'look among the training rows alone',
    holds: () => [neighbourAccuracy([[0], [1]], [0, 1], { training: [0], test: [1] }), 0] },
  // END HIDDEN TESTS
]);

// %% markdown before-text
// ## 4 Augment before the split, and learn from noise
//
// The labels below are random: no classifier can be better than 1 in 7, except by luck. Honest: split, then augment the training part. Wrong: make four copies of each image, a little brighter or darker, *then* split. Run the cell when your functions pass.

// %% code before-look
const random = randomNumbers(7);
const some = 210;
/** Every fourth pixel of every fourth row, to be quick. */
const small = (row: number): Pixels =>
  Array.from(imageOf(dataset, row).filter((_, i) => i % 4 === 0 && Math.floor(i / 48) % 4 === 0));
const originals = Array.from({ length: some }, (_, row) => small(row));
const randomLabels = originals.map(() => Math.floor(random() * 7));
const copies = originals.flatMap((image, i) =>
  [0.96, 0.98, 1.02, 1.04].map((factor) => ({ image: image.map((value) => value * factor), label: randomLabels[i] })),
);
await whenWritten(() => {
  const honest = neighbourAccuracy(originals, randomLabels, splitRows(some, 0.15, random));
  const cheated = neighbourAccuracy(
    copies.map(({ image }) => image),
    copies.map(({ label }) => label),
    splitRows(copies.length, 0.15, random),
  );
  console.log(
    `random labels, split first: ${(100 * honest).toFixed(0)} %; augmented first: ${(100 * cheated).toFixed(0)} %`,
  );
});

// %% markdown group-text
// ## 5 Split by group
//
// Images that belong together (copies, the frames of one film, pictures of one person) must stay together. `groups[row]` is the group of each row. `splitGroups` shuffles the *groups*, as `splitRows` does with rows, and puts whole groups into the test part, one after the other, as long as it has fewer than `share` of all rows.

// %% code group solution
function splitGroups(groups: number[], share: number, random: () => number): Split {
  // BEGIN SOLUTION
  const names = [...new Set(groups)];
  const { test } = splitRows(names.length, 1, random);
  const rows = [...groups.keys()];
  const chosen = new Set<number>();
  const inTest = () => rows.filter((row) => chosen.has(groups[row]));
  for (const i of test) if (inTest().length < share * groups.length) chosen.add(names[i]);
  return { test: inTest(), training: rows.filter((row) => !chosen.has(groups[row])) };
  // END SOLUTION
}

// %% code group-check points=2
const people = [1, 1, 1, 2, 2, 3, 3, 3, 4, 4];
const shared = ({ training, test }: Split, groups: number[]) => test.filter((row) => training.some((other) => groups[other] === groups[row])).length;
await grade([
  { what: 'nobody is in both parts', points: 1, hint: 'choose groups, and then all rows of each',
    holds: () => [[1, 2, 3, 4, 5].map((seed) => shared(splitGroups(people, 0.3, randomNumbers(seed)), people)), [0, 0, 0, 0, 0]] },
  { what: 'no row is lost', points: 1, hint: 'what is not in the test part is in the training part',
    holds: () => { const { training, test } = splitGroups(people, 0.3, randomNumbers(1)); return [training.length + test.length, 10]; } },
]);

// %% code group-hidden points=2
await grade([
  // BEGIN HIDDEN TESTS
  { what: 'the test part is large enough, and not too large', points: 1, hint: 'stop adding groups once the share of the rows is reached',
    holds: () => [[1, 2, 3, 4, 5].every((seed) => { const { test } = splitGroups(people, 0.3, randomNumbers(seed)); return test.length >= 3 && test.length <= 5; }), true] },
  { what: 'the groups are shuffled', points: 1, hint: 'it must not always be the first groups',
    holds: () => [new Set([1, 2, 3, 4, 5, 6, 7, 8].map((seed) => splitGroups(people, 0.1, randomNumbers(seed)).test.join())).size > 1, true] },
  // END HIDDEN TESTS
]);

// %% markdown best-text
// ## 6 The best of many test results
//
// A training has a validation and a test accuracy after each epoch. Honest: take the epoch with the best *validation* accuracy, the first of several, and report *its* test accuracy. Cheating: report the best test accuracy. `reported` returns both.

// %% code best solution
function reported(epochs: { validation: number; test: number }[]): { honest: number; cheating: number } {
  // BEGIN SOLUTION
  const best = Math.max(...epochs.map(({ validation }) => validation));
  const chosen = epochs.find(({ validation }) => validation === best)!;
  return { honest: chosen.test, cheating: Math.max(...epochs.map(({ test }) => test)) };
  // END SOLUTION
}

// %% code best-check points=2
const history = [{ validation: 0.5, test: 0.52 }, { validation: 0.7, test: 0.64 }, { validation: 0.6, test: 0.69 }];
await grade([
  { what: 'honest', points: 1, hint: 'the validation accuracy chooses, the test accuracy is reported',
    holds: () => [reported(history).honest, 0.64] },
  { what: 'cheating', points: 1, hint: 'the largest test accuracy, whatever the validation says',
    holds: () => [reported(history).cheating, 0.69] },
]);

// %% code best-hidden points=1
await grade([
  // BEGIN HIDDEN TESTS
  { what: 'two epochs with the same validation accuracy', points: 1, hint: 'the first counts: choosing among them by the test is cheating again',
    holds: () => [reported([{ validation: 0.7, test: 0.6 }, { validation: 0.7, test: 0.8 }]).honest, 0.6] },
  // END HIDDEN TESTS
]);

// %% code best-look
// A hundred epochs of a network that has learnt nothing more since the first: pure luck, on 100 test images.
const luck = Array.from({ length: 100 }, () => {
  const accuracy = () => Array.from({ length: 100 }, () => random() < 0.6).filter(Boolean).length / 100;
  return { validation: accuracy(), test: accuracy() };
});
await whenWritten(() => console.log('true accuracy 0.60;', reported(luck)));

// %% markdown end
// ## To think about (not graded)
//
// 1. Which of the four leaks can be seen in a paper's text, which in its code, and which in neither?
// 2. The paper writes of augmentation that it increases "the effective dataset size", and reports 35,887 samples in a table of test results. What would you ask its authors?
// 3. A published number for FER-2013 was chosen on PrivateTest. How large can the gain be with 3,589 images? (Lab 5: an interval.)

// %% mistake not-shuffled in=split points=16
// The first rows are the test part.
// - [rows[i], rows[other]] = [rows[other], rows[i]];
// + rows[i] = i;

// %% mistake exchanged-parts in=split points=15
// Training and test part are exchanged; the split by groups, which builds on it, is wrong with it.
// - return { test: rows.slice(0, size), training: rows.slice(size) };
// + return { training: rows.slice(0, size), test: rows.slice(size) };

// %% mistake joined-pixels in=leak points=17
// Pixels are joined without anything between them.
// - join(' ')
// + join('')

// %% mistake differences-cancel in=neighbour points=15
// The differences are added without squares.
// - (value - b[i]) ** 2, 0)
// + (value - b[i]), 0)

// %% mistake splits-rows in=group points=17
// The rows are split, and the groups are ignored.
// - const { test } = splitRows(names.length, 1, random);
// + if (share < 1) return splitRows(groups.length, share, random);
// +   const { test } = splitRows(names.length, 1, random);

// %% mistake chosen-by-test in=best points=16
// The test accuracy chooses the epoch.
// - const chosen = epochs.find(({ validation }) => validation === best)!;
// + const chosen = epochs.reduce((one, other) => (other.test > one.test ? other : one));
// +   void best;

// %% mistake always-the-first-groups in=group points=17
// The groups are taken in their order.
// - for (const i of test) if
// + for (const i of [...test].sort((a, b) => a - b)) if
