// %% markdown goal
// # Lab 5: metrics by hand
//
// **Goal.** Get from the answers of a classifier to the paper's Tables I to IV with nothing but counting: the confusion matrix, precision, recall and F1 of each class, their two means, and an interval that says how far the numbers can be trusted.
//
// **Before you start.** You know what a classifier is, and loops over arrays in TypeScript. About 60 minutes.
//
// **How it works.** Work from top to bottom: Shift+Enter runs a cell. Write code where it says *not written yet*; until then, a cell that shows its result says so. The cell below each exercise checks it, and hints at what is wrong. These checks don't try everything that the text says; those at grading do.
//
// **Before you hand in.** Save (Ctrl+S), open a terminal (*File > New > Terminal*) and type `npx ferlab lab check labs/out/students/5-metrics-by-hand.ipynb`, or the path of your copy: it runs everything and says what is missing. In a class your teacher says where to hand in; on your own, compare with `labs/out/solutions`.

// %% code setup
import { grade } from 'ferlab/labs';

const classes = ['Angry', 'Happy', 'Sad'];
const truth = [0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 2, 2];
const answers = [0, 0, 1, 2, 1, 1, 1, 1, 1, 0, 2, 1];

// %% markdown confusion-text
// ## 1 The confusion matrix
//
// Rows are the true classes, columns the answers: `matrix[t][a]` counts the images of class `t` that were called `a`. Everything else in this lab follows from it.

// %% code confusion solution
function confusionMatrix(truth: number[], answers: number[], classes: number): number[][] {
  // BEGIN SOLUTION
  const matrix = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  truth.forEach((t, i) => matrix[t][answers[i]]++);
  return matrix;
  // END SOLUTION
}

// %% code confusion-check points=2
await grade([
  { what: 'two images in two classes', points: 1, hint: 'each image adds one to a single cell',
    holds: () => [confusionMatrix([0, 1], [0, 1], 2), [[1, 0], [0, 1]]] },
  { what: 'rows are the truth', points: 1, hint: 'matrix[truth][answer]: you may have exchanged rows and columns',
    holds: () => [confusionMatrix([0, 0], [1, 1], 2), [[0, 2], [0, 0]]] },
]);

// %% code confusion-hidden points=2
await grade([
  // BEGIN HIDDEN TESTS
  { what: 'the twelve images above', points: 1, hint: 'count them by hand: three rows, twelve images',
    holds: () => [confusionMatrix(truth, answers, 3), [[2, 1, 1], [1, 5, 0], [0, 1, 1]]] },
  { what: 'a class without images', points: 1, hint: 'the matrix has a row for every class, also for one that never occurs',
    holds: () => [confusionMatrix([0], [2], 3), [[0, 0, 1], [0, 0, 0], [0, 0, 0]]] },
  // END HIDDEN TESTS
]);

// %% markdown rates-text
// ## 2 Precision, recall, F1 (Tables II to IV)
//
// *Precision* of a class: of the images that were called so, the share that are. *Recall*: of the images that are, the share that were called so. *F1* is their harmonic mean, 2PR / (P + R). Where a denominator is 0, the value is 0, as in scikit-learn.

// %% code rates solution
interface Rates { precision: number; recall: number; f1: number }

function ratesOf(matrix: number[][], label: number): Rates {
  // BEGIN SOLUTION
  const hits = matrix[label][label];
  const called = matrix.reduce((sum, row) => sum + row[label], 0);
  const there = matrix[label].reduce((sum, count) => sum + count, 0);
  const share = (part: number, whole: number) => (whole === 0 ? 0 : part / whole);
  return { precision: share(hits, called), recall: share(hits, there), f1: share(2 * hits, called + there) };
  // END SOLUTION
}

// %% code rates-check points=3
const seen = [[3, 1], [2, 4]];
await grade([
  { what: 'precision is by column', points: 1, hint: 'divide by all images that were called so, the sum of a column',
    holds: () => [ratesOf(seen, 0).precision, 3 / 5] },
  { what: 'recall is by row', points: 1, hint: 'divide by all images that are of the class, the sum of a row',
    holds: () => [ratesOf(seen, 0).recall, 3 / 4] },
  { what: 'F1 is the harmonic mean', points: 1, hint: 'not the mean of the two: 2PR / (P + R)',
    holds: () => [ratesOf(seen, 0).f1, 2 / 3] },
]);

