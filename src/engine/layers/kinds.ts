import type { LayerDefinition } from '../../model/definition';
import { batchNorm } from './batch-norm';
import { convolution } from './convolution';
import { dense } from './dense';
import { dropout } from './dropout';
import { flatten } from './flatten';
import { globalPool } from './global-pool';
import type { LayerKind } from './kind';
import { maxPooling } from './max-pool';
import { relu } from './relu';
import { residual } from './residual';
import { rowLstm } from './row-lstm';
import { squeezeExcite } from './squeeze-excite';

/** All kinds of layers. */
const KINDS: readonly LayerKind[] = [
  batchNorm,
  convolution,
  dense,
  dropout,
  flatten,
  globalPool,
  maxPooling,
  relu,
  residual,
  rowLstm,
  squeezeExcite,
];

const byName = new Map<string, LayerKind>(KINDS.map((kind) => [kind.name, kind]));

/** The kind of a layer. */
export function kindOf({ kind }: Pick<LayerDefinition, 'kind'>): LayerKind {
  const found = byName.get(kind);
  if (!found) throw new Error(`there is no kind of layer "${kind}"`);
  return found;
}
