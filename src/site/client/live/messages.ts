import type { TestTimeViews } from '../../../augment/views';
import type { RgbPicture } from '../../../detect/face';
import type { NetworkName } from '../../../detect/mtcnn/cascade';
import type { RecognizedPicture } from '../../../predict/recognize';
import type { DecodedPicture } from '../../../preprocess/decode-picture';

/** A published network as the page runs it. */
export interface LiveNetwork {
  readonly classes: readonly string[];
  /** Side of the images that it takes, in pixels. */
  readonly side: number;
  /** Divides the logits; fitted on the validation part. */
  readonly temperature: number;
  /** Views of an image whose probabilities are averaged. */
  readonly views: TestTimeViews;
  /** The ONNX model. */
  readonly model: Uint8Array;
}

/** What the worker needs before it can look at a picture. */
export interface LiveParts {
  /** The WebAssembly of ONNX Runtime. */
  readonly runtime: Uint8Array;
  readonly network: LiveNetwork;
  /** The ONNX models of MTCNN. */
  readonly detector: Readonly<Record<NetworkName, Uint8Array>>;
}

/** What the page asks of its worker: to open the networks, or to recognise the faces of a picture. */
export type LiveRequest =
  | { readonly kind: 'open'; readonly parts: LiveParts }
  | {
      readonly kind: 'recognize';
      readonly picture: DecodedPicture;
      /** The picture as it is searched for faces; null for one that is made as the commands make it. */
      readonly searched: RgbPicture | null;
    };

/** What the worker answers, one reply a request and in their order. */
export type LiveReply =
  | { readonly kind: 'opened' }
  | { readonly kind: 'recognized'; readonly result: RecognizedPicture }
  | { readonly kind: 'failed'; readonly message: string };
