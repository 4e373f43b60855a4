// %% markdown goal
// # Lab 2: pixels and augmentation
//
// **Goal.** Write the paper's Section III.1 and III.2 yourself: grey levels to numbers between 0 and 1, a mirrored image, a rotation with bilinear interpolation, and a change of brightness. You learn what augmentation can teach a network, and what it destroys.
//
// **Before you start.** Two-dimensional arrays, sine and cosine. About 75 minutes.
//
// **How it works.** Work from top to bottom: Shift+Enter runs a cell. Write code where it says *not written yet*; until then, a cell that shows its result says so. The cell below each exercise checks it, and hints at what is wrong. These checks don't try everything that the text says; those at grading do.
//
// **Before you hand in.** Save (Ctrl+S), open a terminal (*File > New > Terminal*) and type `npx ferlab lab check labs/out/students/2-pixels-and-augmentation.ipynb`, or the path of your copy: it runs everything and says what is missing. In a class your teacher says where to hand in; on your own, compare with `labs/out/solutions`.

// %% code setup
import { grade, whenWritten } from 'ferlab/labs';
import { besideGrid, imageOf, loadDataset, show } from 'ferlab';

/** A grey image: `image[y][x]`, y downwards from the top. */
type Grid = number[][];

const dataset = await loadDataset();
const { side } = dataset.spec;
const toGrid = (bytes: Uint8Array): Grid =>
  Array.from({ length: side }, (_, y) => Array.from(bytes.subarray(y * side, (y + 1) * side)));
const toBytes = (image: Grid) => Uint8Array.from(image.flat(), (value) => Math.round(255 * value));

// %% markdown normalize-text
// ## 1 From grey levels to numbers
//
// A pixel is a byte: 0 is black, 255 is white. Networks learn faster from small numbers, so the paper scales pixels to the range from 0 to 1.

// %% code normalized solution
function normalized(image: Grid): Grid {
  // BEGIN SOLUTION
  return image.map((row) => row.map((level) => level / 255));
  // END SOLUTION
}

// %% code normalized-check points=2
await grade([
  { what: 'black and white', points: 1, hint: '255 must become exactly 1: did you divide by 256?',
    holds: () => [normalized([[0, 255]]), [[0, 1]]] },
  { what: 'the image that came in is left as it was', points: 1, hint: 'return a new image: the caller still needs the old one',
    holds: () => { const image = [[51, 102]]; normalized(image); return [image, [[51, 102]]]; } },
]);

// %% markdown flip-text
// ## 2 Mirror
//
// A mirrored face shows the same emotion. So each image can be learnt from twice, without a new label.

// %% code mirrored solution
function mirrored(image: Grid): Grid {
  // BEGIN SOLUTION
  return image.map((row) => [...row].reverse());
  // END SOLUTION
}

// %% code mirrored-check points=2
await grade([
  { what: 'left becomes right', points: 1, hint: 'mirror each row; the rows stay in their order',
    holds: () => [mirrored([[1, 2, 3], [4, 5, 6]]), [[3, 2, 1], [6, 5, 4]]] },
  { what: 'the image that came in is left as it was', points: 1, hint: 'reverse() changes an array in place: copy the row first',
    holds: () => { const image = [[1, 2]]; mirrored(image); return [image, [[1, 2]]]; } },
]);

// %% markdown bilinear-text
// ## 3 Between the pixels
//
// A rotation asks for pixels at places such as (x = 3.2, y = 7.9), where there is none. *Bilinear interpolation* mixes the four neighbours. With x0 and y0 the whole parts and fx and fy the rest:
//
// 1. the upper value lies fx of the way from `image[y0][x0]` to `image[y0][x0 + 1]`,
// 2. the lower value lies fx of the way from `image[y0 + 1][x0]` to `image[y0 + 1][x0 + 1]`,
// 3. the result lies fy of the way from the upper to the lower value.
//
// Outside the image the edge repeats: first move x into the range from 0 to width - 1, and y likewise.

// %% code bilinear solution
function bilinear(image: Grid, x: number, y: number): number {
  // BEGIN SOLUTION
  const [right, bottom] = [image[0].length - 1, image.length - 1];
  const [cx, cy] = [Math.min(Math.max(x, 0), right), Math.min(Math.max(y, 0), bottom)];
  const [x0, y0] = [Math.floor(cx), Math.floor(cy)];
  const [x1, y1] = [Math.min(x0 + 1, right), Math.min(y0 + 1, bottom)];
  const [fx, fy] = [cx - x0, cy - y0];
  const upper = image[y0][x0] + fx * (image[y0][x1] - image[y0][x0]);
  const lower = image[y1][x0] + fx * (image[y1][x1] - image[y1][x0]);
  return upper + fy * (lower - upper);
  // END SOLUTION
}

