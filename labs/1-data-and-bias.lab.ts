// %% markdown goal
// # Lab 1: data and bias
//
// **Goal.** Look at a data set before you train on it. You count its classes, find copies, measure how far people agree about its labels, and say what each of these does to an accuracy.
//
// **Before you start.** You know loops, arrays and `Map` in TypeScript. No knowledge of networks is needed. About 60 minutes. The data set holds numbers in a `Uint8Array`, small examples in an array: both know `length`, `[i]` and `for (const x of ...)`, and `Array.from(x)` makes an array of either.
//
// **How it works.** Work from top to bottom: Shift+Enter runs a cell. Write code where it says *not written yet*; until then, a cell that shows its result says so. The cell below each exercise checks it, and hints at what is wrong. These checks don't try everything that the text says; those at grading do.
//
// **Before you hand in.** Save (Ctrl+S), open a terminal (*File > New > Terminal*) and type `npx ferlab lab check labs/out/students/1-data-and-bias.ipynb`, or the path of your copy: it runs everything and says what is missing. In a class your teacher says where to hand in; on your own, compare with `labs/out/solutions`.
//
// **The images.** Where FER-2013 is on this computer you see it; otherwise you see faces that ferlab draws. The drawn faces are balanced and clean, so the sections also use the official counts of FER-2013 and small lists that you can check by hand.

// %% code setup
import { grade, whenWritten } from 'ferlab/labs';
import { imageOf, loadDataset, sampleGrid, show } from 'ferlab';

const dataset = await loadDataset();
const { classes } = dataset.spec;
await show(sampleGrid(dataset, { perClass: 6, seed: 1 }));

// %% markdown counts-text
// ## 1 How many images of each class?
//
// A label is a number: 0 is the first class. `countClasses` returns one count for each class, also for a class without images.

// %% code counts solution
function countClasses(labels: number[] | Uint8Array, classes: number): number[] {
  // BEGIN SOLUTION
  const counts = new Array<number>(classes).fill(0);
  for (let i = 0; i < labels.length; i++) counts[labels[i]]++;
  return counts;
  // END SOLUTION
}

// %% code counts-check points=2
await grade([
  { what: 'five labels of three classes', points: 1, hint: 'each label adds one to the count of its class; NaN comes from a count that did not begin at 0',
    holds: () => [countClasses([0, 2, 2, 1, 2], 3), [1, 1, 3]] },
  { what: 'every image is counted once', points: 1, hint: 'add the counts up: they must give the number of labels',
    holds: () => [countClasses([1, 1, 1, 1], 2).reduce((sum, n) => sum + n, 0), 4] },
]);

// %% code counts-hidden points=1
await grade([
  // BEGIN HIDDEN TESTS
  { what: 'a class without images', points: 1, hint: 'its count is 0, not a hole in the array',
    holds: () => [countClasses([0, 0], 4), [2, 0, 0, 0]] },
  // END HIDDEN TESTS
]);

// %% code counts-look
await whenWritten(() => {
  const counts = countClasses(dataset.labels, classes.length);
  console.log(`${dataset.count} images of ${dataset.spec.title}`);
  for (const [label, count] of counts.entries()) console.log(`${classes[label].padEnd(10)} ${count}`);
});

// %% markdown baseline-text
// ## 2 What does an accuracy mean on unequal classes?
//
// A classifier that always gives the most frequent class has learnt nothing. Its accuracy is the share of that class: the *baseline* that every result has to beat. FER-2013 has, from Angry to Neutral, 4953, 547, 5121, 8989, 6077, 4002 and 6198 images.
//
// A common remedy is to weigh each image in the loss. The weight of a class is `n / (k * count)` for n images in k classes, so that every class weighs the same in total. A class without images gets the weight 0.

// %% code baseline solution
function baselineAccuracy(counts: number[]): number {
  // BEGIN SOLUTION
  return Math.max(...counts) / counts.reduce((sum, count) => sum + count, 0);
  // END SOLUTION
}

// %% code baseline-check points=2
const official = [4953, 547, 5121, 8989, 6077, 4002, 6198];
await grade([
  { what: 'balanced classes', points: 1, hint: 'with four equal classes one image in four is right',
    holds: () => [baselineAccuracy([5, 5, 5, 5]), 0.25] },
  { what: 'FER-2013', points: 1, hint: 'divide the largest class by all images',
    holds: () => [baselineAccuracy(official), 8989 / 35887] },
]);

