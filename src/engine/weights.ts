/** The value of one variable under its name, such as `convolution-1/filter`. */
export interface WeightTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: Float32Array;
}
