import assert from 'node:assert/strict';
import { existsSync, readdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import * as tar from 'tar-stream';
import { authorizationFor, fetchDataset, refusalOf } from '../../src/dataset/fetch';
import { findKaggleToken } from '../../src/dataset/kaggle-token';
import { FER2013 } from '../../src/dataset/specs/fer2013';
import { FerlabError } from '../../src/errors';
import { csvLines, scratchFolder } from './files';

const token = { username: 'someone', key: 'a-secret-key' };
const AUTHORIZATION = `Basic ${Buffer.from('someone:a-secret-key').toString('base64')}`;

/** A file with the official number of images of each class in each part, all black: it compresses to little. */
async function officialArchive(): Promise<Buffer> {
  const black = new Array(2304).fill('0').join(' ');
  const rows = FER2013.parts.flatMap(({ name: usage }, u) =>
    FER2013.officialCounts.flatMap((counts, label) =>
      new Array<string>(counts[u]!).fill(`${label},${black},${usage}`),
    ),
  );
  return archive(`emotion,pixels,Usage\n${rows.join('\n')}\n`);
}

async function archive(csv: string): Promise<Buffer> {
  const pack = tar.pack();
  pack.entry({ name: 'fer2013/fer2013.csv' }, csv);
  pack.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of pack) chunks.push(chunk as Buffer);
  return gzipSync(Buffer.concat(chunks), { level: 1 });
}

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/** A server on loopback; returns its address. */
async function serve(t: TestContext, handler: Handler): Promise<string> {
  const server = createServer(handler);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Serves `file` with ranges, and ends the first answer after `cutAfter` bytes. */
function serveFile(file: Buffer, ranges: (string | undefined)[], cutAfter?: number): Handler {
  return (request, response) => {
    if (request.headers.authorization) return void response.writeHead(401).end('not for me');
    const range = request.headers.range;
    ranges.push(range);
    const start = range ? Number(/bytes=(\d+)-/.exec(range)![1]) : 0;
    response.writeHead(range ? 206 : 200, { 'content-length': file.length - start });
    if (ranges.length === 1 && cutAfter) response.write(file.subarray(0, cutAfter), () => response.destroy());
    else response.end(file.subarray(start));
  };
}

test('a download that is cut off goes on where it ended, and is checked', async (t) => {
  const folder = scratchFolder(t);
  const file = await officialArchive();
  const ranges: (string | undefined)[] = [];
  const base = await serve(t, serveFile(file, ranges, Math.floor(file.length / 2)));
  await assert.rejects(fetchDataset({ token, folder, base }), /connection ended after \d+ of/);
  assert.ok(!existsSync(join(folder, 'fer2013.tar.gz')));
  const have = statSync(join(folder, 'fer2013.part.tar.gz')).size;
  assert.ok(have > 0 && have < file.length);

  const seen: number[] = [];
  const path = await fetchDataset({ token, folder, base, onProgress: (bytes) => seen.push(bytes) });
  assert.deepEqual(ranges, [undefined, `bytes=${have}-`]);
  assert.equal(statSync(path).size, file.length);
  assert.ok(seen[0]! > have, 'progress counts what was there');
  assert.equal(seen.at(-1), file.length);
  assert.equal(await fetchDataset({ token, folder, base }), path, 'a second call has nothing to do');
  assert.equal(ranges.length, 2);
});

test('the token goes to Kaggle over https alone, to no other server and never in clear', async (t) => {
  assert.deepEqual(authorizationFor('https://www.kaggle.com', token), { authorization: AUTHORIZATION });
  const others = [
    'http://www.kaggle.com',
    'https://www.kaggle.com:8443',
    'https://www.kaggle.com.example.org',
    'https://kaggle.example.org/https://www.kaggle.com',
    'https://www.kaggle.com@example.org',
  ];
  for (const base of others) assert.deepEqual(authorizationFor(base, token), {}, base);
  const seen: string[] = [];
  const base = await serve(t, (request, response) => {
    seen.push(JSON.stringify(request.headers));
    response.writeHead(404).end();
  });
  await assert.rejects(fetchDataset({ token, folder: scratchFolder(t), base }), FerlabError);
  assert.equal(seen.length, 1);
  assert.doesNotMatch(seen.join(), /authorization|a-secret-key/i);
  assert.ok(!seen.join().includes(AUTHORIZATION.slice(6)));
});

test('what is no address is told before anything is asked', async (t) => {
  for (const base of ['notaurl', 'ftp://example.org', '']) {
    await assert.rejects(fetchDataset({ token, folder: scratchFolder(t), base }), /is not a server address/);
  }
});

for (const status of [401, 403, 404, 503]) {
  test(`status ${status} is told with a remedy`, async (t) => {
    const folder = scratchFolder(t);
    const base = await serve(t, (_request, response) => void response.writeHead(status).end('no'));
    await assert.rejects(fetchDataset({ token, folder, base }), (error: unknown) => {
      assert.ok(error instanceof FerlabError);
      assert.match(error.message, new RegExp(`127\\.0\\.0\\.1:\\d+ answers with status ${status}`));
      assert.ok(error.remedy);
      return true;
    });
    assert.deepEqual(readdirSync(folder), []);
  });
}

test('what Kaggle refuses is told with its remedy', () => {
  const { message, remedy } = refusalOf(403, 'https://www.kaggle.com');
  assert.match(
    `${message} ${remedy}`,
    /refuses the file accept the rules at https:\/\/www\.kaggle\.com\/c\//,
  );
  assert.match(refusalOf(401, 'https://www.kaggle.com').message, /does not accept the token/);
  assert.match(refusalOf(404, 'https://www.kaggle.com').message, /no longer has/);
  assert.match(refusalOf(503, 'https://www.kaggle.com').message, /status 503/);
});

test('other content is refused and removed', async (t) => {
  const folder = scratchFolder(t);
  const base = await serve(t, serveFile(await archive(csvLines().join('\n')), []));
  await assert.rejects(fetchDataset({ token, folder, base }), /not FER-2013: 42 images/);
  assert.deepEqual(
    readdirSync(folder).filter((name) => name.startsWith('fer2013')),
    [],
  );
});

test('a full disk is told as such', {
  skip: !existsSync('/dev/full') && 'there is no /dev/full',
}, async (t) => {
  const folder = scratchFolder(t);
  symlinkSync('/dev/full', join(folder, 'fer2013.part.tar.gz'));
  const base = await serve(t, serveFile(Buffer.alloc(200_000), []));
  await assert.rejects(fetchDataset({ token, folder, base }), /the disk is full/);
});

test('no server is told as such', async (t) => {
  const folder = scratchFolder(t);
  await assert.rejects(
    fetchDataset({ token, folder, base: 'http://127.0.0.1:1' }),
    /no connection to 127\.0\.0\.1:1/,
  );
});

test('the token comes from the environment or from kaggle.json; a broken file is named, not shown', async (t) => {
  const folder = scratchFolder(t);
  assert.deepEqual(findKaggleToken({ KAGGLE_USERNAME: 'a', KAGGLE_KEY: 'b' }), { username: 'a', key: 'b' });
  writeFileSync(join(folder, 'kaggle.json'), JSON.stringify(token));
  assert.deepEqual(findKaggleToken({ KAGGLE_CONFIG_DIR: folder }), token);
  writeFileSync(join(folder, 'kaggle.json'), '{"key":"a-secret-key"');
  assert.throws(
    () => findKaggleToken({ KAGGLE_CONFIG_DIR: folder }),
    (error: Error) => {
      assert.match(error.message, /not a Kaggle token/);
      assert.doesNotMatch(error.message, /secret/);
      return true;
    },
  );
  assert.throws(() => findKaggleToken({ KAGGLE_CONFIG_DIR: join(folder, 'none') }), /no Kaggle token/);
});
