import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import type { Answer, Task } from './protocol';

const HERE = __dirname;
const PYTHON = join(HERE, '.venv', 'bin', 'python');

/** A library that is measured, in a process of its own. */
export interface PeerDefinition {
  /** Word by which it is chosen on the command line. */
  readonly id: string;
  /** Name for readers, under which results are saved. */
  readonly name: string;
  readonly command: readonly string[];
  readonly precisions: readonly Task['precision'][];
  /** Engines for exported networks predict and do not train. */
  readonly predictsOnly?: boolean;
}

const typescript = (file: string) => [process.execPath, '--import', 'tsx', join(HERE, 'peers', file)];
const python = (file: string, ...args: string[]) => [PYTHON, join(HERE, 'peers', file), ...args];

export const OURS = 'ferlab';

export const PEERS: readonly PeerDefinition[] = [
  { id: 'ferlab', name: OURS, command: typescript('ferlab.ts'), precisions: ['float32', 'bfloat16'] },
  { id: 'tfjs', name: 'stock tfjs-node', command: typescript('stock-tfjs.ts'), precisions: ['float32'] },
  {
    id: 'keras',
    name: 'Keras 3, TensorFlow',
    command: python('keras_peer.py'),
    precisions: ['float32', 'bfloat16'],
  },
  {
    id: 'pytorch',
    name: 'PyTorch, contiguous',
    command: python('torch_peer.py', 'contiguous'),
    precisions: ['float32', 'bfloat16'],
  },
  {
    id: 'pytorch-channels-last',
    name: 'PyTorch, channels_last',
    command: python('torch_peer.py', 'channels_last'),
    precisions: ['float32', 'bfloat16'],
  },
  {
    id: 'onnxruntime',
    name: 'ONNX Runtime',
    command: python('onnxruntime_peer.py'),
    precisions: ['float32'],
    predictsOnly: true,
  },
  {
    id: 'openvino',
    name: 'OpenVINO',
    command: python('openvino_peer.py'),
    precisions: ['float32', 'bfloat16'],
    predictsOnly: true,
  },
];

/** A running peer; it computes only while it is asked. */
export class Peer {
  readonly #process: ChildProcess;
  readonly #lines: Interface;
  #waiting: ((line: string) => void) | null = null;
  /** The last that the process wrote to its standard error: why it failed, where it did. */
  #complaint = '';
  /** Set once the process has ended: nobody answers any more. */
  #ended: string | null = null;

  constructor(readonly definition: PeerDefinition) {
    const [command, ...args] = definition.command as [string, ...string[]];
    // Both TensorFlows compute faster with oneDNN, also on processors on which they leave it out by themselves.
    const env = { ...process.env, TF_CPP_MIN_LOG_LEVEL: '2', TF_ENABLE_ONEDNN_OPTS: '1' };
    this.#process = spawn(command, args, { stdio: 'pipe', env });
    this.#lines = createInterface({ input: this.#process.stdout! });
    this.#lines.on('line', (line) => this.#answer(line));
    this.#process.stderr!.on('data', (data: Buffer) => {
      this.#complaint = (this.#complaint + data.toString()).slice(-2000);
    });
    this.#process.stdin!.on('error', () => {}); // writing to a process that has ended: 'close' tells why
    this.#process.on('close', (code, signal) => this.#end(`ended with status ${code ?? signal}`));
    this.#process.on('error', (error) => this.#end(error.message));
  }

  #end(problem: string): void {
    const complaint = this.#complaint.trim().split('\n').at(-1);
    this.#ended ??= JSON.stringify({ error: complaint ? `${problem}: ${complaint}` : problem });
    this.#answer(this.#ended);
  }

  #answer(line: string): void {
    if (!line.startsWith('{')) return; // a library's own chatter
    this.#waiting?.(line);
    this.#waiting = null;
  }

  /** @throws Error when the peer fails */
  async ask(task: Task): Promise<Answer> {
    const line = await new Promise<string>((resolve) => {
      if (this.#ended) return resolve(this.#ended);
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
