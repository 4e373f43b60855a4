import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type IncomingHttpHeaders, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { type FolderServer, serveFolder } from '../../src/demo/server';

const POLICY = "default-src 'none'";

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** Asks as a browser would, or as somebody would who writes requests by hand: paths are sent as they are. */
function ask(port: string, path: string, { method = 'GET', headers = {} } = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, path, method, headers }, (response) => {
      let text = '';
      response.on('data', (some) => {
        text += some;
      });
      response.on('end', () => resolve({ status: response.statusCode!, headers: response.headers, text }));
    });
    sent.on('error', reject).end();
  });
}

describe('the server of the live page', () => {
  const outside = mkdtempSync(join(tmpdir(), 'ferlab-served-'));
  const folder = join(outside, 'site');
  let server: FolderServer;
  let address: URL;
  let cookie: string;

  before(async () => {
    mkdirSync(join(folder, 'assets'), { recursive: true });
    writeFileSync(join(outside, 'secret.html'), 'secret');
    writeFileSync(join(folder, 'live.html'), 'the page');
    writeFileSync(join(folder, 'assets', 'live.js'), 'the script');
    server = await serveFolder({ folder, policy: POLICY, port: 0 });
    address = new URL(server.address('live.html'));
    const first = await ask(address.port, address.pathname + address.search);
    assert.deepEqual([first.status, first.headers.location], [303, '/live.html']);
    const set = first.headers['set-cookie']![0]!;
    assert.match(set, /; HttpOnly; SameSite=Strict; Path=\/$/);
    cookie = set.split(';')[0]!;
  });
  after(async () => {
    await server.close();
    rmSync(outside, { recursive: true });
  });

  const withCookie = (path: string, more = {}) =>
    ask(address.port, path, { ...more, headers: { cookie, ...(more as { headers?: object }).headers } });

  it('listens on this machine alone, and its token is long', () => {
    assert.equal(address.hostname, '127.0.0.1');
    assert.match(address.searchParams.get('token')!, /^[0-9a-f]{48}$/);
  });

  it('gives files to who has the cookie, with their types and the policy', async () => {
    const page = await withCookie('/live.html');
    assert.deepEqual([page.status, page.text], [200, 'the page']);
    assert.equal(page.headers['content-type'], 'text/html; charset=utf-8');
    assert.equal(page.headers['content-security-policy'], `${POLICY}; frame-ancestors 'none'`);
    assert.equal(page.headers['x-content-type-options'], 'nosniff');
    const script = await withCookie('/assets/live.js');
    assert.deepEqual([script.status, script.text], [200, 'the script']);
    assert.equal(script.headers['content-type'], 'text/javascript; charset=utf-8');
    const head = await withCookie('/live.html', { method: 'HEAD' });
    assert.deepEqual([head.status, head.text, head.headers['content-length']], [200, '', '8']);
  });

  it('refuses who has no token, a wrong one, or one of another length', async () => {
    const wrong = 'a'.repeat(48);
    assert.equal((await ask(address.port, '/live.html')).status, 403);
    assert.equal((await ask(address.port, `/live.html?token=${wrong}`)).status, 403);
    assert.equal((await ask(address.port, '/live.html?token=a')).status, 403);
    const forged = { cookie: cookie.replace(/=.*/, `=${wrong}`) };
    const answer = await ask(address.port, '/live.html', { headers: forged });
    assert.equal(answer.status, 403);
    assert.match(answer.text, /it has the token/);
    assert.equal(answer.headers['content-security-policy'], `${POLICY}; frame-ancestors 'none'`);
  });

  it('refuses a name that was made to lead here, and other methods', async () => {
    const rebound = await withCookie('/live.html', { headers: { host: `evil.example:${address.port}` } });
    assert.equal(rebound.status, 403);
    assert.equal((await withCookie('/live.html', { method: 'POST' })).status, 405);
  });

  it('knows no file outside the folder', async () => {
    for (const path of [
      '/../secret.html',
      '/%2e%2e/secret.html',
      '/..%2fsecret.html',
      '/nothing',
      '//',
      '///x:y',
      '/',
    ]) {
      const { status, text } = await withCookie(path);
      assert.equal(status, 404, path);
      assert.doesNotMatch(text, /secret/);
    }
  });

  it('says which port is taken', async () => {
    await assert.rejects(
      serveFolder({ folder, policy: POLICY, port: Number(address.port) }),
      (error: Error) => {
        assert.match(error.message, new RegExp(`port ${address.port} can't be used`));
        return true;
      },
    );
  });
});
