// Trains some steps of the paper CNN and predicts the validation part; prints the process's memory. All in 10^6 bytes.
const { readFileSync } = require('node:fs');
const { loadDataset } = require('../../dist/dataset/load.js');
const { splitDataset } = require('../../dist/dataset/split.js');
const { Network } = require('../../dist/engine/network.js');
const { Trainer } = require('../../dist/engine/trainer.js');
const { buildModel } = require('../../dist/model/models.js');
const { trainEpoch } = require('../../dist/train/epoch.js');
const { predictPatiently } = require('../../dist/predict/infer.js');
const { choosePrecision } = require('../../dist/engine/precision.js');
const { buildConfig } = require('../../dist/run/profiles.js');

/** A line of /proc/self/status (proc(5)) in 10^6 bytes. */
function memory(name) {
  const line = new RegExp(`${name}:\\s*(\\d+) kB`).exec(readFileSync('/proc/self/status', 'utf8'));
  return (Number(line[1]) * 1024) / 1e6;
}

async function main(path, steps) {
  const peaks = { anonymous: 0, fileBacked: 0 };
  const look = () => {
    peaks.anonymous = Math.max(peaks.anonymous, memory('RssAnon'));
    peaks.fileBacked = Math.max(peaks.fileBacked, memory('RssFile'));
  };
  const dataset = await loadDataset({ path });
  const loaded = memory('VmHWM');
  const config = buildConfig('quick');
  const split = splitDataset(dataset, config);
  const network = Network.build(buildModel(config.model, dataset.spec), {
    seed: config.seed,
    precision: choosePrecision(config.precision),
  });
  const trainer = new Trainer(network, {
    optimizer: config.optimizer,
    seed: config.seed,
    averageDecay: 0.99,
  });
  const onStep = ({ step }) => {
    look();
    return step < steps;
  };
  const context = { config, dataset, training: split.training, trainer, epoch: 0, onStep };
  await trainEpoch(context, { step: 0, lossSum: 0, correct: 0 });
  await predictPatiently(network, dataset, split.validation, { views: 'single' });
  look();
  const answer = {
    images: dataset.count,
    validated: split.validation.length,
    loaded,
    peak: memory('VmHWM'),
    ...peaks,
  };
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}

main(process.argv[2], Number(process.argv[3]));
