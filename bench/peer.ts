import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import type { Answer, Task } from './protocol';

const HERE = __dirname;
const PYTHON = join(HERE, '.venv', 'bin', 'python');

/** A library that is measured, in a process of its own. */
export interface PeerDefinition {
  readonly name: string;
  readonly command: readonly string[];
  readonly precisions: readonly Task['precision'][];
}

const typescript = (file: string) => [process.execPath, '--import', 'tsx', join(HERE, 'peers', file)];
const python = (file: string, ...args: string[]) => [PYTHON, join(HERE, 'peers', file), ...args];

export const OURS = 'ferlab';

export const PEERS: readonly PeerDefinition[] = [
  { name: OURS, command: typescript('ferlab.ts'), precisions: ['float32', 'bfloat16'] },
  { name: 'stock tfjs-node', command: typescript('stock-tfjs.ts'), precisions: ['float32'] },
  { name: 'Keras 3, TensorFlow', command: python('keras_peer.py'), precisions: ['float32', 'bfloat16'] },
  {
    name: 'PyTorch, contiguous',
    command: python('torch_peer.py', 'contiguous'),
    precisions: ['float32', 'bfloat16'],
  },
  {
    name: 'PyTorch, channels_last',
    command: python('torch_peer.py', 'channels_last'),
    precisions: ['float32', 'bfloat16'],
  },
];

/** A running peer; it computes only while it is asked. */
export class Peer {
  readonly #process: ChildProcess;
  readonly #lines: Interface;
  #waiting: ((line: string) => void) | null = null;

  constructor(readonly definition: PeerDefinition) {
    const [command, ...args] = definition.command as [string, ...string[]];
    const env = { ...process.env, TF_CPP_MIN_LOG_LEVEL: '2' };
    this.#process = spawn(command, args, { stdio: ['pipe', 'pipe', 'ignore'], env });
    this.#lines = createInterface({ input: this.#process.stdout! });
    this.#lines.on('line', (line) => this.#answer(line));
    this.#process.on('exit', (code) => this.#answer(JSON.stringify({ error: `ended with status ${code}` })));
    this.#process.on('error', (error) => this.#answer(JSON.stringify({ error: error.message })));
  }

  #answer(line: string): void {
    if (!line.startsWith('{')) return; // a library's own chatter
    this.#waiting?.(line);
    this.#waiting = null;
  }

  /** @throws Error when the peer fails */
  async ask(task: Task): Promise<Answer> {
    const line = await new Promise<string>((resolve) => {
      this.#waiting = resolve;
      this.#process.stdin!.write(`${JSON.stringify(task)}\n`);
    });
    const answer = JSON.parse(line) as Answer & { error?: string };
    if (answer.error) throw new Error(`${this.definition.name}: ${answer.error}`);
    return answer;
  }

  stop(): void {
    this.#process.kill();
  }
}
