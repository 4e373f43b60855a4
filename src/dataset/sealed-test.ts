import { FerlabError } from '../errors';

const FINAL_STEP = Symbol('final evaluation');

/** The permission to look at the test rows; only `evaluate/final.ts` asks for one, once per trained model. */
export interface FinalStep {
  readonly [FINAL_STEP]: true;
  /** Hash of the weights that are evaluated. */
  readonly weightsSha256: string;
}

/** Declares that the weights with this hash are final: nothing will be chosen by what the test rows say. */
export function declareFinal(weightsSha256: string): FinalStep {
  return { [FINAL_STEP]: true, weightsSha256 };
}

/** Row numbers that nothing can read before the model is final, so that no choice leans on the test part. */
export class SealedTest {
  readonly #rows: Uint32Array;

  constructor(rows: Uint32Array) {
    this.#rows = rows;
  }

  /** How many rows there are, which gives nothing away. */
  get count(): number {
    return this.#rows.length;
  }

  /**
   * The row numbers.
   * @throws FerlabError without the permission of {@link declareFinal}
   */
  open(step: FinalStep): Uint32Array {
    if (step?.[FINAL_STEP] !== true) {
      throw new FerlabError('the test part is sealed until the final evaluation', {
        remedy: 'choose on the validation part; `ferlab evaluate --final` opens the test part once per model',
      });
    }
    return this.#rows;
  }
}
