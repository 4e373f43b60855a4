import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { z } from 'zod';
import { TrackingServer, trackingCredentials } from '../../src/export/mlflow/tracking-server';

test('what is no address of a tracking server is refused, and so is a user name in it', () => {
  for (const address of ['', '127.0.0.1:5000', 'ftp://host', 'http://user:secret@127.0.0.1'])
    assert.throws(() => new TrackingServer(address), /is not the address of a tracking server/, address);
});

test('credentials travel encrypted, or stay on this machine', () => {
  const credentials = trackingCredentials({ MLFLOW_TRACKING_TOKEN: 'secret' });
  for (const address of [
    'http://example.org',
    'http://127.0.0.1.example.org',
    'http://localhost.example.org',
  ])
    assert.throws(() => new TrackingServer(address, credentials), /would travel unencrypted/, address);
  for (const address of [
    'https://example.org',
    'http://127.0.0.1:5000',
    'http://[::1]:5000',
    'http://localhost',
  ])
    assert.ok(new TrackingServer(address, credentials));
  assert.ok(new TrackingServer('http://example.org'), 'nothing to hide');
});

test('a page of a run keeps the path of a server behind a proxy', () => {
  const page = new TrackingServer('https://example.org/mlflow/').pageOf('3', 'abc');
  assert.equal(page, 'https://example.org/mlflow/#/experiments/3/runs/abc');
});

test('a request carries a token, or a user name with its password, and else nothing', async (t) => {
  const seen: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    seen.push(request.headers.authorization);
    response.setHeader('content-type', 'application/json').end('{}');
  });
  t.after(() => server.close());
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const user = { MLFLOW_TRACKING_USERNAME: 'ada', MLFLOW_TRACKING_PASSWORD: 'secret' };
  for (const environment of [
    {},
    user,
    { MLFLOW_TRACKING_USERNAME: 'ada' },
    { MLFLOW_TRACKING_PASSWORD: 'secret' },
    { ...user, MLFLOW_TRACKING_TOKEN: 'token' },
  ])
    await new TrackingServer(address, trackingCredentials(environment)).get(
      'runs/get',
      {},
      z.looseObject({}),
    );
  const basic = `Basic ${Buffer.from('ada:secret').toString('base64')}`;
  assert.deepEqual(seen, [undefined, basic, undefined, undefined, 'Bearer token']);
});