// %% code rates-hidden points=2
await grade([
  // BEGIN HIDDEN TESTS
  { what: 'a class that is never called', points: 1, hint: '0 / 0 is NaN in JavaScript; here it counts as 0',
    holds: () => [ratesOf([[0, 2], [0, 3]], 0), { precision: 0, recall: 0, f1: 0 }] },
  { what: 'the last of three classes', points: 1, hint: 'the sums run over all classes',
    holds: () => [ratesOf([[2, 1, 1], [1, 5, 0], [0, 1, 1]], 2), { precision: 0.5, recall: 0.5, f1: 0.5 }] },
  // END HIDDEN TESTS
]);

// %% markdown means-text
// ## 3 Two means
//
// A table's last line can be the *macro* mean (every class counts the same) or the *weighted* mean (every image counts the same). With 547 images of Disgust and 8,989 of Happy they differ, and the paper does not say which it prints.

// %% code means solution
function meanRecall(matrix: number[][], kind: 'macro' | 'weighted'): number {
  // BEGIN SOLUTION
  const support = matrix.map((row) => row.reduce((sum, count) => sum + count, 0));
  const total = support.reduce((sum, count) => sum + count, 0);
  const weights = support.map((count) => (kind === 'macro' ? 1 / matrix.length : count / total));
  return matrix.reduce((sum, _, label) => sum + weights[label] * ratesOf(matrix, label).recall, 0);
  // END SOLUTION
}

// %% code means-check points=2
await grade([
  { what: 'the macro mean', points: 1, hint: 'add the recalls, divide by the number of classes',
    holds: () => [meanRecall([[8, 0], [1, 1]], 'macro'), 0.75] },
  { what: 'the weighted mean', points: 1, hint: 'weigh each recall with the share of its images',
    holds: () => [meanRecall([[8, 0], [1, 1]], 'weighted'), 0.9] },
]);

// %% code means-hidden points=1
await grade([
  // BEGIN HIDDEN TESTS
  { what: 'the weighted mean of recall is the accuracy', points: 1, hint: 'all hits divided by all images',
    holds: () => [meanRecall([[2, 1, 1], [1, 5, 0], [0, 1, 1]], 'weighted'), 8 / 12] },
  // END HIDDEN TESTS
]);

// %% markdown interval-text
// ## 4 How far can a number be trusted?
//
// Wilson's 95 % interval for k hits of n, with z = 1.96: its middle is (k + z²/2) / (n + z²), and its half width z / (n + z²) · √(k (n - k) / n + z²/4).

// %% code interval solution
function wilson(hits: number, images: number): [number, number] {
  // BEGIN SOLUTION
  const z = 1.96;
  const middle = (hits + z ** 2 / 2) / (images + z ** 2);
  const half = (z / (images + z ** 2)) * Math.sqrt((hits * (images - hits)) / images + z ** 2 / 4);
  return [middle - half, middle + half];
  // END SOLUTION
}

// %% code interval-check points=2
const rounded = (interval: number[]) => interval.map((value) => Number(value.toFixed(3)));
await grade([
  { what: 'half of 100 images', points: 1, hint: 'it is symmetric about 0.5: check the middle',
    holds: () => [rounded(wilson(50, 100)), [0.404, 0.596]] },
  { what: 'all of ten images', points: 1, hint: 'ten hits of ten do not prove that the next is one: the lower end lies near 0.72',
    holds: () => [rounded(wilson(10, 10)), [0.722, 1]] },
]);

// %% markdown end
// ## To think about (not graded)
//
// 1. The paper prints an accuracy of 0.86, and no recall above 0.85. Why can't both be true? (Lab 8, and notebook 5.)
// 2. Which of the two means would you print for Disgust's sake, and which for a phone that has to be right as often as possible?

// %% mistake transposed in=confusion points=11
// Rows and columns are exchanged: the counts that are not symmetric are wrong.
// - matrix[t][answers[i]]++
// + matrix[answers[i]][t]++

// %% mistake precision-for-recall in=rates points=9
// Precision and recall are exchanged, and both means, which build on the recall, are wrong with it.
// - precision: share(hits, called), recall: share(hits, there)
// + precision: share(hits, there), recall: share(hits, called)

// %% mistake mean-for-f1 in=rates points=13
// F1 as the plain mean of precision and recall.
// - f1: share(2 * hits, called + there)
// + f1: (share(hits, called) + share(hits, there)) / 2

// %% mistake nan-for-zero in=rates points=13
// A class that is never called gives 0 / 0.
// - whole === 0 ? 0 : part / whole
// + part / whole

// %% mistake macro-only in=means points=12
// Both means weigh every class the same.
// - kind === 'macro' ? 1 / matrix.length : count / total
// + 1 / matrix.length

// %% mistake other-z in=interval points=12
// The z of a 90 % interval.
// - 1.96
// + 1.64
