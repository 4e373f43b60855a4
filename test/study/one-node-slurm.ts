import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from '../lab/lab-server';

const PROGRAMS = ['munged', 'slurmctld', 'slurmd', 'sbatch', 'scontrol', 'squeue'];

/** Why no Slurm can be started here, or false if one can. */
export function whyNoSlurm(): string | false {
  if (process.getuid?.() !== 0) return 'slurmd needs root';
  const missing = PROGRAMS.filter((name) => !isThere(name));
  return missing.length > 0 && `${missing.join(', ')}: apt install slurmctld slurmd slurm-client munge`;
}

function isThere(program: string): boolean {
  try {
    execFileSync('which', [program], { env: ENVIRONMENT, stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

const ENVIRONMENT = { ...process.env, PATH: `${process.env.PATH}:/usr/sbin` };

/** A real Slurm of one node with some slots, whose files and ports are its own. */
export class OneNodeSlurm {
  readonly folder = mkdtempSync(join(tmpdir(), 'ferlab-slurm-'));
  readonly #children = new Map<string, ChildProcess>();

  get environment(): NodeJS.ProcessEnv {
    return { ...ENVIRONMENT, SLURM_CONF: join(this.folder, 'slurm.conf') };
  }

  async start(slots: number): Promise<void> {
    const socket = join(this.folder, 'munge.socket');
    for (const name of ['state', 'spool']) mkdirSync(join(this.folder, name));
    const key = join(this.folder, 'munge.key');
    writeFileSync(key, Buffer.alloc(1024, hostname()), { mode: 0o400 });
    writeFileSync(join(this.folder, 'slurm.conf'), await this.#configuration(socket, slots));
    const files = ['pid', 'seed', 'log'].map(
      (name) => `--${name}-file=${join(this.folder, `munge.${name}`)}`,
    );
    this.#run('munged', ['--foreground', '--force', `--key-file=${key}`, `--socket=${socket}`, ...files]);
    await delay(1000);
    this.startController();
    this.startNode();
    while (!this.ask('sinfo', '-h', '-o', '%T').includes('idle')) await delay(500);
  }

  async #configuration(socket: string, slots: number): Promise<string> {
    const [controller, node] = [await freePort(), await freePort()];
    const host = hostname().split('.')[0];
    const place = (name: string) => join(this.folder, name);
    return `ClusterName=one
SlurmctldHost=${host}(127.0.0.1)
SlurmUser=root
SlurmctldPort=${controller}
SlurmdPort=${node}
AuthType=auth/munge
AuthInfo=socket=${socket}
CredType=cred/munge
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
AccountingStorageType=accounting_storage/none
JobAcctGatherType=jobacct_gather/none
MpiDefault=none
StateSaveLocation=${place('state')}
SlurmdSpoolDir=${place('spool')}
SlurmctldPidFile=${place('slurmctld.pid')}
SlurmdPidFile=${place('slurmd.pid')}
SlurmctldLogFile=${place('slurmctld.log')}
SlurmdLogFile=${place('slurmd.log')}
SlurmdParameters=config_overrides
SlurmdTimeout=20
KillWait=10
MinJobAge=86400
JobRequeue=1
ReturnToService=2
CommunicationParameters=NoCtldInAddrAny,NoInAddrAny
NodeName=${host} NodeAddr=127.0.0.1 CPUs=${slots} RealMemory=1000 State=UNKNOWN
PartitionName=main Nodes=ALL Default=YES MaxTime=600 State=UP
`;
  }

  startController(): void {
    this.#run('slurmctld', ['-D']);
  }

  startNode(): void {
    this.#run('slurmd', ['-D']);
  }

  /** Kills a daemon, as a power cut does. */
  async kill(name: 'slurmctld' | 'slurmd'): Promise<void> {
    const child = this.#children.get(name)!;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }

  /** What one of Slurm's commands prints. */
  ask(program: string, ...words: string[]): string {
    return execFileSync(program, words, { env: this.environment, encoding: 'utf8' }).trim();
  }

  async stop(): Promise<void> {
    for (const name of ['slurmd', 'slurmctld', 'munged']) {
      const child = this.#children.get(name);
      if (!child || child.exitCode !== null || child.signalCode !== null) continue;
      child.kill('SIGTERM');
      await Promise.race([once(child, 'exit'), delay(5000).then(() => child.kill('SIGKILL'))]);
    }
    rmSync(this.folder, { recursive: true, force: true });
  }

  #run(program: string, words: string[]): void {
    this.#children.set(program, spawn(program, words, { env: this.environment, stdio: 'ignore' }));
  }
}
