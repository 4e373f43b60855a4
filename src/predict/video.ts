import { spawn, spawnSync } from 'node:child_process';
import { EXIT, FerlabError } from '../errors';
import type { DecodedPicture } from '../preprocess/decode-picture';

/** A picture of a video. */
export interface Frame {
  /** Seconds since the beginning. */
  readonly seconds: number;
  readonly picture: DecodedPicture;
}

/** @throws FerlabError when ffmpeg is not installed */
export function checkFfmpeg(): void {
  if (spawnSync('ffmpeg', ['-version'], { stdio: 'ignore' }).status === 0) return;
  throw new FerlabError('videos are decoded by ffmpeg, which was not found', {
    remedy: 'install ffmpeg (on Debian: apt-get install ffmpeg), or give pictures',
    exitStatus: EXIT.failure,
  });
}

/**
 * The pictures of a video, `perSecond` of them a second. ffmpeg waits while a picture is looked at, so that only a few are
 * in memory.
 * @throws FerlabError when ffmpeg can't decode the file
 */
export async function* framesOf(path: string, perSecond: number): AsyncGenerator<Frame> {
  const ffmpeg = spawn('ffmpeg', words(path, perSecond), { stdio: ['ignore', 'pipe', 'pipe'] });
  let complaint = '';
  ffmpeg.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaint = (complaint + text).slice(-2000);
  });
  const ended = new Promise<number | null>((resolve) => {
    ffmpeg.on('close', resolve).on('error', () => resolve(null));
  });
  let count = 0;
  try {
    for await (const picture of portablePixmaps(ffmpeg.stdout)) {
      yield { seconds: count / perSecond, picture };
      count++;
    }
    const status = await ended;
    if (status !== 0 || count === 0) throw undecodable(path, complaint);
  } finally {
    ffmpeg.kill('SIGKILL');
  }
}

/** The protocols are those of files, so that a playlist can't fetch from elsewhere. */
const words = (path: string, perSecond: number) => [
  ...['-nostdin', '-v', 'error', '-protocol_whitelist', 'file,pipe', '-i', `file:${path}`],
  ...['-vf', `fps=${perSecond}`, '-f', 'image2pipe', '-c:v', 'ppm', 'pipe:1'],
];

function undecodable(path: string, complaint: string): FerlabError {
  const reason = complaint.trim().split('\n').at(-1) || 'no picture in it';
  return new FerlabError(`${path}: ffmpeg can't decode it (${reason})`, {
    remedy: 'see that the file is a whole video',
  });
}

/** Splits a stream of binary portable pixmaps: `P6`, width and height, 255, pixels. */
async function* portablePixmaps(stream: AsyncIterable<Buffer>): AsyncGenerator<DecodedPicture> {
  let waiting: Buffer[] = [];
  let size = 0;
  let wanted = 0;
  for await (const chunk of stream) {
    waiting.push(chunk);
    size += chunk.length;
    while (size >= Math.max(1, wanted)) {
      const bytes = waiting.length === 1 ? waiting[0]! : Buffer.concat(waiting);
      waiting = [bytes];
      const header = /^P6\s(\d+)\s(\d+)\s255\s/.exec(bytes.toString('latin1', 0, 64));
      if (!header) break;
      const [start, width, height] = [header[0].length, Number(header[1]), Number(header[2])];
      wanted = start + width * height * 3;
      if (bytes.length < wanted) break;
      const pixels = Uint8Array.from(bytes.subarray(start, wanted));
      waiting = [bytes.subarray(wanted)];
      [size, wanted] = [bytes.length - wanted, 0];
      yield { pixels, width, height, channels: 3, notes: [] };
    }
  }
}
