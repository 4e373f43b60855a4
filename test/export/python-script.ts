import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after } from 'node:test';
import { findPython } from '../../src/notebook/python';

/**
 * A Python script of this folder that answers each line with a line. The first question starts it, and the end of the
 * test file ends it: to load TensorFlow for each question would take seconds.
 */
export class PythonScript {
  #process: ChildProcess | undefined;
  #answers: AsyncIterator<string> | undefined;

  constructor(readonly name: string) {
    after(() => this.#process?.stdin?.end());
  }

  /** @throws Error when the script ends without an answer; its own message is on stderr then */
  async ask(question: readonly unknown[]): Promise<string> {
    if (!this.#process || !this.#answers) {
      this.#process = spawn(findPython(), [join(__dirname, this.name)], {
        stdio: ['pipe', 'pipe', 'inherit'],
      });
      this.#answers = createInterface({ input: this.#process.stdout! })[Symbol.asyncIterator]();
    }
    this.#process.stdin!.write(`${JSON.stringify(question)}\n`);
    const { done, value } = await this.#answers.next();
    if (done) throw new Error(`${this.name} gives no answer to ${question.join(' ')}`);
    return value;
  }
}
