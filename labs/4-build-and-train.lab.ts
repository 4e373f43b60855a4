// %% markdown goal
// # Lab 4: build and train a network
//
// **Goal.** Write what a training consists of: softmax, the cross-entropy loss, its gradient, a step of gradient descent, shuffled batches and early stopping. Then define a convolutional network as data, make it overfit on purpose, and mend it.
//
// **Before you start.** Lab 3, and what a derivative is. About 90 minutes. Each training takes 5 to 25 seconds on two cores.
//
// **How it works.** Work from top to bottom: Shift+Enter runs a cell. Write code where it says *not written yet*; until then, a cell that shows its result says so. The cell below each exercise checks it, and hints at what is wrong. These checks don't try everything that the text says; those at grading do.
//
// **Before you hand in.** Save (Ctrl+S), open a terminal (*File > New > Terminal*) and type `npx ferlab lab check labs/out/students/4-build-and-train.ipynb`, or the path of your copy: it runs everything and says what is missing. In a class your teacher says where to hand in; on your own, compare with `labs/out/solutions`.

// %% code setup
import { grade, whenWritten } from 'ferlab/labs';
import { type LayerDefinition, loadDataset, Network, normalize, Trainer } from 'ferlab';

// %% markdown softmax-text
// ## 1 From logits to probabilities
//
// A network ends in one number for each class, the *logits*. Softmax makes probabilities of them: p[i] = exp(z[i]) / sum over j of exp(z[j]). A computer can't hold exp(1000), but subtracting the same number from all logits changes no probability: subtract the largest first.

// %% code softmax solution
function softmax(logits: number[]): number[] {
  // BEGIN SOLUTION
  const largest = Math.max(...logits);
  const exponentials = logits.map((logit) => Math.exp(logit - largest));
  const sum = exponentials.reduce((total, value) => total + value, 0);
  return exponentials.map((value) => value / sum);
  // END SOLUTION
}

// %% code softmax-check points=2
await grade([
  { what: 'equal logits', points: 1, hint: 'four equal logits share the probability',
    holds: () => [softmax([3, 3, 3, 3]), [0.25, 0.25, 0.25, 0.25]] },
  { what: 'one logit larger by ln 3', points: 1, hint: 'exp(ln 3) is 3: the shares are 3 to 1',
    holds: () => [softmax([Math.log(3), 0]), [0.75, 0.25]] },
]);

// %% code softmax-hidden points=1
await grade([
  // BEGIN HIDDEN TESTS
  { what: 'large logits', points: 1, hint: 'Infinity / Infinity is NaN: subtract the largest logit first',
    holds: () => [softmax([1000, 1000, 0]), [0.5, 0.5, 0]] },
  // END HIDDEN TESTS
]);

// %% markdown loss-text
// ## 2 The loss, and which way is down
//
// The *cross-entropy* of one image is -ln p[label]: 0 if the network is sure and right, large if it is sure and wrong. Its gradient by the logits is as simple as it gets: p, less 1 at the label.

// %% code loss solution
function crossEntropy(logits: number[], label: number): number {
  // BEGIN SOLUTION
  return -Math.log(softmax(logits)[label]);
  // END SOLUTION
}

// %% code loss-check points=2
await grade([
  { what: 'seven equal logits', points: 1, hint: 'a network that knows nothing has the loss ln 7 = 1.9459',
    holds: () => [crossEntropy([0, 0, 0, 0, 0, 0, 0], 3), Math.log(7)] },
  { what: 'sure and right', points: 1, hint: 'the loss is near 0; is the sign right?',
    holds: () => [crossEntropy([0, 20], 1) < 1e-6 && crossEntropy([0, 20], 1) >= 0, true] },
]);

// %% code gradient solution
function lossGradient(logits: number[], label: number): number[] {
  // BEGIN SOLUTION
  return softmax(logits).map((probability, i) => probability - (i === label ? 1 : 0));
  // END SOLUTION
}

