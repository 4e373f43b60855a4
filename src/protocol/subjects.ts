import { basename } from 'node:path';
import { FerlabError } from '../errors';
import { firstExamples, type ProtocolFinding } from './finding';
import type { ProtocolImages } from './images';

/** How the files of a data set are named; the first group of the pattern is the person. */
interface Naming {
  readonly dataset: string;
  readonly pattern: RegExp;
}

const NAMINGS: readonly Naming[] = [
  // S010_004_00000017.png
  { dataset: 'CK+', pattern: /^(S\d{3})_\d{3}_\d{8}/i },
  // KA.AN1.39.tiff
  { dataset: 'JAFFE', pattern: /^([A-Z]{2})\.[A-Z]{2}\d\.\d+/i },
  // AF01ANS.JPG
  { dataset: 'KDEF', pattern: /^[AB]([FM]\d{2})[A-Z]{3,4}/i },
  // s101_angry.png, subject-12-3.jpg, person_7.png
  {
    dataset: 'files that say "subject" or "person"',
    pattern: /^(?:subject|subj|person|participant)[-_ ]?(\d+)/i,
  },
];

/**
 * Looks for people in two parts, by the names of their files.
 * @param pattern of the names, with the person in its first group; without it, the namings of known data sets
 * @throws FerlabError for a pattern that is none
 */
export function checkSubjects({ files, spec, usages }: ProtocolImages, pattern?: string): ProtocolFinding {
  if (!files) return notChecked('a table names no files');
  const naming =
    pattern === undefined
      ? namingOf(files)
      : { dataset: 'the given pattern', pattern: parsePattern(pattern) };
  if (!naming) return notChecked('the names of the files tell no person; --subject gives a pattern');
  const people = files.map((file) => naming.pattern.exec(basename(file))?.[1] ?? null);
  const unnamed = people.indexOf(null);
  if (unnamed >= 0) return notChecked(`${files[unnamed]} tells no person (names of ${naming.dataset})`);
  const parts = new Map<string, Set<number>>();
  for (const [row, person] of people.entries())
    parts.set(person!, (parts.get(person!) ?? new Set()).add(usages[row]!));
  const shared = [...parts].filter(([, own]) => own.size > 1);
  const named = (own: ReadonlySet<number>) =>
    [...own]
      .sort()
      .map((part) => spec.parts[part]!.name)
      .join(' and ');
  return {
    check: 'subjects',
    verdict: shared.length > 0 ? 'leak' : 'clean',
    text: `${shared.length} of ${parts.size} people are in more than one part (names of ${naming.dataset})`,
    examples: firstExamples(shared.map(([person, own]) => `${person} in ${named(own)}`)),
  };
}

const notChecked = (text: string): ProtocolFinding => ({
  check: 'subjects',
  verdict: 'not checked',
  text,
  examples: [],
});

/** The naming that all files follow, if there is one. */
const namingOf = (files: readonly string[]): Naming | undefined =>
  NAMINGS.find(({ pattern }) => files.every((file) => pattern.test(basename(file))));

function parsePattern(text: string): RegExp {
  try {
    const pattern = new RegExp(text);
    if (new RegExp(`${text}|`).exec('')!.length > 1) return pattern;
  } catch {
    // Said below.
  }
  throw new FerlabError(`--subject ${text} is no pattern with a group`, {
    remedy: "give a regular expression whose first group is the person, such as '^([0-9]+)_'",
  });
}
