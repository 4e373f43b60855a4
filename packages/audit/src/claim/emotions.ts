import { EMOTIONS, type Emotion, SHORT_FORMS, WORDS } from './emotion-words';

/** Letters that are written in two ways, and to which Unicode knows no simpler one. */
const PLAIN: Readonly<Record<string, string>> = {
  ...{ ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd', ı: 'i', ς: 'σ' },
  ...{ ى: 'ي', ی: 'ي', ک: 'ك', ة: 'ه' },
};

/**
 * The letters and digits of a name, whatever their case, accents, width or Unicode form: `Tristeza`, `TRISTÉZA` and
 * `Ｔristeza` are one. Marks that tell letters apart, as in Japanese or Hindi, stay.
 */
function bare(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/[\u0300-\u036f\u064b-\u0655\u0670]/g, '')
    .normalize('NFC')
    .toLowerCase()
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[ßæœøłđıςىیکة]/g, (letter) => PLAIN[letter]!)
    .replace(/[^\p{L}\p{M}\p{N}]/gu, '');
}

/** The emotions of each word. */
function indexed(...lists: Readonly<Record<Emotion, string>>[]): ReadonlyMap<string, readonly Emotion[]> {
  const found = new Map<string, readonly Emotion[]>();
  for (const emotion of EMOTIONS) {
    for (const word of [emotion, ...lists.flatMap((list) => list[emotion].split(/[,\n]/))]) {
      const key = bare(word);
      const known = found.get(key) ?? [];
      if (key !== '' && !known.includes(emotion)) found.set(key, [...known, emotion]);
    }
  }
  return found;
}

/** Made at the first call: a program that reads no names does not wait for it. */
function once<T extends object>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

const names = once(() => indexed(WORDS));
const namesAndShortForms = once(() => indexed(WORDS, SHORT_FORMS));

/** What a name is read up to. */
const LONGEST = 100;

/**
 * The emotions that a whole word may mean in some language: none where it is unknown, more than one where it is
 * ambiguous, such as `enojado` (angry in Spanish, disgusted in Portuguese).
 */
export const emotionsNamed = (name: string): readonly Emotion[] =>
  names().get(bare(name.slice(0, LONGEST))) ?? [];

/** The emotion that the name of a printed class stands for; a translation or another word in brackets behind it does not count. */
export function emotionOf(name: string): Emotion | undefined {
  const short = name.slice(0, LONGEST);
  const without = short.replace(/[([{/].*$/, '');
  return onlyOne(short) ?? onlyOne(without);
}

function onlyOne(name: string): Emotion | undefined {
  const emotions = namesAndShortForms().get(bare(name.replace(/\p{N}/gu, ''))) ?? [];
  return emotions.length === 1 ? emotions[0] : undefined;
}
