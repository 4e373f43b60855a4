// %% markdown goal
// # Lab 6: what the network sees
//
// **Goal.** Train a small network, look at the maps of its first layer, and cover parts of a face to find out which parts matter for the answer. Then put the explanation to the test: does it change when the network knows nothing?
//
// **Before you start.** Labs 3 and 4. About 75 minutes; the training takes about 10 to 25 seconds on two cores.
//
// **How it works.** Work from top to bottom: Shift+Enter runs a cell. Write code where it says *not written yet*; until then, a cell that shows its result says so. The cell below each exercise checks it, and hints at what is wrong. These checks don't try everything that the text says; those at grading do.
//
// **Before you hand in.** Save (Ctrl+S), open a terminal (*File > New > Terminal*) and type `npx ferlab lab check labs/out/students/6-what-the-network-sees.ipynb`, or the path of your copy: it runs everything and says what is missing. In a class your teacher says where to hand in; on your own, compare with `labs/out/solutions`.

// %% code setup
import { grade, whenWritten } from 'ferlab/labs';
import { besideGrid, imageOf, type LayerDefinition, loadDataset, Network, normalize, show, Trainer } from 'ferlab';

/** One channel: `map[y][x]`. */
type Grid = number[][];
/** The probability of one class for an image. */
type Predict = (image: Grid) => number;

const dataset = await loadDataset({ sample: true }); // drawn faces: nobody's face is explained here
const { side, classes } = dataset.spec;
const toGrid = (values: ArrayLike<number>): Grid =>
  Array.from({ length: side }, (_, y) => Array.from({ length: side }, (_, x) => values[y * side + x]));

// %% markdown active-text
// ## 1 Which filter answers?
//
// A layer turns an image into one map for each filter. After ReLU a map is 0 where its filter found nothing. `mostActive` gets the maps and returns the index of the one with the largest *mean*; `deadFilters` returns the indices of those that are 0 everywhere.

// %% code active solution
function mostActive(maps: Grid[]): number {
  // BEGIN SOLUTION
  const means = maps.map((map) => map.flat().reduce((sum, value) => sum + value, 0) / map.flat().length);
  return means.indexOf(Math.max(...means));
  // END SOLUTION
}

// %% code active-check points=2
await grade([
  { what: 'many small values against one large one', points: 1, hint: 'the mean counts, not the largest value',
    holds: () => [mostActive([[[4, 0], [0, 0]], [[2, 2], [2, 2]]]), 1] },
  { what: 'the first of three', points: 1, hint: 'return the index of the map',
    holds: () => [mostActive([[[3]], [[1]], [[2]]]), 0] },
]);

// %% code dead solution
function deadFilters(maps: Grid[]): number[] {
  // BEGIN SOLUTION
  return maps.flatMap((map, i) => (map.flat().every((value) => value === 0) ? [i] : []));
  // END SOLUTION
}

// %% code dead-check points=1
await grade([
  { what: 'one dead filter of three', points: 1, hint: 'every value of its map is 0',
    holds: () => [deadFilters([[[1, 0]], [[0, 0]], [[0, 2]]]), [1]] },
]);

// %% code dead-hidden points=1
await grade([
  // BEGIN HIDDEN TESTS
  { what: 'values that cancel', points: 1, hint: 'a sum of 0 does not mean that all values are 0',
    holds: () => [deadFilters([[[-1, 1]], [[0, 0]]]), [1]] },
  // END HIDDEN TESTS
]);

// %% code train
const block = (filters: number): LayerDefinition[] => [
  { kind: 'convolution', filters, kernelSize: 3 },
  { kind: 'batchNorm' },
  { kind: 'relu' },
  { kind: 'maxPool', size: 2 },
];
const layers: LayerDefinition[] = [
  ...block(8),
  ...block(16),
  ...block(32),
  { kind: 'flatten' },
  { kind: 'dense', units: 7 },
];
const pixels = side * side;
const buildNetwork = (seed: number) =>
  Network.build({ name: 'lab', inputShape: [side, side, 1], classes: 7, layers }, { seed });

