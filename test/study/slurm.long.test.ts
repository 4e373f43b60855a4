// Runs alone: it starts Slurm's daemons, which fill all cores with trainings
import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { projectRoot } from '../../src/paths';
import { randomStream } from '../../src/random';
import { ferlabWith } from '../cli/ferlab';
import { OneNodeSlurm, whyNoSlurm } from './one-node-slurm';

const RUNS = 12;
const SLOTS = 3;
/** Runs that were stopped and are trained again without a stop: the others are as likely to differ. */
const COMPARED = 3;
const FILES = ['weights.bin', 'history.json', 'predictions-validation.csv', 'config.json'];

/** Small images at first and few epochs: a run takes less than a minute. */
const STUDY = {
  title: 'Seeds',
  protocol: 'Two epochs.',
  profile: 'smoke',
  set: {
    model: 'strong-cnn',
    epochs: 2,
    batchSize: 32,
    imageSizes: [
      { side: 16, share: 0.5 },
      { side: 48, share: 0.5 },
    ],
    precision: 'float32',
  },
  variants: Array.from({ length: RUNS }, (_, seed) => ({
    ...{ name: `seed-${seed}`, change: `seed ${seed}` },
    set: { seed: seed + 1 },
  })),
};

describe('a study in a queue of Slurm', { skip: whyNoSlurm(), timeout: 60 * 60_000 }, () => {
  const slurm = new OneNodeSlurm();
  const study = join(slurm.folder, 'seeds.json');
  const runs = join(slurm.folder, 'runs');
  const undisturbed = join(slurm.folder, 'undisturbed');
  let array = '';

  const tasks = (states: string) =>
    slurm.ask('squeue', '-h', '-r', '-j', array, '-t', states, '-o', '%i').split('\n').filter(Boolean);

  before(async () => {
    writeFileSync(study, JSON.stringify(STUDY));
    mkdirSync(runs);
    await slurm.start(SLOTS);
  });
  after(() => slurm.stop());

  it('loses nothing to requeued jobs, a killed node and a restarted controller', async () => {
    const { integer } = randomStream(1, 'disturb');
    array = slurm
      .ask(
        'sbatch',
        ...[
          '--parsable',
          `--array=0-${RUNS - 1}`,
          `--chdir=${projectRoot()}`,
          `--output=${slurm.folder}/%a.log`,
        ],
        ...[`--export=ALL,FERLAB_RUNS=${runs}`, 'studies/slurm-array.sh', study, '--sample'],
      )
      .split(';')[0]!;
    for (let round = 0; tasks('PD,R,CG,CF').length > 0; round++) {
      await delay(3000 + integer(4000));
      const running = tasks('R');
      if (round < 12 && running.length > 0)
        slurm.ask('scontrol', 'requeue', running[integer(running.length)]!);
      if (round === 4) {
        await slurm.kill('slurmd');
        slurm.startNode();
      }
      if (round === 7) {
        await slurm.kill('slurmctld');
        slurm.startController();
        await delay(3000);
      }
    }
    const restarts = logs().flatMap((text) => [...text.matchAll(/restart ([1-9])/g)]);
    assert.ok(restarts.length >= 6, logs().join('\n'));
    const names = STUDY.variants.map(({ name }) => name);
    assert.deepEqual(readdirSync(join(runs, 'seeds')).sort(), names.toSorted());
    const disturbed = names.filter((name) => resumesOf(name) > 0).slice(0, COMPARED);
    assert.equal(disturbed.length, COMPARED, logs().join('\n'));
    const { status, stdout } = ferlabWith(
      { FERLAB_RUNS: undisturbed, FER2013: '' },
      ...['study', study, '--sample', '--only', ...disturbed],
    );
    assert.equal(status, 0, stdout);
    for (const name of disturbed)
      for (const file of FILES)
        assert.deepEqual(contentOf(runs, name, file), contentOf(undisturbed, name, file), `${name}/${file}`);
  });

  const contentOf = (root: string, name: string, file: string) =>
    readFileSync(join(root, 'seeds', name, file));

  /** How often the record of a run tells that it went on. */
  function resumesOf(name: string): number {
    const { environments } = JSON.parse(contentOf(runs, name, 'record.json').toString());
    return environments.filter(({ event }: { event: string }) => event === 'resume').length;
  }

  const logs = () =>
    readdirSync(slurm.folder)
      .filter((name) => /^\d+\.log$/.test(name))
      .map((name) => readFileSync(join(slurm.folder, name), 'utf8'));
});
