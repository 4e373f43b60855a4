// Writes the network that standard input describes, with fresh weights, as ONNX to standard output: what engines that
// predict alone are given.
import { json } from 'node:stream/consumers';
import { Network } from '../../src/engine/network';
import { encodeOnnx } from '../../src/export/onnx';
import type { ModelDefinition } from '../../src/model/definition';

async function main(): Promise<void> {
  const model = (await json(process.stdin)) as ModelDefinition;
  const network = Network.build(model, { seed: 1 });
  const classes = Array.from({ length: model.classes }, (_, i) => `class ${i}`);
  process.stdout.write(encodeOnnx(model, network.weights(), classes));
  network.dispose();
}

void main();
