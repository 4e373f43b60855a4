import type { ExecutionEvent } from '../notebook/execution';
import type { NotebookPosition } from '../notebook/run-notebooks';

/** Where progress is printed: a terminal, or a file or pipe. */
export interface ProgressStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

// In a log file a line for each cell would drown the rest; a cell that runs long says what it prints this often.
const LOG_EVERY_MS = 10_000;

/** Tells which notebook and cell is running: one line that is rewritten in a terminal, a few lines in a log. */
export class NotebookProgress {
  readonly #started = performance.now();
  #title = '';
  #cell = '';
  #loggedAt = 0;
  #open = false;

  constructor(private readonly stream: ProgressStream) {}

  notebook(position: NotebookPosition): void {
    this.end();
    this.#title = `notebook ${position.number}/${position.count} ${position.name}`;
    this.#loggedAt = performance.now();
    this.#print('', true);
  }

  event(event: ExecutionEvent): void {
    if (event.event === 'cell-start') this.#cell = `cell ${event.cell}/${event.cells}`;
    const said = event.event === 'output' ? lastLine(event.text) : '';
    const due = event.event === 'output' && performance.now() - this.#loggedAt > LOG_EVERY_MS;
    if (due) this.#loggedAt = performance.now();
    this.#print(said, due);
  }

  /** Ends the line, so that what follows starts on a new one. */
  end(): void {
    if (this.#open) this.stream.write('\n');
    this.#open = false;
    this.#cell = '';
  }

  #print(said: string, log: boolean): void {
    const seconds = Math.floor((performance.now() - this.#started) / 1000);
    const time = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
    const line = [time, this.#title, this.#cell, said].filter(Boolean).join('  ');
    if (this.stream.isTTY) {
      this.stream.write(`\r\u001b[K${line.slice(0, (this.stream.columns ?? 80) - 1)}`);
      this.#open = true;
    } else if (log) {
      this.stream.write(`${line}\n`);
    }
  }
}

const lastLine = (text: string) => text.trimEnd().split('\n').at(-1)?.split('\r').at(-1) ?? '';
