// %% markdown goal
// # Lab 3: a convolution by hand
//
// **Goal.** Write what Section III.3 of the paper is made of: a convolution with nested loops, ReLU and max pooling. Then hold your convolution against the engine that trains the networks here, and work out how far one output sees and what a layer costs.
//
// **Before you start.** Nested loops and arrays of arrays; lab 2 helps. About 75 minutes.
//
// **How it works.** Work from top to bottom: Shift+Enter runs a cell. Write code where it says *not written yet*; until then, a cell that shows its result says so. The cell below each exercise checks it, and hints at what is wrong. These checks don't try everything that the text says; those at grading do.
//
// **Before you hand in.** Save (Ctrl+S), open a terminal (*File > New > Terminal*) and type `npx ferlab lab check labs/out/students/3-convolution-by-hand.ipynb`, or the path of your copy: it runs everything and says what is missing. In a class your teacher says where to hand in; on your own, compare with `labs/out/solutions`.

// %% code setup
import { grade, whenWritten } from 'ferlab/labs';
import { besideGrid, imageOf, loadDataset, Network, show } from 'ferlab';

/** One channel: `map[y][x]`. */
type Grid = number[][];

// %% markdown convolve-text
// ## 1 One filter over one image
//
// Lay the filter over each pixel, multiply the numbers that lie on top of each other, and add the products up. Where the filter hangs over the edge, the image counts as 0; so the output is as large as the input (*same* padding). For a filter of side k, its middle is at `(k - 1) / 2`:
//
// output[y][x] = sum over j and i of filter[j][i] * image[y + j - middle][x + i - middle]
//
// The filter is not turned around: what networks call a convolution is, in mathematics, a correlation.

// %% code convolve solution
function convolve(image: Grid, filter: Grid): Grid {
  // BEGIN SOLUTION
  const middle = (filter.length - 1) / 2;
  return image.map((row, y) =>
    row.map((_, x) => {
      let sum = 0;
      for (let j = 0; j < filter.length; j++)
        for (let i = 0; i < filter.length; i++)
          sum += filter[j][i] * (image[y + j - middle]?.[x + i - middle] ?? 0);
      return sum;
    }),
  );
  // END SOLUTION
}

// %% code convolve-check points=4
const dot: Grid = [[0, 0, 0], [0, 1, 0], [0, 0, 0]];
const steps: Grid = [[1, 2, 3], [4, 5, 6], [7, 8, 9]];
await grade([
  { what: 'a filter with 1 in its middle changes nothing', points: 1, hint: 'the middle of the filter lies on the pixel itself',
    holds: () => [convolve(steps, dot), steps] },
  { what: 'the sum of the neighbours, in the middle', points: 1, hint: 'nine products, added up',
    holds: () => [convolve(steps, [[1, 1, 1], [1, 1, 1], [1, 1, 1]])[1][1], 45] },
  { what: 'the sum of the neighbours, in a corner', points: 1, hint: 'outside the image there is 0, and not NaN',
    holds: () => [convolve(steps, [[1, 1, 1], [1, 1, 1], [1, 1, 1]])[0][0], 12] },
  { what: 'a filter that looks to the left', points: 1, hint: 'do not turn the filter around; and is x the column?',
    holds: () => [convolve(steps, [[0, 0, 0], [1, 0, 0], [0, 0, 0]]), [[0, 1, 2], [0, 4, 5], [0, 7, 8]]] },
]);

// %% code convolve-hidden points=2
await grade([
  // BEGIN HIDDEN TESTS
  { what: 'a filter of side 5', points: 1, hint: 'the middle depends on the side of the filter: it is not always 1',
    holds: () => {
      const filter = Array.from({ length: 5 }, () => [0, 0, 0, 0, 0]);
      filter[0][4] = 1;
      return [convolve(steps, filter), [[0, 0, 0], [0, 0, 0], [3, 0, 0]]];
    } },
  { what: 'an image that is not square', points: 1, hint: 'height and width are two numbers',
    holds: () => [convolve([[1, 2, 3, 4]], [[0, 0, 0], [0, 0, 1], [0, 0, 0]]), [[2, 3, 4, 0]]] },
  // END HIDDEN TESTS
]);

// %% code convolve-look
const dataset = await loadDataset();
const { side } = dataset.spec;
const bytes = imageOf(dataset, 3);
const face: Grid = Array.from({ length: side }, (_, y) =>
  Array.from(bytes.subarray(y * side, (y + 1) * side), (level) => level / 255),
);
const toBytes = (map: Grid) => Uint8Array.from(map.flat(), (value) => 255 * Math.min(1, Math.abs(value)));
const threeFilters: Record<string, Grid> = {
  'upright edges': [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]],
  'level edges': [[-1, -2, -1], [0, 0, 0], [1, 2, 1]],
  blurred: Array.from({ length: 3 }, () => [1 / 9, 1 / 9, 1 / 9]),
};
await whenWritten(() => {
  const maps = Object.entries(threeFilters).map(([name, filter]) => [name, toBytes(convolve(face, filter))]);
  const images = { 'as it is': bytes, ...Object.fromEntries(maps) };
  return show(besideGrid(dataset, 'One face through three filters of yours', images));
});

