import assert from 'node:assert/strict';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { describeProject, pythonOf } from '../../setup/project.mjs';
import { pipSettings, uvSettings } from '../../setup/python-installer.mjs';

test('uv keeps to the settings that pip has: its files, its environment, and which of them counts', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'ferlab-pip-')), 'pip.conf');
  writeFileSync(
    file,
    `[global]
index-url = https://mirror.example/simple
extra-index-url =
    https://one.example/simple
    https://two.example/it's/simple
timeout = 20
[install]
constraint = held.txt
[list]
format = columns
`,
  );
  const clean = Object.entries(process.env).filter(([name]) => !name.startsWith('PIP_'));
  const settings = pipSettings(pythonOf(describeProject()), {
    ...Object.fromEntries(clean),
    PIP_CONFIG_FILE: file,
    PIP_TIMEOUT: '90',
    PIP_CERT: '/etc/mirror.pem',
    PIP_TRUSTED_HOST: 'mirror.example',
  });
  const { flags, variables } = uvSettings(settings);
  const pairs = [
    ['--index-strategy', 'unsafe-best-match'],
    ['--default-index', 'https://mirror.example/simple'],
    ['--index', 'https://one.example/simple'],
    ['--index', "https://two.example/it's/simple"],
    ['--allow-insecure-host', 'mirror.example'],
  ];
  for (const pair of pairs)
    assert.ok(flags.join(' ').includes(pair.join(' ')), `${pair.join(' ')} in ${flags.join(' ')}`);
  assert.ok(flags.join(' ').includes('--constraints held.txt'));
  assert.deepEqual(variables, { SSL_CERT_FILE: '/etc/mirror.pem', UV_HTTP_TIMEOUT: '90' });
});

test('without settings uv has only its order of indexes changed', () => {
  assert.deepEqual(uvSettings({}), { flags: ['--index-strategy', 'unsafe-best-match'], variables: {} });
  assert.ok(uvSettings({ 'no-index': '1' }).flags.includes('--no-index'));
  assert.ok(!uvSettings({ 'no-index': '0' }).flags.includes('--no-index'));
});
