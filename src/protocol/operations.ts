import { z } from 'zod';
import { type DocumentFormat, loadDocument } from '../run/json-file';
import type { ProtocolFinding } from './finding';

type Part = 'all' | 'training' | 'validation' | 'test';

/** One step from the images to a printed number. */
export interface Operation {
  readonly operation:
    | 'split'
    | 'augment'
    | 'oversample'
    | 'fit'
    | 'train'
    | 'choose'
    | 'filter'
    | 'relabel'
    | 'evaluate';
  /** Images that it sees; before the split these are all. */
  readonly on: readonly Part[];
  /** More about it, in words. */
  readonly what?: string;
}

const OPERATIONS = [
  'split',
  'augment',
  'oversample',
  'fit',
  'train',
  'choose',
  'filter',
  'relabel',
  'evaluate',
] as const;
const part = z.enum(['all', 'training', 'validation', 'test']);
const RECORD: DocumentFormat<{ format: string; operations: readonly Operation[] }> = {
  format: 'ferlab-protocol-1',
  schema: z.strictObject({
    format: z.literal('ferlab-protocol-1'),
    operations: z
      .array(
        z.strictObject({
          operation: z.enum(OPERATIONS),
          on: z.array(part).min(1),
          what: z.string().optional(),
        }),
      )
      .min(1),
  }),
  remedy: 'docs/commands.md describes the record of a protocol',
};

/** Reads the record of a protocol. @throws FerlabError that names the wrong fields */
export const loadOperations = (path: string): readonly Operation[] => loadDocument(path, RECORD).operations;

/** What makes an operation a leak, as the end of a sentence; null where it is none. */
type Rule = (operation: Operation, context: { isSplit: boolean; learnt: ReadonlySet<Part> }) => string | null;

const sees = ({ on }: Operation, wanted: Part) => on.includes(wanted) || on.includes('all');

const RULES: readonly Rule[] = [
  ({ operation }, { isSplit }) =>
    (operation === 'augment' || operation === 'oversample') && !isSplit
      ? 'before the split: changed or equal copies of one image come to lie in several parts'
      : null,
  (one, { isSplit }) =>
    one.operation === 'fit' && (!isSplit || sees(one, 'test'))
      ? 'on test images: they shape what is learnt'
      : null,
  (one) =>
    one.operation === 'choose' && sees(one, 'test')
      ? 'by test images: the best of several is too good'
      : null,
  (one) =>
    (one.operation === 'filter' || one.operation === 'relabel') && sees(one, 'test')
      ? 'of test images: the result is of other images or labels than the published ones'
      : null,
  (one) => (one.operation === 'train' && sees(one, 'test') ? 'on test images' : null),
  (one, { learnt }) =>
    one.operation === 'evaluate' && [...learnt].some((seen) => sees(one, seen))
      ? 'on images that were learnt'
      : null,
];

/** Judges the order of operations: what must not come before the split, and what must not see test images. */
export function checkOrder(operations: readonly Operation[] | null): ProtocolFinding {
  if (!operations)
    return {
      check: 'order',
      verdict: 'not checked',
      text: 'no record of the operations was given',
      examples: [],
    };
  const learnt = new Set<Part>();
  let isSplit = false;
  const leaks: string[] = [];
  for (const one of operations) {
    const reason = RULES.map((rule) => rule(one, { isSplit, learnt })).find((text) => text !== null);
    if (reason) leaks.push(`${one.operation}${one.what ? ` (${one.what})` : ''} ${reason}`);
    if (one.operation === 'split') isSplit = true;
    if (one.operation === 'train') for (const seen of one.on) learnt.add(seen);
  }
  const order = operations.map(({ operation, on }) => `${operation} ${on.join('+')}`).join(', ');
  const verdict = leaks.length > 0 ? 'leak' : isSplit ? 'clean' : 'open';
  const text = isSplit ? order : `${order}; there is no split among them`;
  return { check: 'order', verdict, text, examples: leaks };
}
