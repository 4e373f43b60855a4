import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { ferlab } from '../cli/ferlab';

test('ferlab audit prints text, JSON and a page', (t) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'ferlab-audit-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const page = path.join(folder, 'audit.html');
  const text = ferlab('audit', 'claims/khaireddin-2021-private-test.json', '--html', page);
  assert.equal(text.status, 0, text.stderr);
  assert.match(text.stdout, /impossible as printed/);
  assert.match(text.stdout, /cannot come from PrivateTest \(55\)/);
  const html = readFileSync(page, 'utf8');
  assert.match(html, /^<!doctype html>/);
  assert.doesNotMatch(html, /<script|https?:/);
  assert.match(html, /Brown and Heathers 2017/);
  const json = ferlab('audit', 'claims/accuracy-73-28.json', '--json');
  assert.equal(JSON.parse(json.stdout).verdict, 'consistent');
  const matrix = ferlab('audit', 'claims/khaireddin-2021-public-test.json', '--html', page);
  assert.equal(matrix.status, 0, matrix.stderr);
  assert.match(readFileSync(page, 'utf8'), /<th[^>]*>Disgust<\/th><td[^>]*>13<\/td><td[^>]*>36<\/td>/);
});

test('each malformed claim ends with status 2, its field and a remedy, and writes nothing', (t) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'ferlab-audit-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const claim = (rest: string) => `{"title":"t","classes":["a","b"],${rest}}`;
  const digits = '3'.repeat(1_000_000);
  const cases: [string, RegExp][] = [
    [claim('"supports":{"a":-1}'), /supports\.a: /],
    [claim('"accuracy":"101%"'), /accuracy: '101%' lies outside/],
    [claim('"accuracy":"NaN"'), /accuracy: 'NaN' is not a figure/],
    [claim('"accuracy":NaN'), /no JSON: .* line 1/],
    [claim('"perClass":{"recall":{"c":"0.5"}}'), /perClass\.recall\.c: is not one of the classes/],
    [claim('"n":5,"n":6'), /n: the key occurs twice/],
    [claim(`"accuracy":"0.${digits}"`), /accuracy: /],
    [claim(`"n":${digits}`), /n: /],
  ];
  cases.forEach(([text, pattern], index) => {
    const bad = path.join(folder, `${index}.json`);
    const page = path.join(folder, `${index}.html`);
    writeFileSync(bad, text);
    const failed = ferlab('audit', bad, '--html', page);
    assert.equal(failed.status, 2, failed.stderr.slice(0, 300));
    assert.match(failed.stderr, pattern);
    assert.match(failed.stderr, /remedy: /);
    assert.ok(failed.stderr.length < 1000, `${failed.stderr.length} characters`);
    assert.equal(failed.stdout, '');
    assert.equal(existsSync(page), false);
  });
});

test('ferlab audit reads a mean with its standard deviation over folds', (t) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'ferlab-audit-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const [table, page] = ['table.md', 'audit.html'].map((name) => path.join(folder, name)) as [string, string];
  writeFileSync(table, '| Model | Accuracy (mean ± SD) |\n|---|---|\n| A | 71.08 ± 1.43 |\n');
  const options = ['--folds', '10', '--n', '3589', '--html', page];
  const found = ferlab('audit', table, ...options);
  assert.equal(found.status, 0, found.stderr);
  assert.match(found.stdout, /standard deviation of the accuracy 1\.43%/);
  assert.match(found.stdout, /with \d+ of 359, .* of 358 correct/);
  assert.match(readFileSync(page, 'utf8'), /<p>With \d+ of 359, .* of 358 correct\.<\/p>/);
  const both = ferlab('audit', table, ...options, '--runs', '5');
  assert.equal(both.status, 2);
  assert.match(both.stderr, /--runs 5 and --folds 10 are both given/);
});
