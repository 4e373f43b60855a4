import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { describeVerdict, figureVerdicts } from '../../src/audit/figure-verdicts';
import { loadMarkdown, type RenderMarkdown } from '../../src/site/parts/markdown';
import { fieldOf, metricOfTable } from '../../src/site/parts/paper-verdicts';
import { commitLink, webAddress } from '../../src/site/parts/repository';

describe('Markdown', () => {
  let render: RenderMarkdown;
  before(async () => {
    render = await loadMarkdown();
  });
  const html = (text: string, resolve = (_: string): string | null => null) => render(text, { resolve }).text;

  test('shows HTML as text, and follows no script', () => {
    assert.match(html('<img src=x onerror=alert(1)>'), /&lt;img/);
    assert.doesNotMatch(html('[a](javascript:alert(1))'), /href/);
    assert.doesNotMatch(html('[a](data:text/html,x)'), /href/);
  });

  test('links what the site has, and keeps the words of what it has not', () => {
    assert.match(
      html('[card](x.md)', () => 'model-x.html'),
      /<a href="model-x.html">card<\/a>/,
    );
    assert.equal(html('[card](x.md)').trim(), '<p>card</p>');
    assert.match(
      html('[web](https://example.org/a?b=1&c=2)'),
      /href="https:\/\/example.org\/a\?b=1&amp;c=2"/,
    );
  });

  test('gives headings distinct ids, and tables a place to scroll', () => {
    assert.match(html('# Use\n\n# Use'), /id="use".*id="use-2"/s);
    assert.match(html('| a |\n|---:|\n| 1 |'), /class="scroll" tabindex="0".*<td class="number">1<\/td>/s);
  });
});

describe('the address of the project', () => {
  test('is read from a remote', () => {
    assert.equal(webAddress('git@example.org:owner/name.git'), 'https://example.org/owner/name');
    assert.equal(webAddress('https://example.org/owner/name.git'), 'https://example.org/owner/name');
    assert.equal(webAddress('/srv/git/name'), null);
    assert.equal(webAddress('https://user:secret@example.org/owner/name.git'), null);
  });
  test('leads to commits, where it is known', () => {
    assert.equal(commitLink({ url: 'https://example.org/a' }, 'abc'), 'https://example.org/a/commit/abc');
    assert.equal(commitLink({ url: null }, 'abc'), null);
  });
});

describe('verdicts on printed figures', () => {
  const certificate = (fields: string[], statement: string) => ({
    figures: fields.map((field) => ({ field, meaning: '', text: '' })),
    statement,
    minimality: 'smallest' as const,
  });
  const reading = (...certificates: ReturnType<typeof certificate>[]) => ({ checks: [{ certificates }] });

  test('count readings, and name the contradiction of the fewest figures', () => {
    const report = {
      readings: [
        reading(certificate(['a', 'b', 'c'], 'three'), certificate(['a', 'b'], 'two')),
        reading(certificate(['a', 'b', 'c'], 'three')),
        reading(),
      ],
    };
    const verdicts = figureVerdicts(report as never);
    assert.deepEqual(verdicts.get('a'), { contradicted: 2, readings: 3, smallest: 'two' });
    assert.deepEqual(verdicts.get('c'), { contradicted: 2, readings: 3, smallest: 'three' });
    assert.equal(describeVerdict(verdicts.get('a')), 'contradicted under 2 of 3 readings');
    assert.equal(describeVerdict(verdicts.get('z')), 'no contradiction found');
  });

  test('belong to the rows of the tables', () => {
    assert.equal(metricOfTable('table-3-recall'), 'recall');
    assert.equal(metricOfTable('table-3-recall-seeds'), null);
    assert.equal(fieldOf('Happiness', 'recall'), 'perClass.recall.Happiness');
    assert.equal(fieldOf('Overall, macro mean', 'recall'), 'means.unspecified.recall');
    assert.equal(fieldOf('Weighted mean', 'accuracy'), 'accuracy');
  });
});
