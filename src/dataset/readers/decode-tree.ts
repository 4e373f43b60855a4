import { join } from 'node:path';
import { type PreparedPicture, preparePicture } from '../../preprocess/prepare-picture';
import { settleInTurn } from '../../settle-all';
import type { RowCollector } from '../collector';
import type { PictureThreads, SourcedPicture } from './picture-threads';
import type { PictureTree } from './tree';

/** Pictures decoded at once, where a thread could not. */
const PARALLEL = 8;

/** A picture with what its place in the folders says of it. */
export interface PictureFile {
  readonly name: string;
  readonly label: number;
  readonly isNamed: boolean;
  readonly part: number;
  readonly subject: string | undefined;
  /** Row number in the official file, where the name holds one. */
  readonly row: number;
}

type SourcedFile = PictureFile & SourcedPicture;

interface PicturesToDecode {
  readonly tree: PictureTree;
  readonly pictures: readonly PictureFile[];
  readonly threads: PictureThreads;
}

/** Decodes all pictures into the collector. @returns what was unusual in them */
export async function decodeAll(
  { tree, pictures, threads }: PicturesToDecode,
  collector: RowCollector,
): Promise<string[]> {
  const unusual = new Map<string, string[]>();
  const { side } = collector.spec;
  for await (const some of threads.decode(sourcesOf(tree, pictures), side)) {
    const others = some.flatMap(([picture, levels]) => (levels ? [] : [picture.name]));
    const prepared = await prepareAll(tree, others, side);
    for (const [{ name, label, part, subject }, levels] of some) {
      const { image, notes } = levels ? { image: levels, notes: [] } : prepared.get(name)!;
      for (const note of notes) unusual.set(note, [...(unusual.get(note) ?? []), name]);
      collector.images.set(image, collector.nextOffset);
      collector.add(label, part, subject);
    }
  }
  return [...unusual].map(([note, names]) => `${note}: ${names.length} (${names.slice(0, 3).join(', ')})`);
}

function* sourcesOf(tree: PictureTree, pictures: readonly PictureFile[]): Generator<SourcedFile> {
  for (const picture of pictures) yield { ...picture, source: tree.source(picture.name) };
}

/** Pictures by their names, with the decoder for everything. */
async function prepareAll(
  tree: PictureTree,
  names: readonly string[],
  side: number,
): Promise<ReadonlyMap<string, PreparedPicture>> {
  const pictures = await settleInTurn(names, PARALLEL, async (name) =>
    preparePicture(await tree.read(name), { name: join(tree.path, name), side }),
  );
  return new Map(names.map((name, i) => [name, pictures[i]!]));
}
