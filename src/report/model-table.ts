import type { ModelDefinition } from '../model/definition';
import { describeModel } from '../model/describe';
import type { ReportTable } from './table';

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
  };
}
