import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import sharp from 'sharp';
import { openDetector } from '../../src/detect/detect-faces';
import { DEFAULT_DETECTOR } from '../../src/detect/face';
import { figureBundle } from '../../src/notebook/figure-bundle';
import { plotAttention } from '../../src/notebook/photo/attention';
import { type FaceReader, openFaceReader } from '../../src/notebook/photo/face-reader';
import { findFaces, plotFoundFaces } from '../../src/notebook/photo/found-faces';
import { openPhotograph } from '../../src/notebook/photo/photograph';
import { followFace, plotStages } from '../../src/notebook/photo/stages';
import { recognizePicture } from '../../src/predict/photo';
import { FigureDrawer } from '../../src/report/static/draw';
import { temporaryFolder } from '../temporary';

interface Trace {
  readonly type: string;
  readonly z: { readonly dtype: 'u1' | 'f4'; readonly bdata: string; readonly shape: string };
  readonly x: number[];
  readonly y: string[];
}

/** The numbers of a panel. */
function valuesOf({ z: { dtype, bdata } }: Trace): number[] {
  const bytes = Uint8Array.from(Buffer.from(bdata, 'base64'));
  return [...(dtype === 'u1' ? bytes : new Float32Array(bytes.buffer))];
}

describe('a photograph on its way to an emotion', () => {
  let reader: FaceReader;
  before(async () => {
    reader = await openFaceReader('strong-cnn-seed1');
  });
  after(() => reader.dispose());

  it('shows in Figure 1 the very image and probabilities that `predict` gives', async (t) => {
    const photograph = await openPhotograph('', 1);
    const { pixels, width, height } = photograph.picture;
    const path = join(temporaryFolder(t), 'drawn.png');
    await sharp(pixels, { raw: { width, height, channels: 1 } }).toFile(path);
    const detector = await openDetector(DEFAULT_DETECTOR);
    const { faces } = await recognizePicture(path, 'drawn', { detector, classifier: reader.classifier });
    detector.dispose();
    const stages = await followFace(photograph, reader);
    assert.deepEqual([...stages.image], [...faces[0]!.image]);
    assert.deepEqual(stages.probabilities, faces[0]!.probabilities);
    const { data, layout } = await plotStages(stages, reader);
    const traces = data as readonly Trace[];
    assert.deepEqual(valuesOf(traces[2]!), [...stages.image], 'the grey image');
    assert.deepEqual(
      traces.slice(3, -1).map(({ z }) => z.shape),
      [24, 12, 6, 6].map((side) => `${side}, ${side}`),
      'the maps of the blocks',
    );
    assert.ok(traces.slice(3, -1).every((trace) => Math.max(...valuesOf(trace)) > 0));
    assert.deepEqual(
      Object.fromEntries(traces.at(-1)!.y.map((name, i) => [name, traces.at(-1)!.x[i]])),
      stages.probabilities,
    );
    assert.deepEqual(layout.meta, { people: false });
  });

  it('frames what each detector found, in pixels of the small picture', async () => {
    const photograph = await openPhotograph('', 1);
    const found = await findFaces(photograph);
    const { layout } = await plotFoundFaces(photograph, found);
    const shapes = layout.shapes as { x0: number; x1: number; xref: string }[];
    assert.deepEqual(
      shapes.map(({ xref }) => xref),
      ['x', 'x2'],
    );
    const factor = 200 / photograph.picture.width;
    for (const [i, { faces }] of found.entries()) {
      const { x, width } = faces[0]!.box;
      assert.ok(Math.abs(shapes[i]!.x0 - x * factor) < 1e-9);
      assert.ok(Math.abs(shapes[i]!.x1 - (x + width) * factor) < 1e-9);
    }
  });

  it('marks every figure of a picture from a file, so that no notebook is stored with it', async (t) => {
    const { picture } = await openPhotograph('', 1);
    const path = join(temporaryFolder(t), 'somebody.png');
    const { pixels, width, height } = picture;
    await sharp(pixels, { raw: { width, height, channels: 1 } }).toFile(path);
    const photograph = await openPhotograph(path, 1);
    const stages = await followFace(photograph, reader);
    const figures = [
      await plotFoundFaces(photograph, await findFaces(photograph)),
      await plotStages(stages, reader),
      plotAttention(stages, reader),
    ];
    const drawer = new FigureDrawer();
    t.after(() => drawer.close());
    for (const figure of figures) {
      const { metadata } = await figureBundle(figure, drawer);
      assert.deepEqual(metadata?.ferlab, { people: true });
    }
  });
});