// %% code gradient-check points=2
await grade([
  { what: 'the entries add up to 0', points: 1, hint: 'the probabilities add up to 1, and 1 is subtracted once',
    holds: () => [lossGradient([1, 2, 3], 0).reduce((sum, value) => sum + value, 0), 0] },
  { what: 'the gradient points uphill', points: 1, hint: 'at the label it is negative: a larger logit there lowers the loss',
    holds: () => [lossGradient([0, 0], 1), [0.5, -0.5]] },
]);

// %% code gradient-hidden points=1
await grade([
  // BEGIN HIDDEN TESTS
  { what: 'as measured by small changes of the logits', points: 1, hint: 'compare with (loss(z + h) - loss(z - h)) / 2h for each logit',
    holds: () => {
      const [logits, label, h] = [[0.3, -1.2, 2], 2, 1e-4];
      const changed = (i: number, by: number) => crossEntropy(logits.map((value, k) => (k === i ? value + by : value)), label);
      const measured = logits.map((_, i) => (changed(i, h) - changed(i, -h)) / (2 * h));
      return [measured.every((slope, i) => Math.abs(lossGradient(logits, label)[i] - slope) < 1e-6), true];
    } },
  // END HIDDEN TESTS
]);

// %% markdown step-text
// ## 3 One step of gradient descent
//
// The smallest network is one dense layer: `logits[k] = bias[k] + sum over i of weights[k][i] * x[i]`. With g the loss's gradient by the logits, the gradient of `weights[k][i]` is `g[k] * x[i]`, and that of `bias[k]` is `g[k]`. A step moves every parameter *against* its gradient, by the learning rate times the gradient. `step` returns new parameters and leaves the old ones as they are.

// %% code step solution
interface Dense { weights: number[][]; bias: number[] }

function dense({ weights, bias }: Dense, x: number[]): number[] {
  // BEGIN SOLUTION
  return weights.map((row, k) => row.reduce((sum, weight, i) => sum + weight * x[i], bias[k]));
  // END SOLUTION
}

// %% code step-check points=2
const small: Dense = { weights: [[1, 2], [0, -1]], bias: [10, 0] };
await grade([
  { what: 'the logits of a dense layer', points: 1, hint: 'a row of weights for each class; do not forget the bias',
    holds: () => [dense(small, [3, 4]), [21, -4]] },
  { what: 'an input of zeros', points: 1, hint: 'only the biases are left',
    holds: () => [dense(small, [0, 0]), [10, 0]] },
]);

// %% code descent solution
function step(layer: Dense, image: { x: number[]; label: number }, learningRate: number): Dense {
  // BEGIN SOLUTION
  const gradient = lossGradient(dense(layer, image.x), image.label);
  return {
    weights: layer.weights.map((row, k) => row.map((weight, i) => weight - learningRate * gradient[k] * image.x[i])),
    bias: layer.bias.map((bias, k) => bias - learningRate * gradient[k]),
  };
  // END SOLUTION
}

// %% code descent-check points=2
const blank: Dense = { weights: [[0, 0], [0, 0]], bias: [0, 0] };
await grade([
  { what: 'one step from zero', points: 1, hint: 'g is [-0.5, 0.5] here, and the step goes against it',
    holds: () => [step(blank, { x: [1, 2], label: 0 }, 0.1), { weights: [[0.05, 0.1], [-0.05, -0.1]], bias: [0.05, -0.05] }] },
  { what: 'the old parameters are left as they were', points: 1, hint: 'return new arrays',
    holds: () => { step(blank, { x: [1, 2], label: 0 }, 0.1); return [blank, { weights: [[0, 0], [0, 0]], bias: [0, 0] }]; } },
]);

