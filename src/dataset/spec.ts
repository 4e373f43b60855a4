import { emotionsNamed } from '@ferlab/audit/dist/claim/emotions';

/** What a part is for: to learn from, to choose by, or to be opened once at the end. */
export type PartRole = 'training' | 'validation' | 'test';

/** A part that the makers of a data set have fixed. */
export interface OfficialPart {
  readonly name: string;
  readonly role: PartRole;
}

/** What the published files hold. */
export interface GenuineCopy {
  /** SHA-256, in hex, of labels, parts and pixels in the published order, as `DatasetSource.sha256`. */
  readonly content: string;
}

/** A linear classifier of pictures of block means; see `class-order.ts`. */
export interface ClassEvidence {
  readonly side: number;
  /** By class: one weight for each block and one for 1. */
  readonly weights: readonly (readonly number[])[];
}

/** Under which names copies of a data set are found. */
export interface KnownFiles {
  /** Variable of the environment that holds the path of a copy. */
  readonly variable: string;
  /** CSV files of all rows, best first. */
  readonly tables: readonly string[];
  /** CSV files without labels, which are never taken. */
  readonly unlabelled: readonly string[];
  /** The archive of tables that may itself lie in an archive. */
  readonly archive: string;
  /** What a folder is searched for, best first. */
  readonly inFolder: readonly string[];
}

/** A file of a competition on Kaggle; its rules have to be accepted on the site first. */
export interface KaggleFile {
  readonly competition: string;
  readonly file: string;
}

/** Votes of FER+ on the images, in the order of the published table; see `ferplus.ts`. */
export interface VotesOnImages {
  /** Names of the file of votes. */
  readonly files: readonly string[];
  /** The choice of FER+ that stands for each class, by label. */
  readonly choices: readonly string[];
}

/** What a model card says to whoever uses a model of the data. */
export interface Caveats {
  /** What the labels are, and how far people agree with them. */
  readonly labels: string;
  /** What the images are, and what is not known about them. */
  readonly images: string;
}

/** A text file that lies beside pictures and names the class of each by its number: a line `train_00001.jpg 5` a picture. */
export interface ClassList {
  readonly file: string;
  /** The name in the list, by the name of a picture's file. */
  readonly entryOf: (file: string) => string;
}

/** What is known of a data set before any copy of it is read: one file each in `specs/`. */
export interface DatasetSpec {
  /** Short name for flags and records, in lower case. */
  readonly name: string;
  /** Name for people. */
  readonly title: string;
  /** Names of the classes, in the order of the labels. */
  readonly classes: readonly string[];
  /** Side of an image in pixels. */
  readonly side: number;
  /** The official parts, in the order of the codes in `ImageDataset.usages`; empty where there are none. */
  readonly parts: readonly OfficialPart[];
  /** Whether images show real people, so that none of them may be stored or published. */
  readonly showsPeople: boolean;
  /** Images of each class (rows) in each official part (columns); one column where there are no parts. */
  readonly officialCounts?: readonly (readonly number[])[];
  /** What shows that a copy is the very file that its makers published. */
  readonly genuine?: GenuineCopy;
  /** Tells on average which class images are of, so that copies with other numbers are noticed. */
  readonly classEvidence?: ClassEvidence;
  /** The number of the first class where classes are numbers; 0 unless given. */
  readonly firstNumber?: number;
  /** The class of a picture, by the path of its file; null where the path does not say. */
  readonly classOf?: (path: string) => string | null;
  readonly classList?: ClassList;
  /** Who is seen in a picture, by the path of its file; null where the path does not say. */
  readonly subjectOf?: (path: string) => string | null;
  /** Where copies are found without a path; nowhere unless given. */
  readonly files?: KnownFiles;
  /** Where it can be downloaded. */
  readonly kaggle?: KaggleFile;
  readonly votes?: VotesOnImages;
  /** The data set whose images it holds under the labels that the votes give them. */
  readonly relabels?: DatasetSpec;
  readonly caveats?: Caveats;
  /** Authors and year, then a comma and the rest. */
  readonly citation: string;
}

/** Pixels of one image. */
export const pixelsPerImage = ({ side }: Pick<DatasetSpec, 'side'>): number => side * side;

/** Names of the official parts, in the order of their codes. */
export const partNames = ({ parts }: Pick<DatasetSpec, 'parts'>): string[] => parts.map(({ name }) => name);

/** Code of the part with this role, or -1. */
export const partWithRole = ({ parts }: Pick<DatasetSpec, 'parts'>, role: PartRole): number =>
  parts.findIndex((part) => part.role === role);

/** Names of which the labels are kept: a set has few, but each stands at thousands of pictures. */
const MOST_KEPT = 1000;

const keptLabels = new WeakMap<readonly string[], Map<string, number>>();

/**
 * The label that a class name such as `happy`, `Happiness` or `joie` stands for: that of the spec, or a word for its
 * emotion in any language that the auditor knows. -1 for one that is unknown or ambiguous.
 */
export function labelOfName({ classes }: Pick<DatasetSpec, 'classes'>, text: string): number {
  const kept = keptLabels.get(classes) ?? new Map<string, number>();
  const label = kept.get(text) ?? findLabel(classes, text);
  if (kept.size < MOST_KEPT) keptLabels.set(classes, kept.set(text, label));
  return label;
}

function findLabel(classes: readonly string[], text: string): number {
  const name = text.trim().toLowerCase();
  const own = classes.findIndex((title) => title.toLowerCase() === name);
  if (own >= 0) return own;
  const [emotion, other] = emotionsNamed(text);
  return emotion === undefined || other !== undefined ? -1 : labelOfEmotion(classes, emotion);
}

const labelOfEmotion = (classes: readonly string[], emotion: string): number =>
  classes.findIndex((title) => emotionsNamed(title)[0] === emotion);

/** The classes that an ambiguous name may mean, such as `enojado`; none for a name that means one or nothing. */
export function meaningsOfName({ classes }: Pick<DatasetSpec, 'classes'>, text: string): string[] {
  const emotions = emotionsNamed(text);
  if (emotions.length < 2) return [];
  return emotions.map((emotion) => classes[labelOfEmotion(classes, emotion)] ?? emotion);
}
