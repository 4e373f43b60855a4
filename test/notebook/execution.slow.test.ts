import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { FerlabError } from '../../src/errors';
import { executeNotebook } from '../../src/notebook/execution';
import { joinText, readNotebook, writeNotebook } from '../../src/notebook/notebook-file';
import { findPython } from '../../src/notebook/python';
import { runNotebooks } from '../../src/notebook/run-notebooks';
import { projectRoot } from '../../src/paths';
import { codeCells, NOTEBOOK_FOLDER } from './cells';

const folder = mkdtempSync(join(tmpdir(), 'ferlab-execution-'));
after(() => rmSync(folder, { recursive: true }));

/** Writes a notebook with these cells and returns its path. */
function writeCells(name: string, cells: readonly string[], kernel = 'ferlab'): string {
  const path = join(folder, `${name}.ipynb`);
  writeNotebook(path, {
    cells: cells.map((source, i) => ({
      id: `cell-${i}`,
      cell_type: 'code',
      source,
      metadata: i === 0 ? { tags: ['parameters'] } : {},
      outputs: [],
      execution_count: null,
    })),
    metadata: { kernelspec: { name: kernel, display_name: kernel, language: 'typescript' } },
    nbformat: 4,
    nbformat_minor: 5,
  });
  return path;
}

/** What the cells of an executed notebook printed, one text a cell. */
function printed(path: string): string[] {
  return codeCells(readNotebook(path)).map((cell) =>
    (cell.outputs ?? [])
      .map((output) => joinText(output.text) || joinText(output.data?.['text/plain'] as string))
      .join(''),
  );
}

async function failureOf(work: Promise<unknown>): Promise<FerlabError> {
  const error = await work.then(
    () => assert.fail('nothing failed'),
    (reason) => reason,
  );
  assert.ok(error instanceof FerlabError, String(error));
  return error;
}

const options = { python: findPython(), workingFolder: NOTEBOOK_FOLDER };

test('a notebook runs from top to bottom with the parameters of the run', async () => {
  writeCells('passing', ['const seed: number = 1;', 'console.log(seed + 1);', '({ seed })']);
  const events: string[] = [];
  const [run] = await runNotebooks({
    parameters: { seed: 41 },
    notebookFolder: folder,
    only: ['passing'],
    outputFolder: join(folder, 'out'),
    onEvent: ({ event }) => events.push(event),
  });
  assert.equal(run!.status, 'passed');
  const texts = printed(join(folder, 'out/passing.ipynb'));
  assert.deepEqual(
    texts.map((text) => text.trim()),
    ['', '', '42', '{ seed: 41 }'],
  );
  assert.deepEqual(printed(join(folder, 'passing.ipynb')), ['', '', ''], 'the notebook itself is untouched');
  assert.equal(events.filter((event) => event === 'cell-end').length, 4);
});

test('a failing cell is told with the JavaScript error, and the notebook is saved up to there', async () => {
  const path = writeCells('failing', ["'before'", "throw new TypeError('no such face: 7');", "'after'"]);
  const error = await failureOf(executeNotebook(path, options));
  assert.equal(error.exitStatus, 1);
  assert.match(error.message, /cell 2 of .*failing\.ipynb failed[\s\S]*TypeError: no such face: 7/);
  const [before, failed, later] = codeCells(readNotebook(path));
  assert.match(printed(path)[0]!, /before/);
  assert.deepEqual(
    failed!
      .outputs!.filter((output) => output.output_type === 'error')
      .map(({ ename, evalue }) => [ename, evalue]),
    [['TypeError', 'no such face: 7']],
  );
  assert.deepEqual([before!.execution_count, later!.outputs], [1, []]);
});

test('a kernel that is killed is told apart from an error of the cell', async () => {
  const path = writeCells('killed', ["'before'", "process.kill(process.pid, 'SIGKILL')"]);
  const error = await failureOf(executeNotebook(path, options));
  assert.match(error.message, /the kernel died in cell 2/);
  assert.match(error.remedy!, /memory/);
  assert.match(printed(path)[0]!, /before/);
});

