import assert from 'node:assert/strict';
import { test } from 'node:test';
import { choosePeers, chosenCases, positive } from '../../bench/flags';
import { PEERS } from '../../bench/peer';

test('every peer can be chosen by its id, alone and with others', () => {
  for (const peer of PEERS) assert.deepEqual(choosePeers(peer.id), [peer]);
  assert.deepEqual(choosePeers(PEERS.map(({ id }) => id).join(',')), PEERS);
  assert.deepEqual(
    choosePeers('pytorch-channels-last, ferlab').map(({ name }) => name),
    ['ferlab', 'PyTorch, channels_last'],
  );
});

test('a peer that is not there is told, with those that are', () => {
  assert.throws(
    () => choosePeers('ferlab,PyTorch'),
    /no peer is called "PyTorch"; there are ferlab, tfjs, keras/,
  );
});

test('rounds are whole numbers from 1', () => {
  assert.equal(positive('12'), 12);
  for (const text of ['0', '-1', '1.5', 'five', '']) assert.throws(() => positive(text), /whole number/);
});

test('a word chooses the cases that have it in their name', () => {
  const names = chosenCases({ quick: false, only: 'inference' }).map(({ name }) => name);
  assert.equal(names.length, 3);
  assert.ok(names.every((name) => name.startsWith('inference')));
  assert.deepEqual(chosenCases({ quick: false, only: 'loading' }), []);
});