// %% code bilinear-check points=3
const corners: Grid = [[0, 10], [20, 30]];
await grade([
  { what: 'at a pixel', points: 1, hint: 'x is the column and y the row: image[y][x]',
    holds: () => [[bilinear(corners, 1, 0), bilinear(corners, 0, 1)], [10, 20]] },
  { what: 'halfway between two pixels', points: 1, hint: 'half of each neighbour',
    holds: () => [bilinear(corners, 0.5, 0), 5] },
  { what: 'in the middle of four', points: 1, hint: 'the mean of all four; do you use the lower row too?',
    holds: () => [bilinear(corners, 0.5, 0.5), 15] },
]);

// %% code bilinear-hidden points=3
await grade([
  // BEGIN HIDDEN TESTS
  { what: 'nearer to one pixel than to the other', points: 1, hint: 'fx and fy are shares of the way: 0.25 is near the left pixel',
    holds: () => [bilinear(corners, 0.25, 0.75), 17.5] },
  { what: 'outside the image', points: 1, hint: 'the edge repeats: no undefined, no NaN',
    holds: () => [[bilinear(corners, -3, 0), bilinear(corners, 9, 9)], [0, 30]] },
  { what: 'at the last pixel', points: 1, hint: 'the neighbour to the right of the last column does not exist',
    holds: () => [bilinear([[1, 2, 3], [4, 5, 6], [7, 8, 9]], 2, 2), 9] },
  // END HIDDEN TESTS
]);

// %% markdown rotate-text
// ## 4 Rotation
//
// Do not ask where each pixel goes: that leaves holes. Ask for each *new* pixel where it *comes from*. The image turns about its middle, at ((width - 1) / 2, (height - 1) / 2). For a turn by `degrees` clockwise, with (u, v) the new pixel's place from the middle, the old one is at
//
// - x = middle + u cos a + v sin a
// - y = middle - u sin a + v cos a
//
// where a is the angle in radians.

// %% code rotated solution
function rotated(image: Grid, degrees: number): Grid {
  // BEGIN SOLUTION
  const [middleX, middleY] = [(image[0].length - 1) / 2, (image.length - 1) / 2];
  const angle = (degrees * Math.PI) / 180;
  const [cosine, sine] = [Math.cos(angle), Math.sin(angle)];
  return image.map((row, y) =>
    row.map((_, x) => {
      const [u, v] = [x - middleX, y - middleY];
      return bilinear(image, middleX + u * cosine + v * sine, middleY - u * sine + v * cosine);
    }),
  );
  // END SOLUTION
}

// %% code rotated-check points=3
const cross: Grid = [[0, 1, 0], [0, 1, 0], [0, 0, 0]];
const tidy = (image: Grid) => image.map((row) => row.map((value) => Number(value.toFixed(6)) + 0));
await grade([
  { what: 'no rotation', points: 1, hint: 'at 0 degrees nothing may change: check the middle',
    holds: () => [tidy(rotated(cross, 0)), cross] },
  { what: 'a half turn', points: 1, hint: 'Math.cos takes radians, not degrees; the middle of 3 pixels is 1, not 1.5',
    holds: () => [tidy(rotated(cross, 180)), [[0, 0, 0], [0, 1, 0], [0, 1, 0]]] },
  { what: 'a quarter turn clockwise', points: 1, hint: 'the hand of the clock that points up must point right: look at the signs of the sine',
    holds: () => [tidy(rotated(cross, 90)), [[0, 0, 0], [0, 1, 1], [0, 0, 0]]] },
]);

// %% code rotated-hidden points=2
await grade([
  // BEGIN HIDDEN TESTS
  { what: 'an image of even side', points: 1, hint: 'the middle of 2 pixels lies between them, at 0.5: do not round it',
    holds: () => [tidy(rotated([[1, 2], [3, 4]], 90)), [[3, 1], [4, 2]]] },
  { what: 'four quarter turns', points: 1, hint: 'they give the image back: read from the old image all the time, and write into a new one',
    holds: () => {
      const image = [[1, 2, 3], [4, 5, 6], [7, 8, 9]];
      return [tidy([90, 90, 90, 90].reduce((turned, degrees) => rotated(turned, degrees), image)), image];
    } },
  // END HIDDEN TESTS
]);

