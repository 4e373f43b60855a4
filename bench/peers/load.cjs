// Loads a CSV with the compiled library and prints seconds and peak memory.
const { readFileSync } = require('node:fs');
const { loadDataset } = require('../../dist/dataset/load.js');

// The system's ru_maxrss starts with the peak of the process that started this one: see proc(5) for VmHWM.
const peak = () => Number(/VmHWM:\s*(\d+) kB/.exec(readFileSync('/proc/self/status', 'utf8'))[1]);

const start = process.hrtime.bigint();
loadDataset({ path: process.argv[2] }).then((dataset) => {
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  const peakMegabytes = (peak() * 1024) / 1e6;
  process.stdout.write(`${JSON.stringify({ seconds, peakMegabytes, images: dataset.count })}\n`);
});
