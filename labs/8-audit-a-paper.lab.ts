// %% markdown goal
// # Lab 8: audit a paper
//
// **Goal.** Find out by arithmetic whether printed results can be true, without the data and without the code. You write four checks, apply them to the paper's Tables I to IV, then let ferlab's auditor decide, and audit a table of your own.
//
// **Before you start.** Lab 5. About 60 minutes.
//
// **How it works.** Work from top to bottom: Shift+Enter runs a cell. Write code where it says *not written yet*; until then, a cell that shows its result says so. The cell below each exercise checks it, and hints at what is wrong. These checks don't try everything that the text says; those at grading do.
//
// **Before you hand in.** Save (Ctrl+S), open a terminal (*File > New > Terminal*) and type `npx ferlab lab check labs/out/students/8-audit-a-paper.ipynb`, or the path of your copy: it runs everything and says what is missing. In a class your teacher says where to hand in; on your own, compare with `labs/out/solutions`.
//
// **A word first.** A contradiction shows that not all of the printed numbers can be right. It does not show why: a slip of the pen, an unusual definition and a broken evaluation look the same. Say what is impossible, never what somebody intended.

// %% code setup
import { grade, whenWritten } from 'ferlab/labs';
import { auditClaim, loadClaim, parseClaim, show, tableContradictions } from 'ferlab';

/** The paper's rows: samples, then Table I (accuracy), II (precision), III (recall), IV (F1). */
const paper = [
  { name: 'Happiness', samples: 6215, accuracy: 0.92, precision: 0.87, recall: 0.85, f1: 0.86 },
  { name: 'Sadness', samples: 4850, accuracy: 0.88, precision: 0.74, recall: 0.71, f1: 0.72 },
  { name: 'Anger', samples: 4132, accuracy: 0.85, precision: 0.7, recall: 0.68, f1: 0.69 },
  { name: 'Fear', samples: 3847, accuracy: 0.82, precision: 0.65, recall: 0.62, f1: 0.63 },
  { name: 'Disgust', samples: 2500, accuracy: 0.8, precision: 0.61, recall: 0.59, f1: 0.6 },
  { name: 'Surprise', samples: 5056, accuracy: 0.9, precision: 0.82, recall: 0.8, f1: 0.81 },
  { name: 'Neutral', samples: 6500, accuracy: 0.87, precision: 0.79, recall: 0.76, f1: 0.77 },
];
/** The last row of the tables. */
const overall = { samples: 35887, accuracy: 0.86, precision: 0.77, recall: 0.74, f1: 0.75 };
/** The images of each class that FER-2013 has. */
const available = {
  Happiness: 8989,
  Sadness: 6077,
  Anger: 4953,
  Fear: 5121,
  Disgust: 547,
  Surprise: 4002,
  Neutral: 6198,
};

// %% markdown samples-text
// ## 1 Can there be so many samples?
//
// Two questions. Which classes have more samples in the table than the data set has images? And how much do the rows add up to, less what the last row says? `checkSamples` returns the names, in the order of the rows, and the difference.

// %% code samples solution
interface Row { name: string; samples: number }
interface Samples { tooMany: string[]; difference: number }

function checkSamples(rows: Row[], total: number, available: Record<string, number>): Samples {
  // BEGIN SOLUTION
  const tooMany = rows.filter(({ name, samples }) => samples > available[name]).map(({ name }) => name);
  return { tooMany, difference: rows.reduce((sum, { samples }) => sum + samples, 0) - total };
  // END SOLUTION
}

// %% code samples-check points=2
const cats = [{ name: 'cat', samples: 10 }, { name: 'dog', samples: 25 }];
await grade([
  { what: 'one class with too many', points: 1, hint: 'compare each row with what there is of its class',
    holds: () => [checkSamples(cats, 35, { cat: 10, dog: 20 }).tooMany, ['dog']] },
  { what: 'rows that add up to less', points: 1, hint: 'the sum of the rows, less the printed total: it can be negative',
    holds: () => [checkSamples(cats, 40, { cat: 10, dog: 20 }).difference, -5] },
]);

