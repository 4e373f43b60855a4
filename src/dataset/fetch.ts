import { createWriteStream, existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { EXIT, FerlabError, stopStatus } from '../errors';
import { basicAuthorization, reasonOfFetch } from '../http';
import { isDiskFull } from '../write-whole';
import { differencesFromOfficial } from './counts';
import type { KaggleToken } from './kaggle-token';
import { loadDataset } from './load';
import type { DatasetSpec, KaggleFile } from './spec';
import { PAPER_DATASET } from './specs';

/** Where the files of competitions are served. */
const KAGGLE = 'https://www.kaggle.com';

export interface FetchOptions {
  /** What is downloaded; the paper's data set unless given. */
  readonly spec?: DatasetSpec;
  /** Goes to Kaggle alone; another server gets none. */
  readonly token?: KaggleToken;
  /** Folder that receives the file. */
  readonly folder: string;
  /** Address of another server that has the file under the same path. */
  readonly base?: string;
  /** Bytes so far and in all, if the server says how many. */
  readonly onProgress?: (bytes: number, total: number | undefined) => void;
  readonly signal?: AbortSignal;
}

/**
 * Downloads a data set. A download that was cut off goes on where it ended; the file takes its name only when it is
 * whole and holds the official images.
 * @returns path of the file
 * @throws FerlabError for a refused token, rules not accepted, a broken connection, a full disk or wrong content
 */
export async function fetchDataset(options: FetchOptions): Promise<string> {
  const { spec = PAPER_DATASET } = options;
  const { file } = kaggleFile(spec);
  const path = join(options.folder, file);
  if (existsSync(path)) return path;
  const partial = join(options.folder, file.replace(/\./, '.part.'));
  mkdirSync(options.folder, { recursive: true });
  await download(partial, options);
  await checkContent(partial, spec);
  renameSync(partial, path);
  return path;
}

function kaggleFile({ title, kaggle }: DatasetSpec): KaggleFile {
  if (kaggle) return kaggle;
  throw new FerlabError(`${title} is not on Kaggle`, { remedy: 'download it by hand and use --data' });
}

async function download(partial: string, options: FetchOptions): Promise<void> {
  const have = existsSync(partial) ? statSync(partial).size : 0;
  const response = await request(have, options);
  if (response.status === 416) return; // nothing is left to fetch
  const isContinued = response.status === 206;
  const start = isContinued ? have : 0;
  const length = Number(response.headers.get('content-length'));
  const total = length > 0 ? start + length : undefined;
  await receive(response, partial, { start, total, options });
  if (total !== undefined && statSync(partial).size !== total)
    throw cutOff(partial, statSync(partial).size, total);
}

/** Whether the server asks for the user's token: only Kaggle itself, and only over an encrypted connection. */
export const needsToken = (base = KAGGLE): boolean => addressOf(base).origin === KAGGLE;

function addressOf(base: string): URL {
  const url = URL.canParse(base) ? new URL(base) : null;
  if (url && /^https?:$/.test(url.protocol)) return url;
  throw new FerlabError(`"${base}" is not a server address`, {
    remedy: 'begin it with https:// or http://, or leave it out to use Kaggle',
  });
}

/** The header that names the user, for a server that may see it. */
export function authorizationFor(
  base: string,
  token: KaggleToken | undefined,
): Readonly<Record<string, string>> {
  if (!token || !needsToken(base)) return {};
  return basicAuthorization(token.username, token.key);
}

async function request(have: number, options: FetchOptions): Promise<Response> {
  const { spec = PAPER_DATASET, token, base = KAGGLE, signal } = options;
  const { competition, file } = kaggleFile(spec);
  const url = new URL(`/api/v1/competitions/data/download/${competition}/${file}`, addressOf(base));
  // Where the answer is a redirect to another server, `fetch` leaves the authorization out.
  const headers = { ...authorizationFor(base, token), ...(have > 0 ? { range: `bytes=${have}-` } : {}) };
  const response = await fetch(url, { headers, signal }).catch((error: Error) => {
    throw failure(
      `no connection to ${url.host}: ${reasonOfFetch(error)}`,
      'check the network and repeat the command',
      error,
    );
  });
  if (response.ok || response.status === 416) return response;
  throw refusalOf(response.status, base, spec);
}

/** What a server's refusalOf means. */
export function refusalOf(status: number, base: string, spec: DatasetSpec = PAPER_DATASET): FerlabError {
  if (!needsToken(base)) {
    return failure(
      `${addressOf(base).host} answers with status ${status}`,
      'check that it has the file, or leave out --from',
    );
  }
  if (status === 401)
    return failure('Kaggle does not accept the token', 'make a new one in the settings of your account');
  if (status === 403) {
    return failure(
      'Kaggle refuses the file',
      `accept the rules at ${KAGGLE}/c/${kaggleFile(spec).competition} and repeat the command`,
    );
  }
  if (status === 404)
    return failure('Kaggle no longer has the file', `download ${spec.title} by hand and use --data`);
  return failure(
    `Kaggle answers with status ${status}`,
    'repeat the command later; the downloaded part is kept',
  );
}

const failure = (problem: string, remedy: string, cause?: unknown) =>
  new FerlabError(problem, { remedy, cause, exitStatus: EXIT.failure });

function cutOff(partial: string, have: number, total: number): FerlabError {
  return failure(
    `the connection ended after ${have} of ${total} bytes (${basename(partial)})`,
    'repeat the command: the download continues there',
  );
}

interface Reception {
  readonly start: number;
  readonly total: number | undefined;
  readonly options: FetchOptions;
}

async function receive(
  response: Response,
  partial: string,
  { start, total, options }: Reception,
): Promise<void> {
  let bytes = start;
  const body = Readable.fromWeb(response.body as Parameters<typeof Readable.fromWeb>[0]);
  body.on('data', (piece: Uint8Array) => {
    bytes += piece.length;
    options.onProgress?.(bytes, total);
  });
  const file = createWriteStream(partial, { flags: start > 0 ? 'a' : 'w' });
  try {
    await pipeline(body, file, { signal: options.signal });
  } catch (error) {
    // A write that is under way still lands: only the closed file has the size at which to go on.
    if (!file.closed) await new Promise<void>((done) => file.once('close', done));
    throw explainBreak(error, partial, total);
  }
}

function explainBreak(error: unknown, partial: string, total: number | undefined): unknown {
  if (isDiskFull(error)) {
    return failure(
      `${dirname(partial)}: the disk is full`,
      'free some space and repeat the command: the download continues there',
      error,
    );
  }
  if ((error as Error).name === 'AbortError') {
    return new FerlabError('stopped', {
      remedy: 'repeat the command: the download continues there',
      exitStatus: stopStatus(error),
    });
  }
  const have = existsSync(partial) ? statSync(partial).size : 0;
  return cutOff(partial, have, total ?? Number.NaN);
}

/** Decodes the download; what is not the data set is removed, so that the next call starts anew. */
async function checkContent(partial: string, spec: DatasetSpec): Promise<void> {
  try {
    const dataset = await loadDataset({ path: partial, spec });
    const differences = differencesFromOfficial(dataset);
    if (differences) throw failure(`${dataset.count} images: ${differences}`, 'repeat the command');
  } catch (error) {
    rmSync(partial, { force: true });
    const problem = error instanceof Error ? error.message : String(error);
    throw failure(
      `the downloaded file is not ${spec.title}: ${problem}`,
      'repeat the command; if it fails again, use --data',
      error,
    );
  }
}
