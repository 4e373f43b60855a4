import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fitTemperature } from '../../src/predict/temperature';
import { randomStream } from '../../src/random';
import type { LabelledProbabilities } from '../../src/run/predictions';

const CLASSES = 7;

/** Predictions of which the labels know a part; the sharper they are, the surer of themselves. */
function draw(seed: number, { count, sharpness }: { count: number; sharpness: number }) {
  const stream = randomStream(seed, 'temperature');
  const labels = Uint8Array.from({ length: count }, () => stream.integer(CLASSES));
  const probabilities = new Float32Array(count * CLASSES);
  for (const [i, label] of labels.entries()) {
    const powers = Array.from({ length: CLASSES }, (_, k) =>
      Math.exp(sharpness * (stream.normal() + Number(k === label))),
    );
    const total = powers.reduce((sum, power) => sum + power, 0);
    probabilities.set(
      powers.map((power) => power / total),
      i * CLASSES,
    );
  }
  return { labels, probabilities };
}

/** Bisection alone: the slope of the loss is computed at every place. */
function bisect({ labels, probabilities }: LabelledProbabilities): number {
  const logits = Array.from(probabilities, (probability) => Math.log(Math.max(probability, 2 ** -126)));
  const rises = (inverse: number) => {
    let slope = 0;
    for (const [i, label] of labels.entries()) {
      const some = logits.slice(i * CLASSES, (i + 1) * CLASSES);
      const largest = Math.max(...some);
      const powers = some.map((logit) => Math.exp((logit - largest) * inverse));
      const total = powers.reduce((sum, power) => sum + power, 0);
      slope += some.reduce((sum, logit, k) => sum + (powers[k]! / total) * logit, -some[label]!);
    }
    return slope > 0;
  };
  let [low, high] = [0.01, 100];
  while (high / low > 1 + 1e-9) {
    const middle = Math.sqrt(low * high);
    if (rises(middle)) high = middle;
    else low = middle;
  }
  return 1 / Math.sqrt(low * high);
}

test('the temperature is that of plain bisection, to the bit', () => {
  for (const sharpness of [0.05, 0.7, 1, 3, 40])
    for (const count of [1, 2, 5, 300]) {
      const predictions = draw(count, { count, sharpness });
      assert.equal(fitTemperature(predictions), bisect(predictions), `${count} images, ${sharpness}`);
    }
});