// %% code weights solution
function classWeights(counts: number[]): number[] {
  // BEGIN SOLUTION
  const total = counts.reduce((sum, count) => sum + count, 0);
  return counts.map((count) => (count === 0 ? 0 : total / (counts.length * count)));
  // END SOLUTION
}

// %% code weights-check points=2
await grade([
  { what: 'equal classes weigh 1', points: 1, hint: 'with equal counts n / (k * count) is 1: did you divide by the number of classes?',
    holds: () => [classWeights([7, 7]), [1, 1]] },
  { what: 'a rare class weighs more', points: 1, hint: 'n / (k * count): with counts of 1 and 3, n is 4 and k is 2',
    holds: () => [classWeights([1, 3]), [2, 2 / 3]] },
]);

// %% code weights-hidden points=2
await grade([
  // BEGIN HIDDEN TESTS
  { what: 'all classes weigh the same in total', points: 1, hint: 'count times weight must be equal for every class',
    holds: () => [classWeights(official).map((weight, label) => weight * official[label]), official.map(() => 35887 / 7)] },
  { what: 'a class without images', points: 1, hint: 'n / 0 is Infinity, and a loss of Infinity ends a training: the weight is 0',
    holds: () => [classWeights([2, 0]), [0.5, 0]] },
  // END HIDDEN TESTS
]);

// %% markdown copies-text
// ## 3 Copies
//
// FER-2013 was collected with a search engine, and the same picture came in more than once: 3,369 of its 35,887 rows are equal pixel by pixel to another row, in 1,516 groups. You could remove 1,853 rows without losing a picture, and 57 groups carry more than one label. Two things follow. A copy in the test part makes a test easier. And a group of copies with *different* labels has at least one wrong label: nobody can be right about all of it.
//
// `findCopies` gets images as arrays of grey levels and returns two counts: `removable`, the rows that could go without losing a picture, and `conflicting`, the groups of copies that carry more than one label. Arrays are compared with `===` by identity, not by content: make a key of the pixels. (Among the drawn faces there are no copies: both counts are 0 there.)

// %% code copies solution
function findCopies(images: (number[] | Uint8Array)[], labels: number[]): { removable: number; conflicting: number } {
  // BEGIN SOLUTION
  const groups = new Map<string, Set<number>>();
  images.forEach((image, i) => {
    const key = Array.from(image).join(' ');
    const group = groups.get(key) ?? new Set<number>();
    groups.set(key, group.add(labels[i]));
  });
  const conflicting = [...groups.values()].filter((group) => group.size > 1).length;
  return { removable: images.length - groups.size, conflicting };
  // END SOLUTION
}

// %% code copies-check points=3
await grade([
  { what: 'no copies', points: 1, hint: 'different pixels must give different keys: [1, 12] and [11, 2] are not the same picture',
    holds: () => [findCopies([[1, 12], [11, 2]], [0, 0]), { removable: 0, conflicting: 0 }] },
  { what: 'three of the same', points: 1, hint: 'of three equal rows two can go',
    holds: () => [findCopies([[5, 5], [5, 5], [5, 5], [1, 2]], [0, 0, 0, 1]).removable, 2] },
  { what: 'copies with two labels', points: 1, hint: 'keep all the labels of a group, not only the first or the last; a group counts once',
    holds: () => [findCopies([[5, 5], [5, 5], [5, 5], [1, 2], [1, 2]], [0, 1, 0, 2, 2]).conflicting, 1] },
]);

// %% code copies-hidden points=2
await grade([
  // BEGIN HIDDEN TESTS
  { what: 'a group with many labels', points: 1, hint: 'a conflicting group is counted once, however many labels it has',
    holds: () => [findCopies([[1], [1], [1], [2]], [0, 1, 0, 1]), { removable: 2, conflicting: 1 }] },
  { what: 'images as Uint8Array', points: 1, hint: 'map on a Uint8Array gives a Uint8Array again: turn the pixels into text',
    holds: () => [findCopies([Uint8Array.of(1, 200), Uint8Array.of(1, 200)], [3, 4]), { removable: 1, conflicting: 1 }] },
  // END HIDDEN TESTS
]);

// %% code copies-look
await whenWritten(() => {
  const few = Math.min(dataset.count, 1500);
  const rows = [...Array(few).keys()];
  console.log(
    `of the first ${few} images:`,
    findCopies(
      rows.map((row) => imageOf(dataset, row)),
      rows.map((row) => dataset.labels[row]),
    ),
  );
});

