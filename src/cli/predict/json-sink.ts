import { isRecognized, type PredictOutcome, type Recognized, type Sink } from './outcome';

/** Prints one JSON document, picture by picture: `pictures`, then `failures`. */
export class JsonSink implements Sink {
  readonly #failures: object[] = [];
  #count = 0;

  /** @param head fields that stand first */
  constructor(head: object) {
    const text = JSON.stringify(head, null, 2);
    process.stdout.write(`${text.slice(0, -2)},\n  "pictures": [`);
  }

  take(outcome: PredictOutcome): void {
    if (!isRecognized(outcome)) {
      const { image, error } = outcome;
      this.#failures.push({ image, problem: error.message, remedy: error.remedy });
      return;
    }
    const text = JSON.stringify(describe(outcome), null, 2).replaceAll('\n', '\n    ');
    process.stdout.write(`${this.#count++ > 0 ? ',' : ''}\n    ${text}`);
  }

  end(): void {
    const failures = JSON.stringify(this.#failures, null, 2).replaceAll('\n', '\n  ');
    process.stdout.write(`${this.#count > 0 ? '\n  ' : ''}],\n  "failures": ${failures}\n}\n`);
  }
}

function describe({
  image,
  seconds,
  width,
  height,
  detector,
  faces,
  notes,
  milliseconds,
}: Recognized): object {
  return {
    image,
    ...(seconds === undefined ? {} : { seconds }),
    ...{ width, height, detector },
    faces: faces.map(({ found, emotion, probabilities }) => ({ ...found, emotion, probabilities })),
    ...{ notes, milliseconds },
  };
}
