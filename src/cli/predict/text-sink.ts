import type { Face } from '../../detect/face';
import type { RecognizedFace, StepTimes } from '../../predict/recognize';
import { printNote } from '../options';
import { isRecognized, type PredictOutcome, type Recognized, ranked, type Sink } from './outcome';

/** Prints each picture's faces for people. */
export class TextSink implements Sink {
  take(outcome: PredictOutcome): void {
    if (!isRecognized(outcome)) return;
    process.stdout.write(`${linesOf(outcome).join('\n')}\n`);
    for (const note of outcome.notes) printNote(`${outcome.image}: ${note}`);
  }

  end(): void {}
}

function linesOf(outcome: Recognized): string[] {
  const { image, faces, milliseconds, detector, seconds } = outcome;
  const name = seconds === undefined ? image : `${image} at ${seconds.toFixed(2)} s`;
  const times = `(${describeTimes(milliseconds)})`;
  if (detector === 'none')
    return faces.map(({ probabilities }) => `${name}: ${describe(probabilities)} ${times}`);
  if (faces.length === 0) return [`${name}: no face found by ${detector} ${times}`];
  const count = faces.length === 1 ? '1 face' : `${faces.length} faces`;
  return [
    `${name}: ${count} found by ${detector} ${times}`,
    ...faces.map(
      ({ found, probabilities }, i) => `  ${i + 1} at ${describePlace(found!)}: ${describe(probabilities)}`,
    ),
  ];
}

function describePlace({ box }: Face): string {
  const [x, y, width, height] = [box.x, box.y, box.width, box.height].map(Math.round);
  return `${x}, ${y}, ${width}x${height}`;
}

const describe = (probabilities: RecognizedFace['probabilities']) =>
  ranked(probabilities)
    .map(([emotion, probability]) => `${emotion} ${(100 * probability).toFixed(1)} %`)
    .join(', ');

const describeTimes = (times: StepTimes) =>
  Object.entries(times)
    .map(([step, milliseconds]) => `${step} ${milliseconds.toFixed(0)} ms`)
    .join(', ');

/** Names the pictures that could not be read, and counts them for the exit status. */
export class FailureSink implements Sink {
  pictures = 0;
  failures = 0;
  /** Pictures in which no face was found. */
  empty = 0;

  take(outcome: PredictOutcome): void {
    this.pictures++;
    if (isRecognized(outcome)) {
      if (outcome.faces.length === 0) this.empty++;
      return;
    }
    this.failures++;
    process.stderr.write(`error: ${outcome.error.toString()}\n`);
  }

  end(): void {
    if (this.pictures === 1) return;
    if (this.failures > 0)
      process.stderr.write(`${this.failures} of ${this.pictures} pictures could not be read\n`);
    if (this.empty > 0)
      process.stderr.write(`no face was found in ${this.empty} of ${this.pictures} pictures\n`);
  }
}
