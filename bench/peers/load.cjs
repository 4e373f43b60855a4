// Loads a CSV with the compiled library and prints seconds and peak memory.
const { loadDataset } = require('../../dist/dataset/load.js');

const start = process.hrtime.bigint();
loadDataset({ path: process.argv[2] }).then((dataset) => {
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  const peakMegabytes = process.resourceUsage().maxRSS / 1024;
  process.stdout.write(`${JSON.stringify({ seconds, peakMegabytes, images: dataset.count })}\n`);
});