// %% code samples-hidden points=1
await grade([
  // BEGIN HIDDEN TESTS
  { what: 'the paper', points: 1, hint: 'three classes have too many, and the sum is too small',
    holds: () => [checkSamples(paper, overall.samples, available), { tooMany: ['Disgust', 'Surprise', 'Neutral'], difference: -2787 }] },
  // END HIDDEN TESTS
]);

// %% code samples-look
await whenWritten(() => console.log(checkSamples(paper, overall.samples, available)));

// %% markdown mean-text
// ## 2 A mean lies between its parts
//
// Accuracy is the mean of the recalls, weighted by the samples (lab 5, exercise 3). So it can't be above the largest recall. More exactly: a printed recall of 0.85 stands for a number from 0.845 to 0.855. `accuracyRange` returns the smallest and the largest accuracy that the printed recalls and samples allow, with `half` the half width of the rounding, here 0.005. A recall is never below 0 or above 1.

// %% code mean solution
function accuracyRange(rows: { samples: number; recall: number }[], half: number): [number, number] {
  // BEGIN SOLUTION
  const total = rows.reduce((sum, { samples }) => sum + samples, 0);
  const mean = (recall: (printed: number) => number) => rows.reduce((sum, row) => sum + row.samples * recall(row.recall), 0) / total;
  return [mean((printed) => Math.max(0, printed - half)), mean((printed) => Math.min(1, printed + half))];
  // END SOLUTION
}

// %% code mean-check points=2
await grade([
  { what: 'two classes of the same size', points: 1, hint: 'the mean is 0.7, and everything may be 0.005 lower or higher',
    holds: () => [accuracyRange([{ samples: 5, recall: 0.6 }, { samples: 5, recall: 0.8 }], 0.005), [0.695, 0.705]] },
  { what: 'a large and a small class', points: 1, hint: 'weigh each recall with its samples',
    holds: () => [accuracyRange([{ samples: 9, recall: 0.9 }, { samples: 1, recall: 0.4 }], 0), [0.85, 0.85]] },
]);

// %% code mean-hidden points=2
await grade([
  // BEGIN HIDDEN TESTS
  { what: 'a recall of 1', points: 1, hint: 'nothing is above 1, however it was rounded',
    holds: () => [accuracyRange([{ samples: 1, recall: 1 }], 0.005), [0.995, 1]] },
  { what: 'the paper: is 0.86 possible?', points: 1, hint: 'with a half width of 0.005 the range ends below 0.755',
    holds: () => { const [low, high] = accuracyRange(paper, 0.005); return [low > 0.72 && high < 0.755, true]; } },
  // END HIDDEN TESTS
]);

// %% code mean-look
await whenWritten(() =>
  console.log('the paper prints an accuracy of', overall.accuracy, '; its recalls allow', accuracyRange(paper, 0.005)),
);

// %% markdown f1-text
// ## 3 Do precision, recall and F1 fit together?
//
// F1 = 2PR / (P + R) rises with P and with R. So its smallest value belongs to the smallest P and R that round to what is printed, and its largest to the largest. `f1Fits` says whether the printed F1, with its own rounding, overlaps that range. Allow for 1e-9 of rounding errors of the computer.

// %% code f1 solution
function f1Fits(row: { precision: number; recall: number; f1: number }, half: number): boolean {
  // BEGIN SOLUTION
  const f1 = (p: number, r: number) => (p + r === 0 ? 0 : (2 * p * r) / (p + r));
  const lowest = f1(Math.max(0, row.precision - half), Math.max(0, row.recall - half));
  const highest = f1(Math.min(1, row.precision + half), Math.min(1, row.recall + half));
  return row.f1 + half >= lowest - 1e-9 && row.f1 - half <= highest + 1e-9;
  // END SOLUTION
}

