/** What `ferlab predict --json` prints. */
export interface Printed {
  readonly pictures: readonly {
    image: string;
    width: number;
    height: number;
    detector: string;
    faces: readonly {
      box?: { x: number; y: number; width: number; height: number };
      landmarks?: object;
      emotion: string;
      probabilities: Record<string, number>;
    }[];
    milliseconds: Record<string, number>;
  }[];
  readonly failures: readonly { image: string; problem: string; remedy: string }[];
}
