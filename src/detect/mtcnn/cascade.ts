import { type Face, type Landmarks, type Point, type RgbPicture, SMALLEST_FACE } from '../face';
import {
  type Candidate,
  heightOf,
  move,
  type Offsets,
  suppress,
  toSquare,
  truncate,
  widthOf,
} from './candidates';
import { cutAll, scaleWhole } from './cut';
import { AreaScaler } from './resize-area';

/** The three networks of MTCNN. Sides that a network was trained on, and the numbers it gives for each place. */
export const NETWORKS = {
  /** Proposes: probability of a face and four offsets for each cell of 12x12 pixels, every two pixels. */
  pnet: { side: 12, outputs: 5 },
  /** Refines: the same for a candidate of 24x24 pixels. */
  rnet: { side: 24, outputs: 5 },
  /** Also gives x of five landmarks, then y of them, in shares of the candidate. */
  onet: { side: 48, outputs: 15 },
} as const;

export type NetworkName = keyof typeof NETWORKS;

export interface Batch {
  /** [count, width, height, 3] in [-1, 1]. */
  readonly values: Float32Array;
  readonly shape: readonly [count: number, width: number, height: number, channels: 3];
}

/** Runs one of the networks: `outputs` numbers for each candidate, for `pnet` for each cell [columns, rows]. */
export type RunNetwork = (network: NetworkName, batch: Batch) => Promise<Float32Array>;

/** Values of the original: a network's probability has to reach them. */
const THRESHOLDS = { pnet: 0.6, rnet: 0.7, onet: 0.7 } as const;

/** Each picture of the pyramid is this much smaller than the one before. */
const PYRAMID_STEP = 0.709;

/** Distance of two cells of `pnet`, in pixels. */
const STRIDE = 2;

interface Proposal extends Candidate {
  readonly offsets: Offsets;
}

/**
 * Finds faces with three networks, each of which looks more closely at what the one before left over (Zhang, Zhang, Li,
 * Qiao 2016, arXiv 1604.02878). Arithmetic as in the published implementations, which count corners from 1.
 * It needs neither Node nor a browser: `run` may be any runtime.
 */
export async function detectInCascade(picture: RgbPicture, run: RunNetwork): Promise<Face[]> {
  const scaler = new AreaScaler(picture);
  const proposed = await propose(scaler, run);
  const refined = await refine(scaler, proposed, run);
  return finish(scaler, refined.map(truncate), run);
}

async function propose(scaler: AreaScaler, run: RunNetwork): Promise<Candidate[]> {
  const all: Proposal[] = [];
  for (const scale of pyramid(scaler.picture)) all.push(...(await proposeAt(scaler, scale, run)));
  return suppress(all, 0.7).map((proposal) => {
    const { left, top, right, bottom, offsets } = proposal;
    return truncate(toSquare(move(proposal, offsets, { width: right - left, height: bottom - top })));
  });
}

/** Scales at which a face from the smallest size up to the whole picture fills a cell of 12 pixels. */
function pyramid({ width, height }: RgbPicture): number[] {
  const { side } = NETWORKS.pnet;
  const scales: number[] = [];
  for (let scale = side / SMALLEST_FACE; Math.min(width, height) * scale >= side; scale *= PYRAMID_STEP)
    scales.push(scale);
  return scales;
}

async function proposeAt(scaler: AreaScaler, scale: number, run: RunNetwork): Promise<Proposal[]> {
  const width = Math.ceil(scaler.picture.width * scale);
  const height = Math.ceil(scaler.picture.height * scale);
  const values = scaleWhole(scaler, { width, height });
  const cells = await run('pnet', { values, shape: [1, width, height, 3] });
  return suppress(proposalsOf(cells, cellsAlong(height), scale), 0.5);
}

/** Cells along a side: a 3x3 convolution, a pooling by 2 that keeps the rest, two more 3x3 convolutions. */
const cellsAlong = (length: number) => Math.ceil((length - 2) / 2) - 4;

