import { closeSync, fstatSync, openSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';

/** How often a file is touched, in milliseconds. */
const BEAT_MS = 5_000;

/** A thread of its own beats on while the main thread computes for minutes. It ends when the file is gone. */
const BEAT = `
  const { workerData: { path, milliseconds } } = require('node:worker_threads');
  const { utimesSync } = require('node:fs');
  setInterval(() => {
    try {
      utimesSync(path, new Date(), new Date());
    } catch {
      process.exit();
    }
  }, milliseconds);
`;

/** Touches a file again and again, so that other machines see that this process lives. @returns ends it */
export function startHeartbeat(path: string): () => void {
  const worker = new Worker(BEAT, { eval: true, workerData: { path, milliseconds: BEAT_MS } });
  worker.unref();
  return () => void worker.terminate();
}

/**
 * Whether a file is touched while this process watches it. Nothing but its change counts: clocks of machines differ.
 * @param watchMs how long to watch, in milliseconds; several beats
 */
export async function isBeating(path: string, watchMs: number): Promise<boolean> {
  const first = touchOf(path);
  const end = performance.now() + watchMs;
  while (first !== null && performance.now() < end) {
    await delay(Math.min(500, watchMs / 10));
    const now = touchOf(path);
    if (now !== first) return now !== null;
  }
  return false;
}

/** When a file was touched, or null if it is gone. To open it makes a network file system ask its server. */
export function touchOf(path: string): bigint | null {
  try {
    const file = openSync(path, 'r');
    try {
      return fstatSync(file, { bigint: true }).mtimeNs;
    } finally {
      closeSync(file);
    }
  } catch {
    return null;
  }
}
