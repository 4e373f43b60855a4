import { findKernelBridge } from './kernel-bridge';

/**
 * Runs `work` with a signal that an interrupt of the cell (the stop button, or SIGINT) aborts, so that it can end in
 * order: training stops within a batch and leaves its checkpoint.
 */
export async function interruptible<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const abort = () => controller.abort();
  const release = findKernelBridge()?.onInterrupt(abort) ?? listenToSigint(abort);
  try {
    return await work(controller.signal);
  } finally {
    release();
  }
}

function listenToSigint(listener: () => void): () => void {
  process.on('SIGINT', listener);
  return () => process.removeListener('SIGINT', listener);
}