// %% markdown layer-text
// ## 2 A layer: many channels, many filters, a bias
//
// A layer has a filter for each pair of input and output channel. An output channel is the *sum* of its convolutions over all input channels, plus one bias: `output[f] = bias[f] + sum over c of convolve(input[c], filters[f][c])`.

// %% code layer solution
function convolutionLayer(input: Grid[], filters: Grid[][], bias: number[]): Grid[] {
  // BEGIN SOLUTION
  return filters.map((perChannel, f) => {
    const maps = perChannel.map((filter, c) => convolve(input[c], filter));
    return maps[0].map((row, y) => row.map((_, x) => maps.reduce((sum, map) => sum + map[y][x], bias[f])));
  });
  // END SOLUTION
}

// %% code layer-check points=3
await grade([
  { what: 'one channel, one filter, a bias', points: 1, hint: 'the bias is added to every pixel of the output',
    holds: () => [convolutionLayer([steps], [[dot]], [10]), [[[11, 12, 13], [14, 15, 16], [17, 18, 19]]]] },
  { what: 'two input channels', points: 1, hint: 'the channels are added up: one output map for each filter, not for each channel',
    holds: () => [convolutionLayer([steps, steps], [[dot, dot]], [0]), [steps.map((row) => row.map((value) => 2 * value))]] },
  { what: 'two filters', points: 1, hint: 'each filter has its own bias',
    holds: () => [convolutionLayer([[[1]]], [[[[2]]], [[[3]]]], [0, 5]), [[[2]], [[8]]]] },
]);

// %% code layer-engine
/** The engine's own convolution of one image with one channel; the filters are the engine's random ones. */
function engineConvolution(image: Grid, count: number) {
  const [height, width] = [image.length, image[0].length];
  const network = Network.build(
    {
      name: 'one-layer',
      inputShape: [height, width, 1],
      classes: height * width * count,
      layers: [{ kind: 'convolution', filters: count, kernelSize: 3 }, { kind: 'flatten' }],
    },
    { seed: 1 },
  );
  const [{ values }] = network.weights(); // [3, 3, 1, count]
  const filters = Array.from({ length: count }, (_, f) => [
    [0, 1, 2].map((j) => [0, 1, 2].map((i) => values[(3 * j + i) * count + f])),
  ]);
  const flat = network.logits(Float32Array.from(image.flat())); // [height, width, count]
  network.dispose();
  const output = Array.from({ length: count }, (_, f) =>
    image.map((row, y) => row.map((_, x) => flat[(y * width + x) * count + f])),
  );
  return { filters, output };
}
const largestDifference = (a: Grid[], b: Grid[]) => {
  const other = b.flat(2);
  return Math.max(...a.flat(2).map((value, i) => Math.abs(value - other[i])));
};

// %% code layer-hidden points=2
await grade([
  // BEGIN HIDDEN TESTS
  { what: 'the same numbers as the engine', points: 2, hint: 'four random filters over a ramp: the largest difference must be below 0.00001',
    holds: () => {
      const { filters, output } = engineConvolution(steps, 4);
      return [largestDifference(convolutionLayer([steps], filters, [0, 0, 0, 0]), output) < 1e-5, true];
    } },
  // END HIDDEN TESTS
]);

// %% code layer-look
await whenWritten(() => {
  const engine = engineConvolution(face, 4);
  const started = performance.now();
  const own = convolutionLayer([face], engine.filters, [0, 0, 0, 0]);
  console.log(`your layer: ${(performance.now() - started).toFixed(0)} ms`);
  console.log(`largest difference from the engine: ${largestDifference(own, engine.output).toExponential(1)}`);
});

// %% markdown pool-text
// ## 3 ReLU and max pooling
//
// ReLU replaces what is negative by 0. Max pooling keeps the largest of each block of 2 x 2 pixels, so that the map halves. A last row or column without a partner is dropped.

// %% code pool solution
function relu(map: Grid): Grid {
  // BEGIN SOLUTION
  return map.map((row) => row.map((value) => Math.max(0, value)));
  // END SOLUTION
}

// %% code pool-check points=1
await grade([
  { what: 'ReLU', points: 1, hint: 'positive values stay as they are',
    holds: () => [relu([[-2, 0], [0.5, 3]]), [[0, 0], [0.5, 3]]] },
]);

// %% code halve solution
function maxPool(map: Grid): Grid {
  // BEGIN SOLUTION
  return Array.from({ length: Math.floor(map.length / 2) }, (_, y) =>
    Array.from({ length: Math.floor(map[0].length / 2) }, (_, x) =>
      Math.max(map[2 * y][2 * x], map[2 * y][2 * x + 1], map[2 * y + 1][2 * x], map[2 * y + 1][2 * x + 1]),
    ),
  );
  // END SOLUTION
}

