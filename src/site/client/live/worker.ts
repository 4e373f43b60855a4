import {
  Clock,
  classifyCrops,
  type EmotionClassifier,
  type RecognizedPicture,
  recognizeFaces,
} from '../../../predict/recognize';
import { toGrey } from '../../../preprocess/grey';
import { openLiveClassifier } from './classifier';
import { type FinderOf, openFinder } from './finder';
import type { LiveParts, LiveReply, LiveRequest } from './messages';
import { setRuntime } from './runtime';

// The networks run here, so that the page stays quick. The worker is started from the page's own script and loads nothing.

interface Opened {
  readonly classifier: EmotionClassifier;
  readonly finderOf: FinderOf;
}

let opening: Promise<Opened> | undefined;

async function open({ runtime, network, detector }: LiveParts): Promise<Opened> {
  setRuntime(runtime);
  return { classifier: await openLiveClassifier(network), finderOf: await openFinder(detector) };
}

type Question = Extract<LiveRequest, { kind: 'recognize' }>;

/** A picture of exactly the size that the network takes is a ready crop: it is taken as it is. */
async function recognize({ picture, searched }: Question): Promise<RecognizedPicture> {
  const { classifier, finderOf } = await opening!;
  const clock = new Clock();
  if (picture.width !== classifier.side || picture.height !== classifier.side)
    return recognizeFaces(picture, { finder: finderOf(searched), classifier }, clock);
  const image = toGrey(picture).pixels as Uint8Array;
  clock.stop('crop');
  return classifyCrops(picture, [{ found: null, image }], { classifier, clock, detector: 'none' });
}

async function replyTo(request: LiveRequest): Promise<LiveReply> {
  if (request.kind === 'recognize') return { kind: 'recognized', result: await recognize(request) };
  opening = open(request.parts);
  await opening;
  return { kind: 'opened' };
}

/** One request after the other: ONNX Runtime runs one network at a time. */
let last: Promise<void> = Promise.resolve();

addEventListener('message', ({ data }: MessageEvent<LiveRequest>) => {
  last = last.then(async () => {
    const reply = await replyTo(data).catch(
      (error: unknown): LiveReply => ({ kind: 'failed', message: (error as Error).message }),
    );
    postMessage(reply);
  });
});
