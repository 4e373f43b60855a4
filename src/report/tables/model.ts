import { describeModel, oddWidths } from '../../engine/describe';
import type { ModelDefinition } from '../../model/definition';
import { sumOf } from '../../sum';
import { column, type ReportTable } from '../table';

interface LayerRow {
  readonly layer: string;
  readonly output: string;
  readonly parameters: number;
  readonly multiplyAdds: number;
}

const shape = (lengths: readonly number[]) => lengths.join(' x ');
const orEmpty = (value: number) => (value === 0 ? '' : value.toLocaleString('en'));

/** A network's layers with output shapes, parameters and multiply-adds for one image, and their sums. */
export function tableModel(definition: ModelDefinition): ReportTable<LayerRow> {
  const layers = describeModel(definition);
  const bare = { parameters: 0, multiplyAdds: 0 };
  return {
    title: `Layers of ${definition.name}`,
    columns: [
      column('layer', ({ layer }) => layer),
      column('output', ({ output }) => output),
      column('parameters', ({ parameters }) => orEmpty(parameters)),
      column('multiply-adds', ({ multiplyAdds }) => orEmpty(multiplyAdds)),
    ],
    rows: [
      { layer: 'input', output: shape(definition.inputShape), ...bare },
      ...layers.map((layer) => ({ ...layer, output: shape(layer.outputShape) })),
      { layer: 'softmax', output: String(definition.classes), ...bare },
      {
        layer: 'all',
        output: '',
        parameters: sumOf(layers.map(({ parameters }) => parameters)),
        multiplyAdds: sumOf(layers.map(({ multiplyAdds }) => multiplyAdds)),
      },
    ],
    notes: widthAdvice(oddWidths(definition)),
  };
}

/** What a width that oneDNN has no blocked kernel for costs, if there is one. */
function widthAdvice(widths: readonly number[]): string[] {
  if (widths.length === 0) return [];
  return [
    `The widths ${widths.join(', ')} are not multiples of 16. On a CPU, this makes convolutions about a fifth slower for each multiply-add, and batch norm four to seven times slower.`,
  ];
}