function trainNetwork(epochs: number): Network {
  const network = buildNetwork(1);
  const trainer = new Trainer(network, {
    optimizer: { kind: 'adamw', beta1: 0.9, beta2: 0.999, epsilon: 1e-7, weightDecay: 0 },
    seed: 1,
  });
  for (let epoch = 0, step = 0; epoch < epochs; epoch++) {
    let correct = 0;
    for (let row = 0; row < 1470; row += 30) {
      const images = normalize(dataset.images.subarray(row * pixels, (row + 30) * pixels));
      correct += trainer.step({
        images,
        labels: dataset.labels.subarray(row, row + 30),
        learningRate: 0.003,
        step: step++,
      }).correct;
    }
    console.log(`epoch ${epoch + 1}: ${(correct / 14.7).toFixed(0)} % of the training images`);
  }
  trainer.dispose();
  return network;
}
const network = trainNetwork(3);

/** The maps after the first convolution, batch norm and ReLU: [8][side][side]. */
function firstMaps(image: Grid): Grid[] {
  const front = Network.build(
    {
      name: 'front',
      inputShape: [side, side, 1],
      classes: 8 * pixels,
      layers: [...layers.slice(0, 3), { kind: 'flatten' }],
    },
    { seed: 1 },
  );
  front.setWeights(network.weights());
  const values = front.logits(Float32Array.from(image.flat()));
  front.dispose();
  return Array.from({ length: 8 }, (_, f) =>
    toGrid(Float32Array.from({ length: pixels }, (_, i) => values[8 * i + f])),
  );
}

// %% code maps-look
const row = 1470 + 3; // a validation image: Happy
const face = toGrid(normalize(imageOf(dataset, row)));
const maps = firstMaps(face);
const visible = (map: Grid) => {
  const most = Math.max(...map.flat(), 1e-9);
  return Uint8Array.from(map.flat(), (value) => (255 * Math.max(0, value)) / most);
};
await show(
  besideGrid(dataset, 'The first layer: bright is active', {
    face: imageOf(dataset, row),
    ...Object.fromEntries(maps.map((map, f) => [`filter ${f}`, visible(map)])),
  }),
);
await whenWritten(() =>
  console.log(`most active: filter ${mostActive(maps)}; dead: ${JSON.stringify(deadFilters(maps))}`),
);

// %% markdown occlude-text
// ## 2 Cover a part
//
// `occlude` returns a copy of an image in which the square of side `size` with its upper left corner at (x, y) has the value `fill`. What lies outside the image is ignored. Which value? Black is an edge that no face has; the middle grey 0.5 disturbs less.

// %% code occlude solution
function occlude(image: Grid, square: { x: number; y: number; size: number }, fill: number): Grid {
  // BEGIN SOLUTION
  const inside = (value: number, start: number) => value >= start && value < start + square.size;
  return image.map((row, y) => row.map((value, x) => (inside(x, square.x) && inside(y, square.y) ? fill : value)));
  // END SOLUTION
}

// %% code occlude-check points=2
const ones = (height: number, width: number): Grid => Array.from({ length: height }, () => new Array<number>(width).fill(1));
await grade([
  { what: 'one pixel', points: 1, hint: 'x is the column, y the row',
    holds: () => [occlude(ones(2, 3), { x: 2, y: 0, size: 1 }, 0), [[1, 1, 0], [1, 1, 1]]] },
  { what: 'the image that came in is left as it was', points: 1, hint: 'the next square is laid on the whole face again: change a copy',
    holds: () => { const image = ones(2, 2); occlude(image, { x: 0, y: 0, size: 2 }, 0); return [image, ones(2, 2)]; } },
]);