test('a cell that takes too long is stopped and told', async () => {
  const path = writeCells('slow', ["'before'", 'await new Promise((end) => setTimeout(end, 60_000));']);
  const error = await failureOf(executeNotebook(path, { ...options, cellTimeoutSeconds: 2 }));
  assert.match(error.message, /cell 2 .* took longer than 2 s/);
  assert.match(error.remedy!, /--timeout/);
});

test('an interrupt lets the cell end in order, and has its own status', async () => {
  const path = writeCells('interrupted', [
    "import { interruptible } from 'ferlab';",
    `console.log('waiting');
     await interruptible((signal) => new Promise((end) => signal.addEventListener('abort', end)));
     console.log('checkpoint written');`,
    "'after'",
  ]);
  const controller = new AbortController();
  const work = executeNotebook(path, {
    ...options,
    signal: controller.signal,
    onEvent: (event) => event.event === 'output' && event.text.includes('waiting') && controller.abort(),
  });
  const error = await failureOf(work);
  assert.equal(error.exitStatus, 130);
  assert.match(error.message, /interrupted in cell [23]/);
  assert.match(printed(path)[1]!, /checkpoint written/);
});

test('a missing environment and a missing kernel are told, each with its remedy', async () => {
  const path = writeCells('nowhere', ['1'], 'no-such-kernel');
  const noPython = await failureOf(executeNotebook(path, { ...options, python: join(folder, 'no-python') }));
  assert.match(`${noPython.message} ${noPython.remedy}`, /cannot start .*no-python.*npm run setup/);
  const noKernel = await failureOf(executeNotebook(path, options));
  assert.match(`${noKernel.message} ${noKernel.remedy}`, /no-such-kernel is not installed.*npm run setup/);
  assert.throws(() => findPython(folder, {}), /no Python environment was found/);
});

/** Runs the command line from its source. */
function ferlab(...words: string[]): { child: ChildProcess; output: () => string } {
  const main = join(projectRoot(), 'src/cli/main.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', main, ...words], { cwd: projectRoot() });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (more) => (text += more));
  return { child, output: () => text };
}

test('the command ends with the status of the failure and prints the JavaScript error', async () => {
  const name = 'ferlab-test-failing';
  const path = join(NOTEBOOK_FOLDER, `${name}.ipynb`);
  writeFileSync(
    path,
    JSON.stringify(
      readNotebook(
        writeCells(name, [
          "const profile = ''; const seed: number = 0; const anew = false;",
          // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the text of a cell
          'throw new RangeError(`on purpose: ${profile} ${seed} ${anew}`);',
        ]),
      ),
    ),
  );
  try {
    const { child, output } = ferlab(
      'run-notebooks',
      '--profile',
      'smoke',
      '--seed',
      '41',
      '--anew',
      '--notebook',
      name,
      '--out',
      join(folder, 'cli'),
    );
    const [status] = await once(child, 'close');
    assert.equal(status, 1, output());
    assert.match(output(), /RangeError: on purpose: smoke 41 true/);
    assert.match(
      joinText(codeCells(readNotebook(join(folder, 'cli', `${name}.ipynb`))).at(-1)!.outputs![0]!.ename!),
      /RangeError/,
    );
  } finally {
    rmSync(path);
  }
});

test('Ctrl-C stops the command with status 130 and leaves no kernel behind', async () => {
  const { child, output } = ferlab(
    'run-notebooks',
    '--profile',
    'smoke',
    '--notebook',
    '01',
    '--out',
    join(folder, 'stop'),
  );
  await new Promise((ready) => child.stderr!.on('data', ready));
  setTimeout(() => child.kill('SIGINT'), 6000);
  const [status] = await once(child, 'close');
  assert.equal(status, 130, output());
  assert.match(output(), /interrupted in cell/);
  readNotebook(join(folder, 'stop/01-load-fer2013.ipynb'));
});

test('flags that make no sense are bad input', async () => {
  for (const words of [
    ['--notebook', '77'],
    ['--seed', 'x'],
    ['--data', join(folder, 'none.csv')],
  ]) {
    const { child, output } = ferlab('run-notebooks', '--out', join(folder, 'bad'), ...words);
    const [status] = await once(child, 'close');
    assert.equal(status, 2, output());
  }
});
