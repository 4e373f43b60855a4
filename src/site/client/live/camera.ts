import { searchedSize } from '../../../detect/search';
import { FrameReader, type LiveFrame } from './frame';

/** The webcam. Nothing of it is asked for before {@link start}. */
export class Camera {
  #stream: MediaStream | null = null;
  readonly #reader = new FrameReader();
  /** Ends the waiting for a picture. */
  #wake: () => void = () => {};

  /** @param searchedSide pixels of the longer side at which its pictures are searched for faces */
  constructor(
    readonly video: HTMLVideoElement,
    readonly searchedSide: number,
  ) {}

  /** Asks the reader for the webcam. @throws Error that says why there is none */
  async start(): Promise<void> {
    if (!navigator.mediaDevices)
      throw new Error(
        'the browser gives the webcam only to pages over https, from this machine or from a file',
      );
    try {
      const video = { width: { ideal: 640 }, height: { ideal: 480 }, facingMode: 'user' };
      this.#stream = await navigator.mediaDevices.getUserMedia({ video, audio: false });
    } catch (error) {
      throw new Error(reasonOf(error as DOMException));
    }
    this.video.srcObject = this.#stream;
    await this.video.play();
  }

  /** Waits for the next picture; null once the webcam is off, unplugged or taken away. */
  async next(): Promise<LiveFrame | null> {
    const { video } = this;
    const isNew = await new Promise<boolean>((resolve) => {
      const [track] = this.#stream?.getVideoTracks() ?? [];
      this.#wake = () => resolve(false);
      if (track?.readyState !== 'live') this.#wake();
      track?.addEventListener('ended', this.#wake, { once: true });
      video.requestVideoFrameCallback(() => resolve(true));
    });
    if (!isNew || !this.#stream) return null;
    const size = { width: video.videoWidth, height: video.videoHeight };
    return this.#reader.read(video, size, searchedSize(size, this.searchedSide));
  }

  stop(): void {
    for (const track of this.#stream?.getTracks() ?? []) track.stop();
    this.#stream = null;
    this.video.srcObject = null;
    this.#wake();
  }
}

function reasonOf({ name, message }: DOMException): string {
  if (name === 'NotAllowedError')
    return 'the webcam was not allowed: allow it in the settings of the browser';
  if (name === 'NotFoundError') return 'there is no webcam: connect one';
  if (name === 'NotReadableError') return 'the webcam is in use by another program: close that';
  return `the webcam can't be started (${message})`;
}
