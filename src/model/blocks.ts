import type { LayerDefinition } from './definition';

/** 3x3 convolution, then ReLU. */
export function convolutionRelu(filters: number): LayerDefinition[] {
  return [{ kind: 'convolution', filters, kernelSize: 3 }, { kind: 'relu' }];
}

/** 3x3 convolution, batch norm, ReLU; the norm's offset makes a bias needless. */
export function convolutionNormRelu(filters: number): LayerDefinition[] {
  return [
    { kind: 'convolution', filters, kernelSize: 3, bias: false },
    { kind: 'batchNorm' },
    { kind: 'relu' },
  ];
}
