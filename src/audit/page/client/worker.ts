import {
  auditClaim,
  ClaimError,
  parseClaim,
  type ReadTable,
  readTables,
  validateClaim,
  verdictHtml,
} from '@ferlab/audit';
import loadHighs, { type Highs } from 'highs';
import bytes from 'highs/runtime';
import type { Answer, Question } from './messages';

// The solver runs here, so that the page stays quick; its WebAssembly is part of this script.

type Imports = WebAssembly.Imports;

/** The solver from the bytes in this script: a page from a file has no address to load them from. */
function loadSolver(): Promise<Highs> {
  const instantiateWasm = (imports: Imports, receive: (instance: WebAssembly.Instance) => void) => {
    void WebAssembly.instantiate(bytes as BufferSource, imports).then((made) => receive(made.instance));
  };
  return loadHighs({ instantiateWasm } as Parameters<typeof loadHighs>[0]);
}

/** Seconds for all claims of a text. */
const SECONDS = 8;

const answer = (message: Answer) => postMessage(message);

function tablesOf(question: Question): readonly ReadTable[] {
  if ('tables' in question) {
    return question.tables.map(({ claim, notes }) => ({ claim: validateClaim(claim), notes }));
  }
  const { text, options } = question;
  if (/^\uFEFF?\s*\{[\s\S]*"classes"\s*:/.test(text)) return [{ claim: parseClaim(text), notes: [] }];
  return readTables(text, options);
}

async function answerAll(question: Question): Promise<void> {
  const tables = tablesOf(question);
  answer({ kind: 'read', tables });
  for (const [index, { claim }] of tables.entries()) {
    const report = await auditClaim(claim, {
      loadHighs: loadSolver,
      timeLimitSeconds: SECONDS / tables.length,
    });
    answer({ kind: 'report', index, verdict: report.verdict, html: verdictHtml(report, 'h3') });
  }
}

addEventListener('message', ({ data }: MessageEvent<Question>) => {
  answerAll(data).catch((error: unknown) => {
    const { message, remedy } =
      error instanceof ClaimError ? error : new ClaimError(String(error), { remedy: 'change the text' });
    answer({ kind: 'error', message, remedy });
  });
});
