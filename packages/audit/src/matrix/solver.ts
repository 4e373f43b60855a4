import type { Highs, ModelData } from 'highs';

/** Loads the solver's WebAssembly, as the `highs` package does: a browser and Node find its file in different ways. */
export type LoadHighs = () => Promise<Highs>;

/** A linear programme: minimise cost over columns >= 0 with rows in ranges. */
export interface LinearProgramme {
  readonly rows: readonly { readonly lower: number; readonly upper: number }[];
  readonly columns: readonly {
    readonly cost: number;
    readonly upper: number;
    readonly whole: boolean;
    /** Rows in which the column stands, ascending, and with what factor. */
    readonly rows: readonly number[];
    readonly factors: readonly number[];
  }[];
}

export interface Proposal {
  readonly objective: number;
  readonly values: Float64Array;
  /** Multipliers of the rows; of no use for programmes with whole columns. */
  readonly multipliers: Float64Array;
}

/**
 * The HiGHS solver, loaded when it is first asked. What it returns are proposals in floating point: callers check
 * them exactly, and no verdict rests on its tolerances or on its word that nothing exists.
 */
export class Proposer {
  readonly #load: LoadHighs;
  #highs: Promise<Highs> | undefined;

  constructor(load: LoadHighs) {
    this.#load = load;
  }

  /** Whether the solver was asked before, so that asking it again is quick. */
  get isLoaded(): boolean {
    return this.#highs !== undefined;
  }

  /** @returns undefined when the solver finds no optimum in the time given */
  async solve(programme: LinearProgramme, seconds: number): Promise<Proposal | undefined> {
    this.#highs ??= this.#load();
    const highs = await this.#highs;
    return highs.withModel(toModelData(programme), (model) => {
      model.options.set('output_flag', false);
      model.options.set('time_limit', Math.max(0.01, seconds));
      if (!programme.columns.some(({ whole }) => whole)) model.options.set('presolve', 'off');
      model.run();
      const { colValue, rowDual } = model.getSolution();
      if (colValue.length !== programme.columns.length) return undefined;
      return { objective: model.getObjectiveValue(), values: colValue.slice(), multipliers: rowDual.slice() };
    });
  }
}

function toModelData({ rows, columns }: LinearProgramme): ModelData {
  const starts = [0];
  for (const column of columns) starts.push(starts.at(-1)! + column.rows.length);
  const bounded = (value: number) => Math.max(-1e30, Math.min(1e30, value));
  return {
    numCols: columns.length,
    numRows: rows.length,
    colCost: columns.map(({ cost }) => cost),
    colLower: columns.map(() => 0),
    colUpper: columns.map(({ upper }) => bounded(upper)),
    rowLower: rows.map(({ lower }) => bounded(lower)),
    rowUpper: rows.map(({ upper }) => bounded(upper)),
    matrix: {
      format: 'csc',
      numRows: rows.length,
      numCols: columns.length,
      starts,
      indices: columns.flatMap((column) => [...column.rows]),
      values: columns.flatMap((column) => [...column.factors]),
    },
    ...(columns.some(({ whole }) => whole) && { integrality: columns.map(({ whole }) => (whole ? 1 : 0)) }),
  };
}
