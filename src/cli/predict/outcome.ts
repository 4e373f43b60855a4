import type { FerlabError } from '../../errors';
import type { RecognizedFace, RecognizedPicture } from '../../predict/recognize';
import type { DecodedPicture } from '../../preprocess/decode-picture';

/** What became of a picture, or of a picture of a video. */
export type PredictOutcome = Recognized | Failed;

export interface Recognized extends RecognizedPicture {
  /** The picture's path, or `-` for standard input. */
  readonly image: string;
  /** Since the beginning of the video. */
  readonly seconds?: number;
  /** The picture itself, in case it is drawn into. */
  readonly pixels?: DecodedPicture;
}

export interface Failed {
  readonly image: string;
  readonly error: FerlabError;
}

export const isRecognized = (outcome: PredictOutcome): outcome is Recognized => !('error' in outcome);

/** Takes outcomes as they come, so that not more than one is in memory. */
export interface Sink {
  take(outcome: PredictOutcome): void | Promise<void>;
  /** Called once, after the last. */
  end(): void;
  /** Called instead of {@link end} when the work was broken off. */
  discard?(): void;
}

/** The most probable classes first. */
export function ranked(
  probabilities: RecognizedFace['probabilities'],
): readonly (readonly [string, number])[] {
  return Object.entries(probabilities).sort(([, a], [, b]) => b - a);
}
