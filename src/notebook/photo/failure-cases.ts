import { drawPhotograph } from '../../dataset/drawn-photograph';
import { detectFaces, openDetector } from '../../detect/detect-faces';
import { DETECTOR_NAMES, type DetectorName } from '../../detect/face';
import type { DecodedPicture } from '../../preprocess/decode-picture';
import { cutRegion } from '../../preprocess/region';
import { WHOLE } from '../../report/columns';
import { column, type ReportTable } from '../../report/table';

/** A drawn picture that is hard for a detector. */
export interface HardPicture {
  readonly title: string;
  /** Faces that are in it. */
  readonly faces: number;
  readonly picture: DecodedPicture;
}

const NEUTRAL = 6;
const MANY = [0, 2, 3, 4, 5] as const;

/** The drawn face of a seed as it is, and in ways that detectors fail on. */
export function drawHardPictures(seed: number): HardPicture[] {
  const plain = drawPhotograph({ seed, labels: [NEUTRAL] });
  const { width, height } = plain;
  const whole = { x: width / 2, y: height / 2, side: width };
  const levels = (change: (level: number) => number): DecodedPicture => ({
    ...plain,
    pixels: plain.pixels.map((level) => Math.round(change(level))),
  });
  const turned = (degrees: number): DecodedPicture => ({
    ...plain,
    ...cutRegion(plain, { ...whole, angle: (degrees * Math.PI) / 180 }),
  });
  return [
    { title: 'plain', faces: 1, picture: plain },
    { title: 'dark: a tenth of the light', faces: 1, picture: levels((level) => level / 10) },
    { title: 'pale: a fifth of the contrast', faces: 1, picture: levels((level) => 160 + (level - 160) / 5) },
    { title: 'turned by 45 degrees', faces: 1, picture: turned(45) },
    { title: 'upside down', faces: 1, picture: turned(180) },
    { title: 'eyes covered', faces: 1, picture: covered(plain, [0.28, 0.42]) },
    { title: 'mouth covered', faces: 1, picture: covered(plain, [0.48, 0.62]) },
    { title: 'only half of the face', faces: 1, picture: halved(plain) },
    { title: 'five faces', faces: MANY.length, picture: drawPhotograph({ seed, labels: MANY }) },
    { title: 'a caricature', faces: 1, picture: drawPhotograph({ seed, labels: [0], strength: 1.6 }) },
    { title: 'an empty wall', faces: 0, picture: levels(() => 158) },
  ];
}

/** A black bar over the whole width, between two shares of the height. */
function covered(picture: DecodedPicture, [from, to]: readonly [number, number]): DecodedPicture {
  const pixels = picture.pixels.slice();
  const row = (share: number) => Math.round(share * picture.height) * picture.width;
  pixels.fill(0, row(from), row(to));
  return { ...picture, pixels };
}

/** The right half of a picture repeats the wall. */
function halved(picture: DecodedPicture): DecodedPicture {
  const { width } = picture;
  return {
    ...picture,
    pixels: picture.pixels.map((level, i) => (i % width < width / 2 ? level : picture.pixels[0]!)),
  };
}

interface HardRow {
  readonly title: string;
  readonly faces: number;
  readonly found: Readonly<Record<DetectorName, number>>;
}

/** How many faces each detector finds in hard pictures. */
export async function tableHardPictures(pictures: readonly HardPicture[]): Promise<ReportTable<HardRow>> {
  const counts = new Map<DetectorName, number[]>();
  for (const name of DETECTOR_NAMES) {
    const detector = await openDetector(name);
    const found: number[] = [];
    for (const { picture } of pictures) found.push((await detectFaces(picture, detector)).length);
    counts.set(name, found);
    detector.dispose();
  }
  const found = (i: number) =>
    Object.fromEntries(DETECTOR_NAMES.map((name) => [name, counts.get(name)![i]!])) as HardRow['found'];
  return {
    title: 'Faces that the detectors find',
    columns: [
      column('picture', ({ title }) => title),
      column('faces', ({ faces }) => faces, WHOLE),
      ...DETECTOR_NAMES.map((name) => column<HardRow>(name, ({ found: counted }) => counted[name], WHOLE)),
    ],
    rows: pictures.map(({ title, faces }, i) => ({ title, faces, found: found(i) })),
  };
}
