import { type ParseError, parse, printParseErrorCode, visit } from 'jsonc-parser';
import { ClaimError } from '../error';
import type { Claim } from './claim';
import { validateClaim } from './schema';

/** Parses a claim from JSON text, in which no key may stand twice. */
export function parseClaim(text: string): Claim {
  const body = text.replace(/^\uFEFF/, '');
  checkDepth(body);
  checkSyntax(body);
  const errors: ParseError[] = [];
  return validateClaim(parse(body, errors, { disallowComments: true }));
}

/** Most brackets within each other; a claim has four. */
const MAX_DEPTH = 50;

/** Parsers call themselves for every bracket, so that very many of them would end in a stack trace. */
function checkDepth(text: string): void {
  let depth = 0;
  for (const [mark] of text.replace(/"(?:[^"\\]|\\.)*"/g, '').matchAll(/[[\]{}]/g)) {
    depth += mark === '[' || mark === '{' ? 1 : -1;
    if (depth > MAX_DEPTH) {
      throw new ClaimError(`no claim: more than ${MAX_DEPTH} brackets stand within each other`, {
        remedy: 'write a claim as claims/claim.schema.json describes it',
      });
    }
  }
}

/** `JSON.parse` keeps the last of two equal keys and says nothing, so the text is walked through first. */
function checkSyntax(text: string): void {
  const keys: Set<string>[] = [];
  visit(
    text,
    {
      onObjectBegin: () => void keys.push(new Set()),
      onObjectEnd: () => void keys.pop(),
      onObjectProperty: (name, _offset, _length, line, _column, pathOf) => {
        const seen = keys.at(-1)!;
        const field = [...pathOf(), name].join('.');
        if (seen.has(name)) {
          throw new ClaimError(`${field}: the key occurs twice (line ${line + 1})`, {
            remedy: 'keep one of the two',
          });
        }
        seen.add(name);
      },
      onError: (code, _offset, _length, line, column) => {
        throw new ClaimError(
          `no JSON: ${printParseErrorCode(code)} at line ${line + 1}, column ${column + 1}`,
          {
            remedy:
              'check the file with a JSON editor; figures are strings; NaN and decimals without quotes are not allowed',
          },
        );
      },
    },
    { disallowComments: true },
  );
}
