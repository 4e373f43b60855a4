import { run } from 'node:test';

/** What Node's runner says last of a run: `tests 12`, `duration_ms 3400.5`. */
const TOTAL = /^(tests|suites|pass|fail|cancelled|skipped|todo|duration_ms) ([\d.]+)$/;

/** How many of the slowest files are named at the end. */
const SLOWEST = 10;

/** Totals over stages, and the seconds of each file. */
export class Tally {
  totals = new Map();
  seconds = new Map();

  get failed() {
    return this.totals.size === 0 || ['fail', 'cancelled'].some((name) => this.totals.get(name) > 0);
  }

  add(name, value) {
    this.totals.set(name, (this.totals.get(name) ?? 0) + value);
  }

  /** Lines for the end of a run. */
  *lines() {
    const files = [...this.seconds].sort(([, a], [, b]) => b - a).slice(0, SLOWEST);
    for (const [name, seconds] of files) yield `slow ${seconds.toFixed(1).padStart(6)} s  ${name}`;
    for (const [name, value] of this.totals) yield `${name} ${value}`;
  }
}

/**
 * Runs stages one after the other as one run of tests: the events of Node's runner for a reporter, with the slowest files
 * and the totals of all stages at the end.
 * @param stages each `{ files, concurrency }`
 * @param {Tally} tally is filled
 */
export async function* runStages(stages, tally) {
  for (const { files, concurrency } of stages) {
    if (files.length === 0) continue;
    for await (const event of run({ files, concurrency })) {
      const { nesting, name, message, details } = event.data;
      const [, total, value] = (nesting === 0 && TOTAL.exec(message ?? '')) || [];
      if (event.type === 'test:complete' && nesting === 0 && files.includes(name))
        tally.seconds.set(name, details.duration_ms / 1000);
      if (total) tally.add(total, Number(value));
      // Node 22 sums a stage up in an event of its own.
      else if (event.type !== 'test:summary') yield event;
    }
  }
  for (const message of tally.lines()) yield { type: 'test:diagnostic', data: { nesting: 0, message } };
}
