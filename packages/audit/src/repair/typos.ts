/** A text that differs from a printed one as typing mistakes do. */
export interface Typo {
  readonly text: string;
  /** Such as `two digits exchanged`. */
  readonly how: string;
}

/** What may have been meant where a figure or a count stands: the last digit a little off, digits exchanged, another digit. */
export function typosOf(text: string, isCount: boolean): Typo[] {
  const found = new Map<string, Typo>();
  const add = (other: string, how: string) => {
    if (other !== text && !(isCount && /^0/.test(other)) && !found.has(other))
      found.set(other, { text: other, how });
  };
  for (const other of slightlyOff(text)) add(other, 'the last digit');
  const digits = [...text].flatMap((character, at) => (/\d/.test(character) ? [at] : []));
  for (const [k, at] of digits.slice(0, -1).entries()) {
    const next = digits[k + 1]!;
    add(replaced(replaced(text, at, text[next]!), next, text[at]!), 'two digits exchanged');
  }
  for (const one of oneDigit(text, digits)) add(one, 'one digit');
  if (isCount && text.length > 1) {
    for (const at of digits) add(text.slice(0, at) + text.slice(at + 1), 'one digit too many');
  }
  return [...found.values()];
}

/** The figure some units of its last decimal up or down, as slips of rounding leave it. */
function slightlyOff(text: string): string[] {
  const digits = text.replace(/\D/g, '');
  return [1, -1, 2, -2, 3, -3].flatMap((step) => {
    const moved = BigInt(digits) + BigInt(step);
    const shown = moved.toString().padStart(digits.length, '0');
    let at = 0;
    return moved < 0n || shown.length > digits.length ? [] : [text.replace(/\d/g, () => shown[at++]!)];
  });
}

/** Texts with one digit changed, the smallest changes first. */
function oneDigit(text: string, digits: readonly number[]): string[] {
  const all = digits.flatMap((at) => [...'0123456789'].map((digit) => replaced(text, at, digit)));
  const value = (other: string) => Number(other.replace('%', ''));
  const size = (other: string) => Math.abs(value(other) - value(text));
  return all.sort((a, b) => size(a) - size(b));
}

function replaced(text: string, at: number, character: string): string {
  return text.slice(0, at) + character + text.slice(at + 1);
}
