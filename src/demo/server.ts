import { randomBytes, timingSafeEqual } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { EXIT, FerlabError } from '../errors';

/** The only address that is listened on: nobody else can reach it. */
const HOST = '127.0.0.1';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
};

export interface ServedFolder {
  readonly folder: string;
  /** Content security policy of every answer. */
  readonly policy: string;
  /** 0 for any that is free. */
  readonly port: number;
}

/** A running server. */
export interface FolderServer {
  /** Address of a page, with the token. */
  address(page: string): string;
  close(): Promise<void>;
}

/**
 * Serves the files of a folder, read once, on this machine alone, to who knows the token: it is in the address that is
 * opened first, and in a cookie from then on.
 * @throws FerlabError when the port is taken
 */
export async function serveFolder({ folder, policy, port }: ServedFolder): Promise<FolderServer> {
  const files = readFiles(folder);
  const token = randomBytes(24).toString('hex');
  const server = createServer((request, response) => answer(request, response, { files, token, policy }));
  await listen(server, port);
  const origin = `http://${HOST}:${portOf(server)}`;
  return {
    address: (page) => `${origin}/${page}?token=${token}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const portOf = (server: Server) => (server.address() as AddressInfo).port;

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        new FerlabError(`port ${port} can't be used (${error.code ?? error.message})`, {
          remedy: 'choose another with --port, or leave --port out',
          exitStatus: EXIT.failure,
          cause: error,
        }),
      ),
    );
    server.listen(port, HOST, resolve);
  });
}

/** All files by their addresses: nothing else can be asked for. */
function readFiles(folder: string): ReadonlyMap<string, Buffer> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
  return new Map(paths.map((path) => [path.slice(folder.length).replaceAll('\\', '/'), readFileSync(path)]));
}

interface Served {
  readonly files: ReadonlyMap<string, Buffer>;
  readonly token: string;
  readonly policy: string;
}

function answer(request: IncomingMessage, response: ServerResponse, served: Served): void {
  response.setHeader('Content-Security-Policy', `${served.policy}; frame-ancestors 'none'`);
  for (const [name, value] of HEADERS) response.setHeader(name, value);
  const asked = read(request, served);
  if ('reason' in asked) {
    response
      .writeHead(asked.status, { 'Content-Type': 'text/plain; charset=utf-8' })
      .end(`${asked.reason}\n`);
  } else if ('cookie' in asked) {
    response.writeHead(303, { 'Set-Cookie': asked.cookie, Location: asked.path }).end();
  } else {
    response.setHeader('Content-Type', TYPES[extname(asked.path)] ?? 'application/octet-stream');
    response.setHeader('Content-Length', asked.file.length);
    response.end(request.method === 'HEAD' ? undefined : asked.file);
  }
}

/** What a request comes to: a refusal, the cookie for the token in the address, or a file. */
type Asked =
  | { readonly status: number; readonly reason: string }
  | { readonly path: string; readonly cookie: string }
  | { readonly path: string; readonly file: Buffer };

function read(request: IncomingMessage, { files, token }: Served): Asked {
  const { headers, method, socket, url } = request;
  const host = `${HOST}:${socket.localPort}`;
  // A page of somebody else whose name was made to lead here has another host.
  if (headers.host !== host) return { status: 403, reason: 'this server answers for its own address' };
  if (method !== 'GET' && method !== 'HEAD') return { status: 405, reason: 'only GET and HEAD are answered' };
  if (!URL.canParse(`http://${host}${url}`)) return { status: 400, reason: 'this is no address' };
  const { pathname: path, searchParams } = new URL(`http://${host}${url}`);
  const name = `ferlab-demo-${socket.localPort}`; // cookies are shared between the ports of a machine
  if (isSame(searchParams.get('token'), token))
    return { path, cookie: `${name}=${token}; HttpOnly; SameSite=Strict; Path=/` };
  if (!isSame(cookieOf(request, name), token))
    return { status: 403, reason: 'open the address that `ferlab demo` printed: it has the token' };
  const file = files.get(path);
  return file ? { path, file } : { status: 404, reason: 'no such page' };
}

const HEADERS = [
  ['X-Content-Type-Options', 'nosniff'],
  ['Referrer-Policy', 'no-referrer'],
  ['Cross-Origin-Opener-Policy', 'same-origin'],
  ['Cross-Origin-Resource-Policy', 'same-origin'],
  ['Permissions-Policy', 'camera=(self), microphone=(), geolocation=()'],
  ['Cache-Control', 'no-store'],
] as const;

/** Takes as long whatever is wrong. */
function isSame(given: string | null | undefined, token: string): boolean {
  const [one, other] = [Buffer.from(given ?? ''), Buffer.from(token)];
  return one.length === other.length && timingSafeEqual(one, other);
}

function cookieOf({ headers }: IncomingMessage, name: string): string | undefined {
  const pairs = (headers.cookie ?? '').split(';').map((pair) => pair.trim().split('='));
  return pairs.find(([key]) => key === name)?.[1];
}