function proposalsOf(cells: Float32Array, rows: number, scale: number): Proposal[] {
  const { side, outputs } = NETWORKS.pnet;
  const proposals: Proposal[] = [];
  for (let cell = 0; cell * outputs < cells.length; cell++) {
    const score = cells[cell * outputs]!;
    if (!(score >= THRESHOLDS.pnet)) continue;
    const [column, row] = [Math.floor(cell / rows), cell % rows];
    const place = (index: number, reach: number) => Math.trunc((STRIDE * index + reach) / scale);
    proposals.push({
      ...{ left: place(column, 1), top: place(row, 1), right: place(column, side), bottom: place(row, side) },
      score,
      offsets: offsetsAt(cells, cell * outputs + 1),
    });
  }
  return proposals;
}

async function refine(
  scaler: AreaScaler,
  candidates: readonly Candidate[],
  run: RunNetwork,
): Promise<Candidate[]> {
  const outputs = await look('rnet', scaler, candidates, run);
  const passed = outputs.map((numbers, i) => ({
    ...candidates[i]!,
    score: numbers[0]!,
    offsets: offsetsAt(numbers, 1),
  }));
  return suppress(
    passed.filter(({ score }) => score > THRESHOLDS.rnet),
    0.7,
  ).map((candidate) => toSquare(moveBySize(candidate)));
}

async function finish(
  scaler: AreaScaler,
  candidates: readonly Candidate[],
  run: RunNetwork,
): Promise<Face[]> {
  const outputs = await look('onet', scaler, candidates, run);
  const passed = outputs.map((numbers, i) => {
    const candidate = { ...candidates[i]!, score: numbers[0]!, offsets: offsetsAt(numbers, 1) };
    return { ...moveBySize(candidate), landmarks: landmarksOf(numbers.subarray(5), candidate) };
  });
  return suppress(
    passed.filter(({ score }) => score > THRESHOLDS.onet),
    0.7,
    'smaller',
  ).map(({ left, top, right, bottom, score, landmarks }) => ({
    box: { x: left, y: top, width: right - left, height: bottom - top },
    score,
    landmarks,
  }));
}

const moveBySize = (candidate: Proposal): Proposal =>
  move(candidate, candidate.offsets, { width: widthOf(candidate), height: heightOf(candidate) });

/** Candidates that go through a network at once. */
const MOST_AT_ONCE = 256;

/** The numbers that a network gives for each candidate. */
async function look(
  network: 'rnet' | 'onet',
  scaler: AreaScaler,
  candidates: readonly Candidate[],
  run: RunNetwork,
): Promise<Float32Array[]> {
  const { side, outputs } = NETWORKS[network];
  const all: Float32Array[] = [];
  for (let start = 0; start < candidates.length; start += MOST_AT_ONCE) {
    const some = candidates.slice(start, start + MOST_AT_ONCE);
    const values = cutAll(scaler, some, side);
    const numbers = await run(network, { values, shape: [some.length, side, side, 3] });
    for (let i = 0; i < some.length; i++) all.push(numbers.subarray(i * outputs, (i + 1) * outputs));
  }
  return all;
}

const offsetsAt = (numbers: Float32Array, start: number): Offsets => ({
  left: numbers[start]!,
  top: numbers[start + 1]!,
  right: numbers[start + 2]!,
  bottom: numbers[start + 3]!,
});

function landmarksOf(shares: Float32Array, candidate: Candidate): Landmarks {
  const point = (i: number): Point => ({
    x: shares[i]! * widthOf(candidate) + candidate.left - 1,
    y: shares[5 + i]! * heightOf(candidate) + candidate.top - 1,
  });
  return {
    leftEye: point(0),
    rightEye: point(1),
    nose: point(2),
    mouthLeft: point(3),
    mouthRight: point(4),
  };
}