// %% code halve-check points=1
await grade([
  { what: 'four blocks', points: 1, hint: 'the blocks do not overlap: they begin at 0, 2, 4 and so on',
    holds: () => [maxPool([[1, 2, 0, 0], [3, 4, 0, 9], [5, 0, 1, 1], [0, 0, 1, 2]]), [[4, 9], [5, 2]]] },
]);

// %% code halve-hidden points=2
await grade([
  // BEGIN HIDDEN TESTS
  { what: 'negative values', points: 1, hint: 'the largest of four negative numbers is not 0',
    holds: () => [maxPool([[-4, -3], [-2, -1]]), [[-1]]] },
  { what: 'an odd side', points: 1, hint: 'what has no partner is dropped: 3 becomes 1',
    holds: () => [maxPool([[1, 2, 3], [4, 5, 6], [7, 8, 9]]), [[5]]] },
  // END HIDDEN TESTS
]);

// %% markdown field-text
// ## 4 How far does an output see?
//
// The *receptive field* is the side of the square of input pixels on which one output pixel depends. It begins as 1. A layer with a kernel of side k adds (k - 1) times the *jump*, the distance in input pixels between two of its neighbouring inputs. The jump begins as 1 and is multiplied by the stride of each layer. Pooling by 2 is a layer with kernel 2 and stride 2.

// %% code field solution
function receptiveField(layers: { kernel: number; stride: number }[]): number {
  // BEGIN SOLUTION
  let [field, jump] = [1, 1];
  for (const { kernel, stride } of layers) {
    field += (kernel - 1) * jump;
    jump *= stride;
  }
  return field;
  // END SOLUTION
}

// %% code field-check points=2
const conv = { kernel: 3, stride: 1 };
const pool = { kernel: 2, stride: 2 };
await grade([
  { what: 'two convolutions of side 3', points: 1, hint: 'together they see as far as one of side 5',
    holds: () => [receptiveField([conv, conv]), 5] },
  { what: 'a pooling before a convolution', points: 1, hint: 'the stride of a layer counts from the next layer on',
    holds: () => [receptiveField([pool, conv]), 6] },
]);

// %% code field-hidden points=1
await grade([
  // BEGIN HIDDEN TESTS
  { what: 'the three blocks of paper-cnn', points: 1, hint: 'conv, conv, pool, three times: the jump doubles with each pooling',
    holds: () => [receptiveField([conv, conv, pool, conv, conv, pool, conv, conv, pool]), 36] },
  // END HIDDEN TESTS
]);

// %% markdown cost-text
// ## 5 What does a layer cost?
//
// A convolution with `filters` filters of side k over `channels` channels has one weight for each place in each filter, and one bias for each filter. For each output pixel, every weight but the biases is multiplied once.

// %% code cost solution
interface Layer { side: number; channels: number; filters: number; kernel: number }

function convolutionCost(layer: Layer): { parameters: number; products: number } {
  // BEGIN SOLUTION
  const weights = layer.kernel ** 2 * layer.channels * layer.filters;
  return { parameters: weights + layer.filters, products: weights * layer.side ** 2 };
  // END SOLUTION
}

// %% code cost-check points=2
await grade([
  { what: 'parameters of the first layer', points: 1, hint: '32 filters of 3 x 3 on one channel, and 32 biases',
    holds: () => [convolutionCost({ side: 48, channels: 1, filters: 32, kernel: 3 }).parameters, 320] },
  { what: 'products of the first layer', points: 1, hint: 'the weights without the biases, times 48 x 48 output pixels',
    holds: () => [convolutionCost({ side: 48, channels: 1, filters: 32, kernel: 3 }).products, 663552] },
]);

// %% markdown end
// ## To think about (not graded)
//
// 1. Your layer and the engine's compute the same. Why is the engine's so much faster when images are large and channels many?
// 2. The last map of paper-cnn sees 36 of 48 pixels. What does the dense layer after it add?
// 3. Which convolution of paper-cnn takes more products, the first or the second? Most parameters are in the dense layer: why does their number not say what a network costs?

// %% mistake flipped-filter in=convolve points=15
// The filter is turned around, as in mathematics.
// - filter[j][i] *
// + filter[filter.length - 1 - j][filter.length - 1 - i] *

// %% mistake nan-at-the-edge in=convolve points=11
// Outside the image there is undefined, and products are NaN.
// - (image[y + j - middle]?.[x + i - middle] ?? 0)
// + image[y + j - middle]?.[x + i - middle]

// %% mistake middle-is-one in=convolve points=18
// The middle is that of a filter of side 3.
// - const middle = (filter.length - 1) / 2;
// + const middle = 1;

// %% mistake no-bias in=layer points=18
// The bias is left out.
// - sum + map[y][x], bias[f])
// + sum + map[y][x], 0)

// %% mistake pool-starts-at-zero in=halve points=19
// The maximum begins at 0, so that negative values are lost.
// - Math.max(map[2 * y][2 * x],
// + Math.max(0, map[2 * y][2 * x],

// %% mistake stride-too-early in=field points=18
// The stride of a layer already counts for the layer itself.
// - field += (kernel - 1) * jump;
// -     jump *= stride;
// + jump *= stride;
// +     field += (kernel - 1) * jump;