// %% code descent-hidden points=1
await grade([
  // BEGIN HIDDEN TESTS
  { what: 'forty steps learn two points', points: 1, hint: 'the loss of both points must fall below 0.2',
    holds: () => {
      const points = [{ x: [1, 0], label: 0 }, { x: [0, 1], label: 1 }];
      let layer = blank;
      for (let i = 0; i < 40; i++) layer = step(layer, points[i % 2], 0.5);
      return [points.every(({ x, label }) => crossEntropy(dense(layer, x), label) < 0.2), true];
    } },
  // END HIDDEN TESTS
]);

// %% markdown batches-text
// ## 4 Shuffled batches
//
// An epoch shows each image once, in a new order, one batch after the other. `batches` returns the rows 0 to count - 1 in shuffled order, cut into pieces of `size`; the last may be smaller. `random()` gives a number from 0 up to 1. Shuffle as Fisher and Yates do: for i from the last place down to 1, exchange it with a random place from 0 to i.

// %% code batches solution
function batches(count: number, size: number, random: () => number): number[][] {
  // BEGIN SOLUTION
  const rows = [...Array(count).keys()];
  for (let i = count - 1; i > 0; i--) {
    const other = Math.floor(random() * (i + 1));
    [rows[i], rows[other]] = [rows[other], rows[i]];
  }
  return Array.from({ length: Math.ceil(count / size) }, (_, i) => rows.slice(i * size, (i + 1) * size));
  // END SOLUTION
}

// %% code batches-check points=2
await grade([
  { what: 'each row comes once', points: 1, hint: 'exchange two places; do not draw rows one by one, or some come twice',
    holds: () => [batches(10, 4, Math.random).flat().sort((a, b) => a - b), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]] },
  { what: 'the sizes of the batches', points: 1, hint: 'the last batch holds what is left',
    holds: () => [batches(10, 4, Math.random).map((batch) => batch.length), [4, 4, 2]] },
]);

// %% code batches-hidden points=1
await grade([
  // BEGIN HIDDEN TESTS
  { what: 'every order is equally likely', points: 1, hint: 'the other place is drawn from 0 to i, both included, and not from all places',
    holds: () => {
      const counts = new Map<string, number>();
      let seed = 1;
      const random = () => (seed = (seed * 16807) % 2147483647) / 2147483647;
      for (let i = 0; i < 6000; i++) {
        const order = batches(3, 3, random).flat().join('');
        counts.set(order, (counts.get(order) ?? 0) + 1);
      }
      return [counts.size === 6 && [...counts.values()].every((n) => n > 880 && n < 1120), true];
    } },
  // END HIDDEN TESTS
]);

// %% markdown network-text
// ## 5 A network as data
//
// Define the layers of a network for 48 x 48 grey images and seven classes. It needs at least two convolutions with ReLU, poolings, a `flatten`, and ends in a dense layer of 7 units without softmax. It may have at most 100,000 parameters. The kinds are
//
// - `{ kind: 'convolution', filters: 8, kernelSize: 3 }`
// - `{ kind: 'batchNorm' }`, which makes training faster
// - `{ kind: 'relu' }`
// - `{ kind: 'maxPool', size: 2 }`
// - `{ kind: 'dropout', rate: 0.3 }`
// - `{ kind: 'flatten' }`
// - `{ kind: 'dense', units: 64 }`

// %% code network solution
function networkLayers(): LayerDefinition[] {
  // BEGIN SOLUTION
  const block = (filters: number): LayerDefinition[] => [
    { kind: 'convolution', filters, kernelSize: 3 },
    { kind: 'batchNorm' },
    { kind: 'relu' },
    { kind: 'maxPool', size: 2 },
  ];
  return [...block(8), ...block(16), ...block(32), { kind: 'flatten' }, { kind: 'dense', units: 7 }];
  // END SOLUTION
}

