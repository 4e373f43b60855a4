// node changing-files.cjs [plain]: in a new working folder, compiles a cell that imports a file and one that is missing,
// then changes the one and writes the other, as a build does, and compiles a second cell. Prints what came of both.
const { mkdtempSync, rmSync, writeFileSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const { setTimeout: delay } = require('node:timers/promises');
const { requireAsTslab } = require('../../kernel/tslab.cjs');
const { CellPositions } = require('../../kernel/cell-positions.cjs');
const { mendCompiler } = require('../../kernel/compiler.cjs');

const folder = mkdtempSync(join(tmpdir(), 'ferlab-changing-'));
process.on('exit', () => rmSync(folder, { recursive: true }));
process.chdir(folder);
writeFileSync('there.ts', 'export const there: number = 1;\n');
if (process.argv[2] !== 'plain') mendCompiler(new CellPositions());
const { createConverter } = requireAsTslab('./converter.js');

const uncaught = [];
process.on('uncaughtException', (error) => uncaught.push(error.message));

async function main() {
  const converter = createConverter({ isJS: false, isBrowser: false });
  const cell = "import { there } from './there'; import { late } from './late'; const sum = there + late;";
  const before = converter.convert('', cell).diagnostics.map(({ messageText }) => messageText);
  for (let i = 2; i < 5; i++) {
    writeFileSync('late.ts', `export const late: number = ${i};\n`);
    writeFileSync('there.ts', `export const there: number = ${i};\n`);
    await delay(600);
  }
  const after = converter.convert('', `${cell} `).diagnostics.map(({ messageText }) => messageText);
  console.log(JSON.stringify({ before, after, uncaught }));
  process.exit();
}
main().catch((error) => {
  console.log(JSON.stringify({ failure: error.message, uncaught }));
  process.exit();
});
