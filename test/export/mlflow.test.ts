import assert from 'node:assert/strict';
import { test } from 'node:test';
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
