import { readFileSync, statSync } from 'node:fs';
import { type ParseError, parse, printParseErrorCode, visit } from 'jsonc-parser';
import { FerlabError } from '../errors';
import type { Claim } from './claim';
import { validateClaim } from './schema';

/** Largest claim file that is read, in bytes. */
const MAX_BYTES = 8 * 1024 * 1024;

/**
 * Reads a claim from a JSON file.
 * @throws FerlabError when the file can't be read, is no JSON, names a key twice or breaks the schema
 */
export function readClaim(path: string): Claim {
  let text: string;
  try {
    if (statSync(path).size > MAX_BYTES) {
      throw new FerlabError(`${path}: larger than ${MAX_BYTES} bytes`, {
        remedy: 'a claim holds the figures of one table',
      });
    }
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof FerlabError) throw error;
    throw new FerlabError(`${path}: ${(error as Error).message}`, {
      remedy: 'give the path of a claim file',
      cause: error,
    });
  }
  try {
    return parseClaim(text);
  } catch (error) {
    if (!(error instanceof FerlabError)) throw error;
    throw new FerlabError(`${path}: ${error.message}`, { remedy: error.remedy ?? '', cause: error });
  }
}

/** Parses a claim from JSON text, in which no key may stand twice. */
export function parseClaim(text: string): Claim {
  const body = text.replace(/^\uFEFF/, '');
  checkSyntax(body);
  const errors: ParseError[] = [];
  return validateClaim(parse(body, errors, { disallowComments: true }));
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
          throw new FerlabError(`${field}: the key stands twice (line ${line + 1})`, {
            remedy: 'keep one of the two',
          });
        }
        seen.add(name);
      },
      onError: (code, _offset, _length, line, column) => {
        throw new FerlabError(
          `no JSON: ${printParseErrorCode(code)} at line ${line + 1}, column ${column + 1}`,
          {
            remedy:
              'check the file with a JSON editor; figures are strings, so NaN and bare decimals have no place',
          },
        );
      },
    },
    { disallowComments: true },
  );
}
