import { randomUUID } from 'node:crypto';
import { findKernelBridge, type MimeData } from './kernel-bridge';

/** One output in several representations, of which each viewer takes the richest that it knows. */
export interface Bundle {
  readonly data: MimeData;
  readonly metadata?: Record<string, unknown>;
}

/** A place on the page that can be written again. */
export interface DisplaySlot {
  write(bundle: Bundle): void;
}

/** Shows a bundle below the running cell. Outside a kernel its plain text goes to the process's output. */
export function display(bundle: Bundle): void {
  send(bundle, undefined, false);
}

/** Opens a place below the running cell whose content each `write` replaces. */
export function openSlot(): DisplaySlot {
  const id = randomUUID();
  let written = false;
  return {
    write: (bundle) => {
      send(bundle, id, written);
      written = true;
    },
  };
}

function send(bundle: Bundle, id: string | undefined, update: boolean): void {
  const kernel = findKernelBridge();
  if (kernel) {
    const transient = id === undefined ? {} : { display_id: id };
    kernel.display({ data: bundle.data, metadata: bundle.metadata ?? {}, transient }, update);
  } else {
    process.stdout.write(`${String(bundle.data['text/plain'] ?? '')}\n`);
  }
}
