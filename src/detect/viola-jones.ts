import { FerlabError } from '../errors';
import { type Face, type RgbPicture, SMALLEST_FACE } from './face';
import { type CascadeClassifier, loadOpenCv, type OpenCv } from './opencv';
import { readWeightFile } from './weight-files';

const CASCADE = 'haarcascade_frontalface_alt2.xml';

/** Each search looks for faces that are this much larger than in the one before. */
const SCALE_STEP = 1.1;
/** Rectangles that have to agree on a face. */
const NEIGHBOURS = 4;

/** Viola and Jones's detector as OpenCV has it. {@link dispose} frees its memory. */
export class ViolaJones {
  private constructor(
    readonly cv: OpenCv,
    readonly classifier: CascadeClassifier,
  ) {}

  /** @throws FerlabError when the set-up has not brought the cascade */
  static async load(): Promise<ViolaJones> {
    const bytes = readWeightFile(CASCADE);
    const cv = await loadOpenCv();
    if (!ViolaJones.#placed.has(cv)) cv.FS_createDataFile('/', CASCADE, bytes, true, false, false);
    ViolaJones.#placed.add(cv);
    const classifier = new cv.CascadeClassifier();
    if (!classifier.load(`/${CASCADE}`)) {
      throw new FerlabError(`the face detector's file ${CASCADE} is damaged`, {
        remedy: 'delete it and run `npm run setup`, which restores it',
      });
    }
    return new ViolaJones(cv, classifier);
  }

  /** Instances whose file system holds the cascade. */
  static readonly #placed = new WeakSet<OpenCv>();

  async detect(picture: RgbPicture): Promise<Face[]> {
    const { cv } = this;
    const grey = new cv.Mat(picture.height, picture.width, cv.CV_8UC1);
    const [boxes, counts] = [new cv.RectVector(), new cv.IntVector()];
    try {
      fillGrey(grey.data, picture);
      const smallest = new cv.Size(SMALLEST_FACE, SMALLEST_FACE);
      this.classifier.detectMultiScale2(
        grey,
        boxes,
        counts,
        SCALE_STEP,
        NEIGHBOURS,
        0,
        smallest,
        new cv.Size(0, 0),
      );
      const faces = Array.from({ length: boxes.size() }, (_, i) => {
        const { x, y, width, height } = boxes.get(i);
        return { box: { x, y, width, height }, score: counts.get(i), landmarks: null };
      });
      return faces.sort((a, b) => b.score - a.score);
    } finally {
      for (const object of [grey, boxes, counts]) object.delete();
    }
  }

  dispose(): void {
    this.classifier.delete();
  }
}

/** Luma of Rec. 601 in integers, as OpenCV computes it. */
function fillGrey(grey: Uint8Array, { pixels }: RgbPicture): void {
  for (let i = 0; i < grey.length; i++) {
    const [red, green, blue] = [pixels[3 * i]!, pixels[3 * i + 1]!, pixels[3 * i + 2]!];
    grey[i] = (red * 9798 + green * 19235 + blue * 3735 + 16384) >> 15;
  }
}
