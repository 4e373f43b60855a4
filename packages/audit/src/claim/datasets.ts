import { entryOf } from './claim';
import { EMOTIONS } from './emotion-words';
import { emotionOf } from './emotions';

/** Official number of items of each class; a part without class counts has only its total. */
export interface DatasetPart {
  readonly total: number;
  readonly classes?: Readonly<Record<string, number>>;
}

/** A data set whose counts are official, so that a claim about it can't use more. */
export interface DatasetCapacity {
  readonly id: string;
  readonly name: string;
  /** Where the counts come from. */
  readonly source: string;
  readonly all: DatasetPart;
  readonly parts: Readonly<Record<string, DatasetPart>>;
}

/** Counts in the order of EMOTIONS. */
function part(...counts: number[]): DatasetPart {
  const classes = Object.fromEntries(counts.map((count, index) => [EMOTIONS[index]!, count]));
  return { total: counts.reduce((sum, count) => sum + count, 0), classes };
}

const DATASETS: readonly DatasetCapacity[] = [
  {
    id: 'fer2013',
    name: 'FER-2013',
    source: 'Goodfellow et al. 2013; counted in fer2013.csv',
    all: part(4953, 547, 5121, 8989, 6077, 4002, 6198),
    parts: {
      Training: part(3995, 436, 4097, 7215, 4830, 3171, 4965),
      PublicTest: part(467, 56, 496, 895, 653, 415, 607),
      PrivateTest: part(491, 55, 528, 879, 594, 416, 626),
    },
  },
  {
    id: 'ck+',
    name: 'CK+',
    source: 'Lucey et al. 2010, labelled sequences',
    all: {
      total: 327,
      classes: { angry: 45, contempt: 18, disgust: 59, fear: 25, happy: 69, sad: 28, surprise: 83 },
    },
    parts: {},
  },
  { id: 'jaffe', name: 'JAFFE', source: 'Lyons et al. 1998', all: { total: 213 }, parts: {} },
  {
    id: 'raf-db',
    name: 'RAF-DB (single label)',
    source: 'Li et al. 2017',
    all: part(867, 877, 355, 5957, 2460, 1619, 3204),
    parts: {
      train: part(705, 717, 281, 4772, 1982, 1290, 2524),
      test: part(162, 160, 74, 1185, 478, 329, 680),
    },
  },
  {
    id: 'affectnet-8',
    name: 'AffectNet (8 classes, manually labelled)',
    source: 'Mollahosseini et al. 2017',
    all: part(25382, 4303, 6878, 134915, 25959, 14590, 75374, 4250),
    parts: {
      train: part(24882, 3803, 6378, 134415, 25459, 14090, 74874, 3750),
      validation: part(500, 500, 500, 500, 500, 500, 500, 500),
    },
  },
  {
    id: 'affectnet-7',
    name: 'AffectNet (7 classes, manually labelled)',
    source: 'Mollahosseini et al. 2017',
    all: part(25382, 4303, 6878, 134915, 25959, 14590, 75374),
    parts: {
      train: part(24882, 3803, 6378, 134415, 25459, 14090, 74874),
      validation: part(500, 500, 500, 500, 500, 500, 500),
    },
  },
];

/** The names under which data sets are built in. */
export function datasetIds(): string[] {
  return DATASETS.map((dataset) => dataset.id);
}

/** The built-in data set of that name, if there is one. */
export function findDataset(id: string): DatasetCapacity | undefined {
  return DATASETS.find((dataset) => dataset.id === id.toLowerCase());
}

/** Every set of official counts: the whole data sets and their parts. */
export function officialParts(): { name: string; part: DatasetPart }[] {
  return DATASETS.flatMap(({ name, all, parts }) => [
    { name, part: all },
    ...Object.entries(parts).map(([own, part]) => ({ name: `${name} ${own}`, part })),
  ]);
}

const NAMES: ReadonlyMap<string, string> = new Map([
  ...DATASETS.map(({ id }) => [id.replace(/[\s_-]/g, ''), id] as const),
  ['affectnet(8)', 'affectnet-8'],
  ['affectnet(7)', 'affectnet-7'],
]);

/** The built-in data set that a title such as `FER-2013` or `RAF-DB` names; `FER2013+` is another set. */
export function datasetNamed(title: string): string | undefined {
  return NAMES.get(
    title
      .slice(0, 100)
      .toLowerCase()
      .replace(/[\s_-]/g, ''),
  );
}

/** Number of items that a part holds of a class, or undefined where no official count is known. */
export function classCapacity(where: DatasetPart, className: string): number | undefined {
  const name = className.trim().toLowerCase();
  return entryOf(where.classes, name) ?? entryOf(where.classes, emotionOf(name) ?? '');
}
