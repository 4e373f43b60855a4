import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { checkNode, isServed } from '../../setup/machine.mjs';
import { projectRoot } from '../../src/paths';

const read = (name: string) => readFileSync(join(projectRoot(), name), 'utf8');
const lines = (name: string) =>
  read(name)
    .split('\n')
    .filter((line) => line.trim() !== '');
const isPin = (line: string) => /^[\w.-]+(\[[\w-]+\])?==[\w.]+(; .+)?$/.test(line);
const isNote = (line: string) => line.trim().startsWith('#');

/** Names and versions of pinned lines, without the variants for other Pythons. */
function pins(name: string): Map<string, string> {
  const entries = lines(name)
    .filter(isPin)
    .filter((line) => !line.includes('python_version <'));
  return new Map(entries.map((line) => line.split(';')[0]!.split('==') as [string, string]));
}

describe('the versions of the Python packages', () => {
  it('are all pinned', () => {
    for (const part of ['', '-cpu', '-gpu', '-test']) {
      const name = `requirements${part}.txt`;
      const loose = lines(name).filter((line) => !isNote(line) && !line.startsWith('-r ') && !isPin(line));
      assert.deepEqual(loose, [], name);
    }
  });

  it('are the same for CPU and GPU, but for TensorFlow and its CUDA libraries', () => {
    const names = (file: string) =>
      lines(file).filter((line) => !isNote(line) && !line.startsWith('nvidia-'));
    assert.deepEqual(names('requirements-cpu.txt').map(nameOf), [
      '-r requirements.txt',
      'tensorflow-cpu',
      'tensorflow',
    ]);
    assert.deepEqual(names('requirements-gpu.txt').map(nameOf), [
      '-r requirements.txt',
      'tensorflow[and-cuda]',
    ]);
    const versions = new Set([
      ...pins('requirements-cpu.txt').values(),
      pins('requirements-gpu.txt').get('tensorflow[and-cuda]'),
    ]);
    assert.equal(versions.size, 1);
  });

  it('in environment.yml are those of requirements.txt, each with its reason', () => {
    const pinned = pins('requirements.txt');
    const environment = lines('environment.yml');
    const start = environment.indexOf('dependencies:');
    const packages = environment.flatMap((line, index) => {
      const [, name, version] = /^\s+- ([\w.-]+)(?:==?([\w.]+))?$/.exec(line) ?? [];
      return name && index > start
        ? [{ name, version, reason: environment[index - 1]!, isPip: line.includes('==') }]
        : [];
    });
    assert.ok(packages.filter(({ isPip }) => isPip).length >= 5);
    for (const { name, version, reason, isPip } of packages) {
      assert.ok(isNote(reason), `${name} has no reason`);
      if (isPip) assert.equal(version, pinned.get(name), name);
    }
    const versionOf = (name: string) => packages.find((entry) => entry.name === name)?.version;
    assert.ok(isServed(versionOf('python')));
    checkNode(`${versionOf('nodejs')}.12.0`);
  });

  for (const name of ['requirements.txt', 'requirements-test.txt']) {
    it(`have a reason in ${name} where the project itself uses them`, () => {
      const all = lines(name);
      const own = all.slice(
        all.indexOf('# Used by the project') + 1,
        all.findIndex((line) => line.startsWith('# Needed by')),
      );
      assert.ok(own.some(isPin));
      for (const [index, line] of own.entries())
        if (isPin(line) && !line.includes('python_version <')) assert.ok(isNote(own[index - 1] ?? ''), line);
    });
  }

  it('of the tests leave those of the project as they are', () => {
    const pinned = pins('requirements.txt');
    for (const name of pins('requirements-test.txt').keys()) assert.equal(pinned.has(name), false, name);
  });
});

const nameOf = (line: string) => line.split('==')[0]!;