// %% code rotated-look
const face = imageOf(dataset, 3);
await whenWritten(async () => {
  const grid = normalized(toGrid(face));
  const turned = Object.fromEntries(
    [-30, -10, 0, 10, 30, 90].map((degrees) => [`${degrees} degrees`, toBytes(rotated(grid, degrees))]),
  );
  await show(
    besideGrid(dataset, 'One face, turned by your code', {
      'as it is': face,
      mirrored: toBytes(mirrored(grid)),
      ...turned,
    }),
  );
});

// %% markdown brightness-text
// ## 5 Brightness, and the end of the range
//
// `brightened` multiplies each value and keeps the result between 0 and 1. What leaves the range is lost: a face that is brightened too far is a white patch, and its label teaches the network nonsense. `lostShare` measures that: the share of the pixels that would have gone above 1.

// %% code brightness solution
function brightened(image: Grid, factor: number): Grid {
  // BEGIN SOLUTION
  return image.map((row) => row.map((value) => Math.min(1, Math.max(0, value * factor))));
  // END SOLUTION
}

// %% code brightness-check points=2
await grade([
  { what: 'darker', points: 1, hint: 'multiply each value with the factor',
    holds: () => [brightened([[0.5, 1]], 0.5), [[0.25, 0.5]]] },
  { what: 'brighter than white', points: 1, hint: 'nothing may be above 1',
    holds: () => [brightened([[0.25, 0.75]], 2), [[0.5, 1]]] },
]);

// %% code lost solution
function lostShare(image: Grid, factor: number): number {
  // BEGIN SOLUTION
  const values = image.flat();
  return values.filter((value) => value * factor > 1).length / values.length;
  // END SOLUTION
}

// %% code lost-check points=1
await grade([
  { what: 'half of the pixels', points: 1, hint: 'count those above 1 before they are cut off, and divide by all pixels',
    holds: () => [lostShare([[0.2, 0.4], [0.6, 0.8]], 2), 0.5] },
]);

// %% code lost-hidden points=2
await grade([
  // BEGIN HIDDEN TESTS
  { what: 'exactly white is not lost', points: 1, hint: 'a value that becomes 1 keeps its meaning: compare with >, not with >=',
    holds: () => [lostShare([[0.5, 0.25]], 2), 0] },
  { what: 'images of several rows', points: 1, hint: 'divide by all pixels, not by the rows',
    holds: () => [lostShare([[1, 0], [0, 0], [0, 0]], 1.5), 1 / 6] },
  // END HIDDEN TESTS
]);

// %% code lost-look
await whenWritten(async () => {
  const grid = normalized(toGrid(face));
  for (const factor of [1, 1.2, 1.5, 2, 3])
    console.log(`factor ${factor}: ${(100 * lostShare(grid, factor)).toFixed(1)} % of the pixels are lost`);
  await show(
    besideGrid(
      dataset,
      'One face, brightened by your code',
      Object.fromEntries([0.5, 1, 1.5, 2, 3].map((factor) => [`x ${factor}`, toBytes(brightened(grid, factor))])),
    ),
  );
});

// %% markdown end
// ## To think about (not graded)
//
// 1. Which rotations leave an emotion recognisable, and which never occur in photographs? What would a network waste its capacity on?
// 2. Is a mirrored face always the same emotion? And a mirrored letter, or a mirrored traffic sign?
// 3. The paper augments. Must that happen before or after the split into training and test images? (Lab 7.)

// %% mistake divided-by-256 in=normalized points=19
// Grey levels are divided by 256, so that white stays below 1.
// - level / 255
// + level / 256

// %% mistake reversed-in-place in=mirrored points=19
// The rows are reversed in place, and the image that came in is mirrored too.
// - [...row].reverse()
// + row.reverse()

// %% mistake rows-and-columns in=bilinear points=13
// x and y are exchanged in the image: what is not symmetric comes out wrong.
// - const upper = image[y0][x0] + fx * (image[y0][x1] - image[y0][x0]);
// -   const lower = image[y1][x0] + fx * (image[y1][x1] - image[y1][x0]);
// + const upper = image[x0][y0] + fx * (image[x1][y0] - image[x0][y0]);
// +   const lower = image[x0][y1] + fx * (image[x1][y1] - image[x0][y1]);

// %% mistake degrees-for-radians in=rotated points=16
// Sine and cosine are taken of degrees.
// - const angle = (degrees * Math.PI) / 180;
// + const angle = degrees;

// %% mistake counter-clockwise in=rotated points=18
// The sine has the other sign: the image turns the other way.
// - middleX + u * cosine + v * sine, middleY - u * sine + v * cosine
// + middleX + u * cosine - v * sine, middleY + u * sine + v * cosine

// %% mistake not-cut-off in=brightness points=19
// Values above 1 stay.
// - Math.min(1, Math.max(0, value * factor))
// + value * factor
