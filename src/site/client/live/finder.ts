import type { RgbPicture } from '../../../detect/face';
import { detectInCascade, NETWORKS, type NetworkName, type RunNetwork } from '../../../detect/mtcnn/cascade';
import { SEARCHED_SIDE, searchedSize, searchFaces } from '../../../detect/search';
import type { FaceFinder } from '../../../predict/recognize';
import type { DecodedPicture } from '../../../preprocess/decode-picture';
import { toGreySquare } from '../../../preprocess/grey';
import { cutRegion } from '../../../preprocess/region';
import { resample } from '../../../preprocess/resample';
import type { LiveParts } from './messages';
import { type OnnxNetwork, openOnnx } from './runtime';

/** What finds faces, given the picture that is searched, if it is made already. */
export type FinderOf = (searched: RgbPicture | null) => FaceFinder;

/** Finds faces with MTCNN and cuts them out. */
export async function openFinder(models: LiveParts['detector']): Promise<FinderOf> {
  const opened = await Promise.all(
    (Object.keys(NETWORKS) as NetworkName[]).map(
      async (name) => [name, await openOnnx(models[name])] as const,
    ),
  );
  const networks = Object.fromEntries(opened) as Record<NetworkName, OnnxNetwork>;
  const run: RunNetwork = (name, batch) => runJoined(networks[name], batch.values, batch.shape);
  return (searched) => ({
    detector: 'mtcnn',
    detect: (picture) =>
      searchFaces(picture, {
        shrink: () => searched ?? toSearched(picture),
        detect: (small) => detectInCascade(small, run),
      }),
    cut: (picture, region, side) => toGreySquare(cutRegion(picture, region), side),
  });
}

function toSearched(picture: DecodedPicture): RgbPicture {
  const { pixels, width, height, channels } = resample(
    picture,
    searchedSize(picture, SEARCHED_SIDE.mtcnn),
    'linear',
  );
  if (channels === 3) return { pixels: pixels as Uint8Array, width, height };
  const rgb = new Uint8Array(pixels.length * 3);
  for (const [i, level] of pixels.entries()) rgb.fill(level, 3 * i, 3 * i + 3);
  return { pixels: rgb, width, height };
}

/** Of the probabilities of no face and of a face, and of how many offsets and landmarks, by the numbers for a place. */
const HEADS = { classes: 2, offsets: 4, landmarks: 10 } as const;

/** Joins the outputs of a network as the cascade takes them: probability of a face, offsets, landmarks. */
async function runJoined(
  network: OnnxNetwork,
  values: Float32Array,
  shape: readonly number[],
): Promise<Float32Array> {
  const outputs = Object.values(await network.run(values, shape));
  const numbersOf = (length: number) => outputs.find(({ dims }) => dims.at(-1) === length);
  const [classes, ...others] = [HEADS.classes, HEADS.offsets, HEADS.landmarks].map(numbersOf);
  const heads = [
    { values: classes!.data as Float32Array, length: HEADS.classes, from: 1 },
    ...others.flatMap((one) =>
      one ? [{ values: one.data as Float32Array, length: one.dims.at(-1)!, from: 0 }] : [],
    ),
  ];
  return joinHeads(heads, classes!.data.length / HEADS.classes);
}

interface Head {
  readonly values: Float32Array;
  /** Numbers for each place. */
  readonly length: number;
  /** The first of them that is taken. */
  readonly from: number;
}

function joinHeads(heads: readonly Head[], places: number): Float32Array {
  const length = heads.reduce((sum, head) => sum + head.length - head.from, 0);
  const joined = new Float32Array(places * length);
  let column = 0;
  for (const head of heads)
    for (let k = head.from; k < head.length; k++, column++)
      for (let place = 0; place < places; place++)
        joined[place * length + column] = head.values[place * head.length + k]!;
  return joined;
}
