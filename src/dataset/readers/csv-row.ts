import type { FerlabError } from '../../errors';
import { type DatasetSpec, labelOfName, meaningsOfName, partNames, pixelsPerImage } from '../spec';
import { partOfRole, roleOfName } from './tree-names';

interface RowParserOptions {
  /** Part of all rows of a file without a column for it. */
  readonly defaultUsage: number | undefined;
  /** Makes the error that names the place in the file. */
  readonly fail: (problem: string, remedy: string) => FerlabError;
}

/** What is said of a name that stands for no class, or for more than one. */
export function whatNameIs(spec: DatasetSpec, text: string): string {
  const meanings = meaningsOfName(spec, text);
  return meanings.length > 0 ? `can mean ${meanings.join(' or ')}` : `is not a class of ${spec.title}`;
}

/** Gives the texts of a row their meaning: label and part. */
export class RowParser {
  /** Whether labels are names; the first row decides. */
  #areNamed: boolean | null = null;
  readonly #parts: readonly string[];

  constructor(
    readonly spec: DatasetSpec,
    readonly options: RowParserOptions,
  ) {
    this.#parts = partNames(spec);
  }

  /** Whether the labels are names of classes. */
  get areNamed(): boolean {
    return this.#areNamed === true;
  }

  /** @throws FerlabError when a row has another number of pixels than an image */
  checkPixels(count: number): void {
    const expected = pixelsPerImage(this.spec);
    if (count !== expected)
      throw this.options.fail(`${count} pixels instead of ${expected}`, this.#remedyForSize(count));
  }

  /** The class, from 0. */
  label(text: string): number {
    const named = labelOfName(this.spec, text);
    this.#areNamed ??= named >= 0;
    if (!this.#areNamed) return this.#number(text);
    if (named < 0)
      throw this.options.fail(`emotion "${text}" ${whatNameIs(this.spec, text)}`, 'correct the row');
    return named;
  }

  /**
   * Index of the part.
   * @param text null when the file has no column for it
   */
  usage(text: string | null): number {
    if (this.#parts.length === 0) return 0;
    if (text === null) return this.options.defaultUsage!;
    const named = this.#parts.indexOf(text);
    if (named >= 0) return named;
    const role = /^[a-z]+([-_][a-z]+)*$/i.test(text) ? roleOfName(text) : null;
    const part = role ? partOfRole(role, this.spec) : -1;
    if (part >= 0) return part;
    throw this.options.fail(`Usage "${text}" is not one of ${this.#parts.join(', ')}`, 'correct the row');
  }

  #number(text: string): number {
    const classes = this.spec.classes.length;
    const label = Number(text);
    if (/^\d+(\.0+)?$/.test(text) && label < classes) return label;
    if (meaningsOfName(this.spec, text).length > 0)
      throw this.options.fail(
        `emotion "${text}" ${whatNameIs(this.spec, text)}`,
        'write the English names in all rows',
      );
    throw this.options.fail(
      `emotion "${text}" is not a number from 0 to ${classes - 1}`,
      label === classes
        ? 'classes that are numbered from 1 have to be numbered from 0, or have their names'
        : 'write the number of the class, or its English name in every row',
    );
  }

  #remedyForSize(count: number): string {
    const side = Math.sqrt(count);
    if (!Number.isInteger(side) || side < 8) return 'the file is damaged: download it again';
    const own = `${this.spec.side}x${this.spec.side}`;
    return `these are images of ${side}x${side}: scale them to ${own}, or give them as pictures in folders`;
  }
}
