import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SetupError } from './errors.mjs';
import { capture } from './shell.mjs';

const LIST = 'requirements-installer.txt';

const PIP = ['-m', 'pip', '--no-input', '--disable-pip-version-check'];

/**
 * Installs packages into a Python environment: with uv, which takes a fifth of pip's time, and with pip where uv fails. Both
 * keep to the settings that pip has on this machine.
 * @param python of the environment
 * @param words of requirements and constraints, such as `-r requirements.txt`
 * @throws SetupError if neither can
 */
export async function installPackages(project, python, words) {
  try {
    await provideUv(project, python);
    const { flags, variables } = uvSettings(pipSettings(python, project.environment));
    await project.shell.run(
      python,
      ['-m', 'uv', 'pip', 'install', '--no-progress', '--python', python, ...flags, ...words],
      { cwd: project.root, env: { ...project.environment, ...variables } },
    );
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    await runPip(project, ['install', ...words], python);
  }
}

/** Runs pip of an environment. @throws SetupError */
export async function runPip(project, words, python) {
  await project.shell.run(python, [...PIP, ...words], {
    cwd: project.root,
    remedy: "check that pip's package index can be reached and that 4 GB of disk space are free",
  });
}

async function provideUv(project, python) {
  const wanted = readFileSync(join(project.root, LIST), 'utf8').match(/^uv==(\S+)/m)[1];
  if (capture(python, ['-m', 'uv', '--version'])?.split(' ')[1] === wanted) return;
  await runPip(project, ['install', '-r', LIST], python);
}

const SETTING = /^(?<section>global|install|:env:)\.(?<name>[\w-]+)=(?<quote>['"])(?<value>.*)\k<quote>$/;

/**
 * What pip is told by its files and its environment, by the name of the long flag; the settings of `pip install` come before
 * those for all commands, and the environment comes before both.
 */
export function pipSettings(python, environment) {
  const found = { global: {}, install: {}, ':env:': {} };
  const lines = capture(python, [...PIP, 'config', 'list'], { env: environment })?.split('\n') ?? [];
  for (const line of lines) {
    const { section, name, value } = line.match(SETTING)?.groups ?? {};
    if (section) found[section][name] = value.replace(/\\(.)/g, (_, sign) => (sign === 'n' ? '\n' : sign));
  }
  return { ...found.global, ...found.install, ...found[':env:'] };
}

/** Each setting of pip that may hold several values, as a flag of uv that holds one. */
const FLAGS = {
  'index-url': '--default-index',
  'extra-index-url': '--index',
  'find-links': '--find-links',
  constraint: '--constraints',
  'trusted-host': '--allow-insecure-host',
};

/** Each setting of pip that uv takes from its environment. */
const VARIABLES = { cert: 'SSL_CERT_FILE', proxy: 'ALL_PROXY', timeout: 'UV_HTTP_TIMEOUT' };

/**
 * Settings of pip in uv's words.
 * @param settings by the names of pip's long flags
 * @returns flags of `uv pip install`, and variables of its environment
 */
export function uvSettings(settings) {
  const flags = Object.entries(FLAGS).flatMap(([name, flag]) =>
    valuesOf(settings[name]).flatMap((value) => [flag, value]),
  );
  const isSet = (value) => /^(1|true|yes|on)$/i.test(value ?? '');
  const variables = Object.entries(VARIABLES).flatMap(([name, variable]) => {
    const value = settings[name] ?? settings[`default-${name}`];
    return value ? [[variable, value]] : [];
  });
  return {
    // pip takes the best version of all indexes, whichever comes first.
    flags: [
      '--index-strategy',
      'unsafe-best-match',
      ...(isSet(settings['no-index']) ? ['--no-index'] : []),
      ...flags,
    ],
    variables: Object.fromEntries(variables),
  };
}

const valuesOf = (text) => (text ?? '').split(/\s+/).filter(Boolean);