// %% markdown votes-text
// ## 4 Do people agree?
//
// For FER+ ten people looked at each image of FER-2013 again. Each row of `votes` holds how many of them chose each class. The *crowd's label* is the class with the most votes, or -1 where several classes share the lead.
//
// No classifier that gives one answer for each image can agree with these people more often than the most frequent answer does. So the *ceiling* is: for each image its largest count of votes, summed over all images, divided by all votes. It is the highest accuracy to expect where the label of each image is the answer of *one* of these people, drawn at random. Against the crowd's labels 100 % is possible. So an accuracy says little without the labels that it was measured with.

// %% code votes-given
// Ten people, three classes, five images: made up, so that you can count along.
const votes = [[10, 0, 0], [6, 4, 0], [5, 5, 0], [1, 2, 7], [3, 3, 4]];

// %% code crowd solution
function crowdLabel(votes: number[]): number {
  // BEGIN SOLUTION
  const most = Math.max(...votes);
  return votes.indexOf(most) === votes.lastIndexOf(most) ? votes.indexOf(most) : -1;
  // END SOLUTION
}

// %% code crowd-check points=2
await grade([
  { what: 'a clear lead', points: 1, hint: 'return the index of the class, not its votes',
    holds: () => [crowdLabel([1, 2, 7]), 2] },
  { what: 'two classes share the lead', points: 1, hint: 'the crowd has no label here: -1',
    holds: () => [crowdLabel([5, 5, 0]), -1] },
]);

// %% code ceiling solution
function ceiling(votes: number[][]): number {
  // BEGIN SOLUTION
  const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
  return sum(votes.map((row) => Math.max(...row))) / sum(votes.map(sum));
  // END SOLUTION
}

// %% code ceiling-check points=1
await grade([
  { what: 'two images', points: 1, hint: '10 and 6 of the 20 votes are for the most frequent answer',
    holds: () => [ceiling([[10, 0, 0], [6, 4, 0]]), 0.8] },
]);

// %% code ceiling-hidden points=1
await grade([
  // BEGIN HIDDEN TESTS
  { what: 'images with different numbers of votes', points: 1, hint: 'divide by the votes that were cast, not by ten for each image',
    holds: () => [ceiling([[3, 0], [2, 5], [1, 1]]), 9 / 12] },
  // END HIDDEN TESTS
]);

// %% code ceiling-look
await whenWritten(() =>
  console.log('crowd labels:', votes.map(crowdLabel), 'ceiling of these five made-up images:', ceiling(votes)),
);
console.log(
  'ceiling of all of FER+, among votes for emotions: 0.78, against the answer of one person drawn at random.',
);
console.log(
  "The paper's 0.86 is measured against FER-2013's own labels, which are not these votes: 0.78 does not refute it.",
);

// %% markdown end
// ## To think about (not graded)
//
// 1. FER-2013 has 16 times as many images of Happy as of Disgust. Who is harmed if Disgust is hardly ever recognised, and who if it is seen where it is not?
// 2. The images carry no consent, and no age or origin of the people. What can you therefore not say about fairness?
// 3. The paper prints 2,500 images of Disgust. Where could they come from? (Lab 8.)

// %% mistake skips-empty-class in=counts points=17
// The counts begin without entries, and a class that never occurs has none.
// - const counts = new Array<number>(classes).fill(0);
// -   for (let i = 0; i < labels.length; i++) counts[labels[i]]++;
// + const counts: number[] = [];
// +   for (let i = 0; i < labels.length; i++) counts[labels[i]] = (counts[labels[i]] ?? 0) + 1;

// %% mistake weights-without-k in=weights points=14
// The weights are n / count, without the number of classes.
// - total / (counts.length * count)
// + total / count

// %% mistake infinite-weight in=weights points=17
// A class without images gets the weight Infinity.
// - count === 0 ? 0 : total / (counts.length * count)
// + total / (counts.length * count)

// %% mistake joined-key in=copies points=17
// Pixels are joined without anything between them, so that 1, 12 and 11, 2 give one key.
// - join(' ')
// + join('')

// %% mistake last-label in=copies points=15
// A group keeps only its last label, so that no conflict is seen.
// - const group = groups.get(key) ?? new Set<number>();
// + const group = new Set<number>();

// %% mistake first-of-a-tie in=crowd points=17
// A tie goes to the first class.
// - votes.indexOf(most) === votes.lastIndexOf(most) ? votes.indexOf(most) : -1
// + votes.indexOf(most)
