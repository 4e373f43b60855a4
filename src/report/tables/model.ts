import type { ModelDefinition } from '../../model/definition';
import { describeModel, oddWidths } from '../../model/describe';
import type { ReportTable } from '../formats/table';

/** A network's layers with output shapes, parameters and multiply-adds for one image, and their sums. */
export function tableModel(definition: ModelDefinition): ReportTable {
  const layers = describeModel(definition);
  const sum = (key: 'parameters' | 'multiplyAdds') => layers.reduce((total, layer) => total + layer[key], 0);
  const number = (value: number) => (value === 0 ? '' : value.toLocaleString('en'));
  const shape = (lengths: readonly number[]) => lengths.join(' x ');
  return {
    title: `Layers of ${definition.name}`,
    columns: ['layer', 'output', 'parameters', 'multiply-adds'],
    rows: [
      ['input', shape(definition.inputShape), '', ''],
      ...layers.map((row) => [
        row.layer,
        shape(row.outputShape),
        number(row.parameters),
        number(row.multiplyAdds),
      ]),
      ['softmax', String(definition.classes), '', ''],
      ['all', '', number(sum('parameters')), number(sum('multiplyAdds'))],
    ],
    notes: widthAdvice(oddWidths(definition)),
  };
}

/** What a width that oneDNN has no blocked kernel for costs, if there is one. */
function widthAdvice(widths: readonly number[]): string[] {
  if (widths.length === 0) return [];
  return [
    `Widths of ${widths.join(', ')} filters are no multiples of 16. On a processor convolutions take about a fifth longer for each multiply-add then, and batch norm four to seven times as long.`,
  ];
}