// %% code occlude-hidden points=2
await grade([
  // BEGIN HIDDEN TESTS
  { what: 'a square of side 2', points: 1, hint: 'from x up to, but without, x + size',
    holds: () => [occlude(ones(3, 3), { x: 1, y: 0, size: 2 }, 0.5), [[1, 0.5, 0.5], [1, 0.5, 0.5], [1, 1, 1]]] },
  { what: 'a square that hangs over the edge', points: 1, hint: 'the image keeps its size',
    holds: () => [occlude(ones(2, 2), { x: 1, y: 1, size: 5 }, 0), [[1, 1], [1, 0]]] },
  // END HIDDEN TESTS
]);

// %% markdown heat-text
// ## 3 The occlusion map
//
// Slide the square over the face in steps of `stride`, beginning at 0, as long as it lies wholly inside. Each entry of the map is the *fall* of the probability: that of the whole face less that of the covered one. A large value says: without this part the network is no longer sure.

// %% code heat solution
function occlusionMap(predict: Predict, image: Grid, options: { size: number; stride: number }): Grid {
  // BEGIN SOLUTION
  const { size, stride } = options;
  const whole = predict(image);
  const starts = (length: number) => Array.from({ length: Math.floor((length - size) / stride) + 1 }, (_, i) => i * stride);
  return starts(image.length).map((y) =>
    starts(image[0].length).map((x) => whole - predict(occlude(image, { x, y, size }, 0.5))),
  );
  // END SOLUTION
}

// %% code heat-check points=3
/** A made-up network that looks at the pixel at x = 2, y = 1 alone. */
const onePixel: Predict = (image) => image[1][2];
await grade([
  { what: 'the side of the map', points: 1, hint: '(side - size) / stride + 1 places in each direction',
    holds: () => { const map = occlusionMap(onePixel, ones(4, 4), { size: 2, stride: 1 }); return [[map.length, map[0].length], [3, 3]]; } },
  { what: 'where the network does not look nothing falls', points: 1, hint: 'the fall is 0 there: the whole less the covered',
    holds: () => [occlusionMap(onePixel, ones(4, 4), { size: 1, stride: 1 })[3][3], 0] },
  { what: 'where it looks the probability falls by a half', points: 1, hint: 'the pixel is 1 before and 0.5 after; is the sign right?',
    holds: () => [occlusionMap(onePixel, ones(4, 4), { size: 1, stride: 1 })[1][2], 0.5] },
]);

// %% code heat-hidden points=2
await grade([
  // BEGIN HIDDEN TESTS
  { what: 'a stride of 2', points: 1, hint: 'the squares begin at 0, 2 and 4; the map is small',
    holds: () => [occlusionMap(onePixel, ones(6, 6), { size: 2, stride: 2 }), [[0, 0.5, 0], [0, 0, 0], [0, 0, 0]]] },
  { what: 'an image that is not square', points: 1, hint: 'map[y][x]: rows come from y',
    holds: () => [occlusionMap(onePixel, ones(2, 4), { size: 1, stride: 1 }), [[0, 0, 0, 0], [0, 0, 0.5, 0]]] },
  // END HIDDEN TESTS
]);

// %% code heat-look
const probabilityOf =
  (model: Network, label: number): Predict =>
  (image) =>
    model.predict(Float32Array.from(image.flat()))[label];
const label = dataset.labels[row];
const heatOf = (model: Network) => occlusionMap(probabilityOf(model, label), face, { size: 10, stride: 4 });
await whenWritten(() => {
  const heat = heatOf(network);
  console.log(`${classes[label]}: probability ${probabilityOf(network, label)(face).toFixed(2)}`);
  console.log('Its fall in percentage points, from the top of the face to its bottom:');
  for (const line of heat) console.log(line.map((fall) => String(Math.round(100 * fall) + 0).padStart(4)).join(''));
});

// %% markdown sanity-text
// ## 4 The sanity check
//
// A picture that convinces is no evidence. If a network with *random* weights gives the same map, then the map shows the image, not what was learnt (Adebayo et al. 2018). Compare two maps by Pearson's correlation: with a and b the values less their means,
//
// r = sum of a b / sqrt(sum of a a · sum of b b)
//
// 1 is the same pattern, 0 none. Where a map is constant, r is 0.

