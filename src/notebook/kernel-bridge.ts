/** Representations of one output, by MIME type: JSON values for `+json` types, base64 for pictures, text for the rest. */
export type MimeData = Record<string, unknown>;

export interface DisplayContent {
  readonly data: MimeData;
  readonly metadata: Record<string, unknown>;
  readonly transient: { readonly display_id?: string };
}

/** What the launcher of the notebook kernel offers to the code that runs in it (see kernel/README.md). */
export interface KernelBridge {
  /** Sends an output to the running cell, or replaces the one with the same display id. */
  display(content: DisplayContent, update: boolean): void;
  /** While a listener is registered an interrupt calls it instead of abandoning the cell. Returns its removal. */
  onInterrupt(listener: () => void): () => void;
}

/** The kernel that this process is, or undefined in an ordinary Node process. */
export function findKernelBridge(): KernelBridge | undefined {
  return (globalThis as Record<symbol, unknown>)[Symbol.for('ferlab.kernel')] as KernelBridge | undefined;
}
