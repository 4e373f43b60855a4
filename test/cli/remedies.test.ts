import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Command } from 'commander';
import { buildProgram } from '../../src/cli/program';
import { buildSample } from '../../src/dataset/sample';
import { splitDataset } from '../../src/dataset/split';
import { FerlabError } from '../../src/errors';
import { projectRoot } from '../../src/paths';
import { openRun } from '../../src/run/open-run';
import { stopped } from '../../src/train/training';
import { explainWriteFailure } from '../../src/write-whole';
import { scratchFolder } from '../dataset/files';
import { commandsIn, namesIn, readSources } from './remedies';

// What messages tell people to do has to exist: every command, flag, variable and script that a text of the sources
// names is looked up, and the remedies that once were wrong are asked for.

const { texts: TEXTS, identifiers } = readSources();

/** Flags of other programs that remedies name. */
const OF_OTHERS = ['--notest', '--ignore-scripts', '--out', '--allow-scripts', '--no-sandbox'];

/** A command with its subcommands, all loaded. */
async function load(words: readonly string[]): Promise<{ command: Command; rest: readonly string[] }> {
  const program = await buildProgram(words);
  let command = program.commands.find((one) => one.name() === words[0]);
  assert.ok(command, `there is no command ${words[0]}`);
  let rest = words.slice(1);
  const inner = command.commands.find((one) => one.name() === rest[0]);
  if (inner) [command, rest] = [inner as Command, rest.slice(1)];
  return { command, rest };
}

const flagsOf = (command: Command) => command.options.flatMap(({ long }) => (long ? [long] : []));

test('every command that a message or a help text names exists, with its flags', async () => {
  const named = TEXTS.flatMap((text) => commandsIn(text).map((words) => ({ ...text, words })));
  assert.ok(named.length > 30, String(named.length));
  for (const { file, words } of named) {
    const { command, rest } = await load(words);
    for (const flag of rest.filter((word) => /^--[a-z]/.test(word))) {
      assert.ok([...flagsOf(command), '--help'].includes(flag), `${file}: ${words.join(' ')} has no ${flag}`);
    }
    const isParent = command.commands.length > 0;
    assert.ok(!isParent || rest.length === 0 || rest[0] === '…', `${file}: ${words.join(' ')}`);
  }
});

test('every flag, variable and script that a message names exists', async () => {
  const names = (await buildProgram([])).commands.map((command) => command.name());
  const commands = await Promise.all(names.map((name) => load([name])));
  const flags = commands.flatMap(({ command }) =>
    [command, ...command.commands].flatMap((one) => flagsOf(one as Command)),
  );
  const { scripts } = JSON.parse(readFileSync(join(projectRoot(), 'package.json'), 'utf8'));
  for (const text of TEXTS) {
    const found = namesIn(text);
    for (const flag of found.flags.filter(
      (one) => /remedy|use|give|with|name/.test(text.text) && !OF_OTHERS.includes(one),
    ))
      if (/^[a-z]/.test(text.text))
        assert.ok(
          [...flags, '--help', '--version'].includes(flag),
          `${text.file}: ${flag} in "${text.text}"`,
        );
    for (const name of found.variables)
      assert.ok(
        identifiers.has(name) || TEXTS.some(({ text: one }) => one === name),
        `${text.file}: nobody reads $${name}`,
      );
    for (const script of found.scripts)
      assert.ok(
        script in scripts || script === 'install' || script === 'ci',
        `${text.file}: npm run ${script}`,
      );
  }
});

const remedyOf = (call: () => unknown): string => {
  try {
    call();
  } catch (error) {
    assert.ok(error instanceof FerlabError, String(error));
    return `${error.message} > ${error.remedy}`;
  }
  return assert.fail('nothing is thrown');
};

test('a random split of too few images does not ask for a random split', () => {
  const sample = buildSample({ seed: 1 });
  const few = { ...sample, count: 2, labels: sample.labels.slice(0, 2), usages: sample.usages.slice(0, 2) };
  const official = remedyOf(() => splitDataset(few, { protocol: 'official', seed: 1 }));
  assert.match(official, /--protocol paper/);
  const paper = remedyOf(() => splitDataset(few, { protocol: 'paper', seed: 1 }));
  assert.doesNotMatch(paper, /--protocol/);
});

test('what has no --resume is not told to use it: studies, notebooks, publishing', async () => {
  for (const name of ['study', 'publish', 'report']) {
    const { command } = await load([name]);
    assert.ok(!flagsOf(command).includes('--resume'), name);
  }
  const full = Object.assign(new Error('full'), { code: 'ENOSPC' });
  for (const error of [stopped('in epoch 1', {}), explainWriteFailure('x', full) as FerlabError]) {
    assert.match(error.remedy!, /command.*`ferlab train`.*--resume/);
  }
});

test('a folder that is not there, one that holds no run, and an unfinished run are told apart', (t) => {
  const folder = scratchFolder(t);
  assert.match(
    remedyOf(() => openRun('/nowhere')),
    /\/nowhere: there is no such folder > give the folder of a run/,
  );
  assert.match(
    remedyOf(() => openRun(folder)),
    /no run in this folder/,
  );
});