// %% code f1-check points=2
await grade([
  { what: 'a row that fits', points: 1, hint: '2 * 0.5 * 1 / 1.5 is 0.667, which is printed as 0.67',
    holds: () => [f1Fits({ precision: 0.5, recall: 1, f1: 0.67 }, 0.005), true] },
  { what: 'a row that does not', points: 1, hint: 'F1 lies nearer to the smaller of the two: 0.75 is the plain mean',
    holds: () => [f1Fits({ precision: 0.5, recall: 1, f1: 0.75 }, 0.005), false] },
]);

// %% code f1-hidden points=2
await grade([
  // BEGIN HIDDEN TESTS
  { what: 'rounding of all three counts', points: 1, hint: '0.6249 and 0.6249 are printed as 0.62, but 0.63 can be the F1 of 0.625 and 0.625: do not compare the printed numbers alone',
    holds: () => [f1Fits({ precision: 0.62, recall: 0.62, f1: 0.63 }, 0.005), true] },
  { what: 'a class that is never found', points: 1, hint: '0 / 0 is NaN, and NaN fits nothing: F1 is 0 there',
    holds: () => [f1Fits({ precision: 0, recall: 0, f1: 0 }, 0), true] },
  // END HIDDEN TESTS
]);

// %% code f1-look
await whenWritten(() => {
  for (const row of paper) console.log(`${row.name.padEnd(10)} F1 ${f1Fits(row, 0.005) ? 'fits' : 'does not fit'}`);
});

// %% markdown grim-text
// ## 4 Is there a whole number behind it?
//
// An accuracy on n images is k / n with a *whole* k. With n = 28 and one decimal, 67.9 % is possible (19 of 28), and 68.0 % is not. This test is called GRIM. `attainable` gets the percentage as it is *printed*, as text, because '68.0' says more than 68. It returns a k whose percentage rounds to what is printed, or null. Try the whole numbers near n * percentage / 100, and compare with `toFixed`.

// %% code grim solution
function attainable(printed: string, n: number): number | null {
  // BEGIN SOLUTION
  const decimals = printed.split('.')[1]?.length ?? 0;
  const near = Math.round((n * Number(printed)) / 100);
  const hit = [near - 1, near, near + 1].find((k) => k >= 0 && k <= n && ((100 * k) / n).toFixed(decimals) === printed);
  return hit ?? null;
  // END SOLUTION
}

// %% code grim-check points=2
await grade([
  { what: '67.9 % of 28', points: 1, hint: '19 of 28 are 67.857 %',
    holds: () => [attainable('67.9', 28), 19] },
  { what: '68.0 % of 28', points: 1, hint: 'no whole number gives it; do you still know that one decimal was printed?',
    holds: () => [attainable('68.0', 28), null] },
]);

// %% code grim-hidden points=2
await grade([
  // BEGIN HIDDEN TESTS
  { what: 'a published accuracy on 3,589 images', points: 1, hint: '73.28 % are 2,630 images',
    holds: () => [attainable('73.28', 3589), 2630] },
  { what: 'one that no count gives', points: 1, hint: '75.97 % of 3,589 images lie between two whole numbers',
    holds: () => [attainable('75.97', 3589), null] },
  // END HIDDEN TESTS
]);

// %% markdown auditor-text
// ## 5 The auditor
//
// Each check looks at one thing. ferlab's auditor looks for a whole confusion matrix that yields every printed number at once, under several readings of what the numbers mean. Where there is none, it shows the figures that contradict each other.

// %% code auditor-look
const report = await auditClaim(loadClaim('paper'));
console.log(`${report.readings.length} readings of the tables; verdict: ${report.verdict}`);
await show(tableContradictions(report, 5));

// %% markdown own-text
// ## 6 A table of your own
//
// Write a small table that *looks* right and can't be true, and hand it in as a claim. It has three classes with 10 to 100 samples each, a recall for each class with two decimals, and an accuracy with two decimals. Every recall has to be attainable by its samples (GRIM), the accuracy has to lie between the smallest and the largest recall, and still no confusion matrix may give it. Use your own functions to make sure.

// %% code own solution
interface OwnTable { supports: [number, number, number]; recalls: [string, string, string]; accuracy: string }