// %% code network-check points=4
const buildNetwork = () => Network.build({ name: 'lab', inputShape: [48, 48, 1], classes: 7, layers: networkLayers() }, { seed: 1 });
const kinds = () => networkLayers().map((layer) => layer.kind);
await grade([
  { what: 'the layers fit together', points: 1, hint: 'flatten before the first dense layer, and seven units in the last',
    holds: () => { buildNetwork().dispose(); return [true, true]; } },
  { what: 'two convolutions, each with ReLU', points: 1, hint: 'without ReLU two convolutions are no more than one',
    holds: () => [kinds().filter((kind) => kind === 'convolution').length >= 2 && kinds().filter((kind) => kind === 'relu').length >= 2, true] },
  { what: 'the last layer is dense, without ReLU after it', points: 1, hint: 'a ReLU on the logits takes the negative ones away',
    holds: () => [kinds().at(-1), 'dense'] },
  { what: 'at most 100,000 parameters', points: 1, hint: 'most are in the dense layer after flatten: pool more before it',
    holds: () => { const network = buildNetwork(); const count = network.parameterCount; network.dispose(); return [count <= 100_000, true]; } },
]);

// %% markdown overfit-text
// ## 6 Overfit on purpose, then mend it
//
// `fit` trains your network with your batches. First on 70 images: the network learns them by heart, and the accuracy on images that it has not seen stays far behind. Then on all of them.

// %% code fit
const dataset = await loadDataset({ sample: true }); // drawn faces: 1,470 to train on, 315 to validate with
const pixels = 48 * 48;
const images = (rows: number[]) => {
  const picked = new Uint8Array(rows.length * pixels);
  rows.forEach((row, i) => picked.set(dataset.images.subarray(row * pixels, (row + 1) * pixels), i * pixels));
  return normalize(picked);
};
const validationRows = [...Array(315).keys()].map((i) => 1470 + i);

/** Accuracy and mean loss on the validation images. */
function validate(network: Network) {
  const logits = network.logits(images(validationRows));
  const rows = validationRows.map((row, i) => ({
    logits: Array.from(logits.subarray(7 * i, 7 * i + 7)),
    label: dataset.labels[row],
  }));
  const hits = rows.filter(({ logits, label }) => logits.indexOf(Math.max(...logits)) === label).length;
  return {
    accuracy: hits / rows.length,
    loss: rows.reduce((sum, row) => sum + crossEntropy(row.logits, row.label), 0) / rows.length,
  };
}

function fit(count: number, epochs: number): number[] {
  const network = buildNetwork();
  const trainer = new Trainer(network, {
    optimizer: { kind: 'adamw', beta1: 0.9, beta2: 0.999, epsilon: 1e-7, weightDecay: 0 },
    seed: 1,
  });
  const losses: number[] = [];
  let seed = 1;
  let at = 0;
  const random = () => (seed = (seed * 16807) % 2147483647) / 2147483647;
  for (let epoch = 1; epoch <= epochs; epoch++) {
    let correct = 0;
    for (const rows of batches(count, 32, random))
      correct += trainer.step({
        images: images(rows),
        labels: Uint8Array.from(rows, (row) => dataset.labels[row]),
        learningRate: 0.003,
        step: at++,
      }).correct;
    const { accuracy, loss } = validate(network);
    losses.push(loss);
    const percent = (share: number) => `${(100 * share).toFixed(0).padStart(3)} %`;
    const place = `epoch ${String(epoch).padStart(2)}`;
    const shares = `training ${percent(correct / count)}, validation ${percent(accuracy)}`;
    console.log(`${place}: ${shares}, validation loss ${loss.toFixed(2)}`);
  }
  trainer.dispose();
  network.dispose();
  return losses;
}

// %% code overfit
const overfit = await whenWritten(() => fit(70, 15));

// %% code mend
const mended = await whenWritten(() => fit(1470, 3));

// %% markdown stopping-text
// ## 7 When to stop
//
// *Early stopping* ends a training when the validation loss has not fallen below its best value for `patience` epochs in a row. `stopEpoch` gets the losses by epoch and returns two epochs, counted from 1: `best`, the one with the lowest loss until then, whose weights are kept, and `stopped`, the last that is trained. Where it never stops early, `stopped` is the last epoch.

