import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { buildProgram } from '../../src/cli/program';
import { projectRoot } from '../../src/paths';
import { runMany } from './run-lists';

/** Every command and subcommand as the words that name it. */
async function allCommands(): Promise<string[][]> {
  const names = (await buildProgram([])).commands.map((command) => command.name());
  const lists = names.map(async (name) => {
    const command = (await buildProgram([name])).commands.find((one) => one.name() === name)!;
    return [[name], ...command.commands.map((subcommand) => [name, subcommand.name()])];
  });
  return (await Promise.all(lists)).flat();
}

test('every command explains itself, in two ways, without loading TensorFlow', async () => {
  const commands = await allCommands();
  assert.ok(commands.length > 14, String(commands));
  const inTwoWays = commands.flatMap((words) => [
    [...words, '--help'],
    ...(words.length === 1 ? [['help', ...words]] : []),
  ]);
  for (const { words, status, text, loaded } of runMany(inTwoWays)) {
    assert.equal(status, 0, text);
    const name = words.filter((word) => !/help/.test(word)).join(' ');
    assert.match(text, new RegExp(`^Usage: ferlab ${name} [\\s\\S]*--help`));
    assert.deepEqual(loaded, [], name);
  }
});

test('a flag, a command or an argument that makes no sense ends every command with status 2', async () => {
  const flags = (await allCommands()).map((words) => [...words, '--no-such-flag']);
  const others = [[], ['trian'], ['data'], ['data', 'inof'], ['predict'], ['train', '--seed', 'x']];
  for (const { words, status, text, loaded } of runMany([...flags, ...others])) {
    assert.equal(status, 2, `${words.join(' ')}: ${text}`);
    assert.match(text, /^(error: |Usage: )/);
    assert.deepEqual(loaded, [], words.join(' '));
  }
});

test('what the file system refuses is told in one line with a remedy', () => {
  const [outcome] = runMany([['audit', 'claims/paper.json', '--html', '/proc/none/report.html']]);
  assert.equal(outcome!.status, 2, outcome!.text);
  assert.match(outcome!.text, /^error: \/proc\/none.*: no such file or folder\n {2}remedy: .*\nnote: /);
});

/** Runs the program itself, after code that changes its process. */
function runAfter(code: string, ...words: string[]) {
  const preload = `data:text/javascript,${encodeURIComponent(code)}`;
  const main = join(projectRoot(), 'src/cli/main.ts');
  const argv = ['--import', 'tsx', '--import', preload, main, ...words];
  return spawnSync(process.execPath, argv, { cwd: projectRoot(), encoding: 'utf8' });
}

test('a version of Node on which something breaks is refused before anything is loaded', () => {
  for (const version of ['18.20.8', '24.1.0']) {
    const code = `Object.defineProperty(process.versions, 'node', { value: '${version}' })`;
    const { status, stderr, stdout } = runAfter(code, 'train');
    assert.equal(status, 2, stderr);
    assert.match(
      stderr,
      new RegExp(`^error: this is Node ${version}.*\\n  remedy: install Node 20.19 .*\\n$`),
    );
    assert.equal(stdout, '');
  }
});

test('a note of ours is one line, without a hint for programmers', () => {
  const [first, second] = runMany([['--version'], ['--version']]);
  for (const { text } of [first!, second!]) assert.match(text, /^\d+\.\d+\.\d+\nnote: --version\n$/);
});
