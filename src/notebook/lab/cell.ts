/** A cell of a lab as it is written: in a TypeScript file, between lines that begin with `// %%`. */
export interface LabCell {
  readonly id: string;
  readonly kind: 'markdown' | 'code';
  readonly text: string;
  /** Whether a student writes it: it holds a region from BEGIN SOLUTION to END SOLUTION. */
  readonly isSolution: boolean;
  /** Points of a cell that grades; 0 for others. */
  readonly points: number;
}

/** A typical wrong solution, with the points that the marking scheme gives it. */
export interface LabMistake {
  readonly id: string;
  /** The exercise whose solution is changed. */
  readonly cell: string;
  /** What the student got wrong, for the teacher. */
  readonly what: string;
  /** What stands in the solution, and what the student wrote in its place. */
  readonly from: string;
  readonly to: string;
  /** Points of the whole lab that are left. */
  readonly points: number;
}

/** A lab: what it shows, and what students typically get wrong in it. */
export interface Lab {
  readonly cells: readonly LabCell[];
  readonly mistakes: readonly LabMistake[];
}

/** All points of a lab. */
export const pointsOfLab = ({ cells }: Lab): number => cells.reduce((sum, { points }) => sum + points, 0);