// %% code stopping solution
function stopEpoch(losses: number[], patience: number): { best: number; stopped: number } {
  // BEGIN SOLUTION
  let best = 1;
  for (let epoch = 2; epoch <= losses.length; epoch++) {
    if (losses[epoch - 1] < losses[best - 1]) best = epoch;
    else if (epoch - best >= patience) return { best, stopped: epoch };
  }
  return { best, stopped: losses.length };
  // END SOLUTION
}

// %% code stopping-check points=2
await grade([
  { what: 'a loss that falls all the time', points: 1, hint: 'nothing stops it: both are the last epoch',
    holds: () => [stopEpoch([3, 2, 1], 2), { best: 3, stopped: 3 }] },
  { what: 'a loss that rises after the second epoch', points: 1, hint: 'with a patience of 2, epochs 3 and 4 are tried in vain',
    holds: () => [stopEpoch([3, 1, 2, 2, 0], 2), { best: 2, stopped: 4 }] },
]);

// %% code stopping-hidden points=2
await grade([
  // BEGIN HIDDEN TESTS
  { what: 'the count begins again after a better epoch', points: 1, hint: 'count from the best epoch, not all bad epochs together',
    holds: () => [stopEpoch([3, 4, 2, 4, 1, 5], 2), { best: 5, stopped: 6 }] },
  { what: 'an equal loss is no better', points: 1, hint: 'the loss has to fall below the best: use <, not <=',
    holds: () => [stopEpoch([2, 2, 2, 2], 3), { best: 1, stopped: 4 }] },
  // END HIDDEN TESTS
]);

// %% code stopping-look
await whenWritten(() => {
  if (overfit && mended) console.log('70 images:', stopEpoch(overfit, 3), ' all images:', stopEpoch(mended, 3));
  else console.log('First run both trainings of section 6, then this cell again.');
});

// %% markdown end
// ## To think about (not graded)
//
// 1. On 70 images the validation loss falls and then rises, while the validation accuracy still creeps up. How can that be?
// 2. You have no more images. Name three other remedies against overfitting, and try one in `networkLayers`.
// 3. The best epoch was chosen on the validation images. Why may the accuracy on them no longer be called a test? (Lab 7.)

// %% mistake overflowing-softmax in=softmax points=23
// Nothing is subtracted, and large logits overflow.
// - Math.exp(logit - largest)
// + Math.exp(logit)

// %% mistake uphill-gradient in=gradient points=20
// The gradient has the other sign, so that each step goes uphill.
// - probability - (i === label ? 1 : 0)
// + (i === label ? 1 : 0) - probability

// %% mistake no-dense-bias in=step points=22
// The dense layer has no bias.
// - sum + weight * x[i], bias[k])
// + sum + weight * x[i], 0)

// %% mistake biased-shuffle in=batches points=23
// The other place is drawn from all places: some orders come more often than others.
// - Math.floor(random() * (i + 1))
// + Math.floor(random() * count)

// %% mistake relu-at-the-end in=network points=23
// A ReLU stands after the last dense layer.
// - { kind: 'dense', units: 7 }]
// + { kind: 'dense', units: 7 }, { kind: 'relu' }]

// %% mistake counts-all-bad-epochs in=stopping points=23
// All bad epochs are counted, and not those since the best.
// - let best = 1;
// -   for (let epoch = 2; epoch <= losses.length; epoch++) {
// -     if (losses[epoch - 1] < losses[best - 1]) best = epoch;
// -     else if (epoch - best >= patience) return { best, stopped: epoch };
// + let [best, bad] = [1, 0];
// +   for (let epoch = 2; epoch <= losses.length; epoch++) {
// +     if (losses[epoch - 1] < losses[best - 1]) best = epoch;
// +     else if (++bad >= patience) return { best, stopped: epoch };
