import type { RecognizedPicture } from '../../../predict/recognize';
import { loadData } from '../load';
import type { LiveFrame } from './frame';
import type { LiveReply, LiveRequest } from './messages';
import { LIVE_PARTS, LIVE_TABLE, liveScript, type PackedParts, unpackParts } from './packed';

/** The text of the worker's script, which esbuild puts in. */
declare const LIVE_WORKER: string;

/** The worker that runs the networks. */
export class LiveRecognizer {
  readonly #worker: Worker;
  readonly #waiting: ((reply: LiveReply) => void)[] = [];

  private constructor() {
    const source = URL.createObjectURL(new Blob([LIVE_WORKER], { type: 'text/javascript' }));
    this.#worker = new Worker(source);
    this.#worker.addEventListener('message', ({ data }: MessageEvent<LiveReply>) =>
      this.#waiting.shift()?.(data),
    );
    this.#worker.addEventListener('error', ({ message }) => {
      const reply = { kind: 'failed', message: message || 'the browser did not start the worker' } as const;
      for (const receive of this.#waiting.splice(0)) receive(reply);
    });
  }

  /** Loads everything and opens the networks. @throws Error when a part is missing or the browser can't run them */
  static async open(): Promise<LiveRecognizer> {
    const loaded = await Promise.all(
      LIVE_PARTS.map(async (part) => [part, await loadData(liveScript(part), LIVE_TABLE, part)] as const),
    );
    const recognizer = new LiveRecognizer();
    const parts = unpackParts(Object.fromEntries(loaded) as unknown as PackedParts);
    await recognizer.#ask({ kind: 'open', parts });
    return recognizer;
  }

  /** The pixels of `picture` and `searched` go to the worker: the frame no longer has them. */
  async recognize({ picture, searched }: LiveFrame): Promise<RecognizedPicture> {
    const pixels = [picture, ...(searched ? [searched] : [])].map((one) => one.pixels.buffer as ArrayBuffer);
    const reply = await this.#ask({ kind: 'recognize', picture, searched }, pixels);
    if (reply.kind !== 'recognized') throw new Error(`${reply.kind} came in place of a result`);
    return reply.result;
  }

  async #ask(request: LiveRequest, moved: ArrayBuffer[] = []): Promise<LiveReply> {
    const reply = await new Promise<LiveReply>((resolve) => {
      this.#waiting.push(resolve);
      this.#worker.postMessage(request, moved);
    });
    if (reply.kind === 'failed') throw new Error(reply.message);
    return reply;
  }
}