// %% code correlation solution
function correlation(first: Grid, second: Grid): number {
  // BEGIN SOLUTION
  const centred = (map: Grid) => {
    const values = map.flat();
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    return values.map((value) => value - mean);
  };
  const dot = (a: number[], b: number[]) => a.reduce((sum, value, i) => sum + value * b[i], 0);
  const [a, b] = [centred(first), centred(second)];
  const scale = Math.sqrt(dot(a, a) * dot(b, b));
  return scale === 0 ? 0 : dot(a, b) / scale;
  // END SOLUTION
}

// %% code correlation-check points=2
await grade([
  { what: 'a map with itself', points: 1, hint: 'the same pattern gives 1',
    holds: () => [correlation([[1, 2], [3, 5]], [[1, 2], [3, 5]]), 1] },
  { what: 'a map and its opposite', points: 1, hint: 'it gives -1: keep the sign',
    holds: () => [correlation([[1, 2], [3, 4]], [[4, 3], [2, 1]]), -1] },
]);

// %% code correlation-hidden points=2
await grade([
  // BEGIN HIDDEN TESTS
  { what: 'the same pattern, brighter and stronger', points: 1, hint: 'subtract the means first: only the pattern counts',
    holds: () => [correlation([[0, 1], [2, 3]], [[100, 110], [120, 130]]), 1] },
  { what: 'a constant map', points: 1, hint: '0 / 0 is NaN: there is no pattern, so 0',
    holds: () => [correlation([[1, 1], [1, 1]], [[1, 2], [3, 4]]), 0] },
  // END HIDDEN TESTS
]);

// %% code sanity-look
await whenWritten(() => {
  const ofRandomWeights = correlation(heatOf(network), heatOf(buildNetwork(2)));
  console.log(`correlation of the trained network's map with that of random weights: ${ofRandomWeights.toFixed(2)}`);
});

// %% markdown end
// ## To think about (not graded)
//
// 1. Which parts of a drawn face matter for Happy, which for Surprise? Change `row` (1470 + 0 is Angry, 1470 + 5 Surprise) and run the cells again.
// 2. A map says what the network uses, not what people use, and not why a face looks as it does. What must one not conclude from it about a person?
// 3. The square was grey. How could the map look with black, and which of the two is right?

// %% mistake largest-value in=active points=16
// The largest value decides instead of the mean.
// - map.flat().reduce((sum, value) => sum + value, 0) / map.flat().length
// + Math.max(...map.flat())

// %% mistake sum-is-zero in=dead points=16
// A filter counts as dead where its values add up to 0.
// - map.flat().every((value) => value === 0)
// + map.flat().reduce((sum, value) => sum + value, 0) === 0

// %% mistake occludes-in-place in=occlude points=13
// The image itself is changed, so that the squares pile up.
// - return image.map((row, y) => row.map((value, x) => (inside(x, square.x) && inside(y, square.y) ? fill : value)));
// + image.forEach((row, y) => row.forEach((_, x) => { if (inside(x, square.x) && inside(y, square.y)) row[x] = fill; }));
// +   return image;

// %% mistake wrong-sign in=heat points=14
// The covered face less the whole one: what matters is negative.
// - whole - predict(occlude(image, { x, y, size }, 0.5))
// + predict(occlude(image, { x, y, size }, 0.5)) - whole

// %% mistake stride-is-one in=heat points=16
// The square is moved by one pixel, whatever the stride.
// - Math.floor((length - size) / stride) + 1 }, (_, i) => i * stride)
// + length - size + 1 }, (_, i) => i)

// %% mistake means-not-subtracted in=correlation points=14
// The means are not subtracted: two bright maps always seem alike.
// - return values.map((value) => value - mean);
// + return values;