function impossibleTable(): OwnTable {
  // BEGIN SOLUTION
  return { supports: [10, 20, 50], recalls: ['0.90', '0.80', '0.60'], accuracy: '0.75' };
  // END SOLUTION
}

// %% code own-check points=3
const tableRows = () => impossibleTable().supports.map((samples, i) => ({ samples, recall: Number(impossibleTable().recalls[i]) }));
/** A recall with two decimals, as a whole percentage. */
const wholePercent = (recall: string) => String(Math.round(100 * Number(recall)));
await grade([
  { what: 'every recall is attainable', points: 1, hint: 'with 10 samples only 0.00, 0.10, 0.20 and so on are',
    holds: () => [impossibleTable().supports.every((n, i) => n >= 10 && n <= 100 && attainable(wholePercent(impossibleTable().recalls[i]), n) !== null), true] },
  { what: 'the accuracy lies between the recalls', points: 1, hint: 'a reader who only looks for outliers must not see it',
    holds: () => {
      const recalls = impossibleTable().recalls.map(Number);
      const accuracy = Number(impossibleTable().accuracy);
      return [accuracy > Math.min(...recalls) && accuracy < Math.max(...recalls), true];
    } },
  { what: 'and still it is impossible', points: 1, hint: 'the weighted mean of the recalls is elsewhere: accuracyRange gives its range',
    holds: () => { const [low, high] = accuracyRange(tableRows(), 0.005); const accuracy = Number(impossibleTable().accuracy); return [accuracy + 0.005 < low || accuracy - 0.005 > high, true]; } },
]);

// %% code own-hidden points=2
await grade([
  // BEGIN HIDDEN TESTS
  { what: 'the auditor finds it impossible', points: 2, hint: 'the auditor found a confusion matrix for your table, or could not read it',
    holds: async () => {
      const { supports, recalls, accuracy } = impossibleTable();
      const classes = ['a', 'b', 'c'];
      const byClass = (values: (string | number)[]) => Object.fromEntries(classes.map((name, i) => [name, values[i]]));
      const claim = { title: 'A table of my own', source: 'lab 8', classes, supports: byClass(supports), accuracy, perClass: { recall: byClass(recalls) } };
      return [(await auditClaim(parseClaim(JSON.stringify(claim)))).verdict, 'impossible'];
    } },
  // END HIDDEN TESTS
]);

// %% markdown end
// ## To think about (not graded)
//
// 1. Weighted by FER-2013's true counts the paper's recalls give 0.745. What would you write to its authors, in three sentences and without an accusation?
// 2. A table can pass all of these checks and still be wrong. Name two ways. (Lab 7.)
// 3. Which numbers would you ask every paper to print, so that such checks become possible?

// %% mistake no-difference in=samples points=18
// The printed total less the sum: the difference has the other sign.
// - rows.reduce((sum, { samples }) => sum + samples, 0) - total
// + total - rows.reduce((sum, { samples }) => sum + samples, 0)

// %% mistake plain-mean in=mean points=18
// The recalls are not weighted by their samples.
// - rows.reduce((sum, row) => sum + row.samples * recall(row.recall), 0) / total
// + rows.reduce((sum, row) => sum + recall(row.recall), 0) / rows.length + 0 * total

// %% mistake plain-f1 in=f1 points=18
// F1 as the plain mean of precision and recall.
// - (p + r === 0 ? 0 : (2 * p * r) / (p + r))
// + (p + r) / 2

// %% mistake no-rounding in=f1 points=19
// The printed numbers are compared as if they were exact.
// - return row.f1 + half >= lowest - 1e-9 && row.f1 - half <= highest + 1e-9;
// + void [lowest, highest];
// +   return Math.abs(f1(row.precision, row.recall) - row.f1) <= half;

// %% mistake trailing-zero in=grim points=19
// The printed text becomes a number, and its last zero is lost.
// - const decimals = printed.split('.')[1]?.length ?? 0;
// + printed = String(Number(printed));
// +   const decimals = printed.split('.')[1]?.length ?? 0;

// %% mistake possible-table in=own points=17
// The table is one that can be true.
// - accuracy: '0.75'
// + accuracy: '0.69'
