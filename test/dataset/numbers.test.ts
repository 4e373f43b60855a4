import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { loadDataset } from '../../src/dataset/load';
import { pixelText, scratchFolder } from './files';

const PIXELS = pixelText(3);
const HEADER = 'emotion,pixels,Usage';

/** Pixels whose eleventh number is replaced. */
const withNumber = (text: string) => PIXELS.split(' ').with(10, text).join(' ');

for (const [name, csv, problem] of [
  ['a quote in a number', `${HEADER}\n3,${withNumber('1"2')},Training\n`, /row 1\): pixel 11/],
  ['a carriage return in a number', `${HEADER}\n3,${withNumber('1\r2')},Training\n`, /row 1\): pixel 11/],
  ['a carriage return between numbers', `${HEADER}\n3,${withNumber('12\r 3')},Training\n`, /row 1\): pixel/],
  ['quotes within the pixels', `${HEADER}\n3,${withNumber('"12"')},Training\n`, /row 1\): pixel 11/],
  ['a quote that is not closed', `${HEADER}\n3,"${PIXELS},Training\n`, /row 1/],
  ['more after the quote', `${HEADER}\n3,"${PIXELS}" 7,Training\n`, /row 1/],
  ['a last number that may be cut', `emotion,Usage,pixels\n3,Training,${PIXELS}`, /without a line end/],
  ['two columns emotion', `emotion,pixels,Usage,emotion\n3,${PIXELS},Training,4\n`, /two columns emotion/],
  [
    'two columns pixels',
    `emotion,pixels,Usage,Pixels\n3,${PIXELS},Training,${PIXELS}\n`,
    /two columns pixels/,
  ],
  ['a field too many', `${HEADER}\n3,${PIXELS},Training,x\n`, /row 1\): more than 3 fields/],
  ['a quote in a label', `${HEADER}\n3"4,${PIXELS},Training\n`, /row 1\): emotion/],
  ['a carriage return in a label', `${HEADER}\n3\r4,${PIXELS},Training\n`, /row 1\): emotion/],
] as const) {
  test(`${name} is refused`, async (t) => {
    const path = join(scratchFolder(t), 'fer2013.csv');
    writeFileSync(path, csv);
    await assert.rejects(loadDataset({ path, onNote: () => undefined }), problem);
  });
}

for (const [name, csv] of [
  ['quotes and CRLF', `${HEADER}\r\n"3","${PIXELS}","Training"\r\n`],
  ['pixels last, quoted, without a line end', `emotion,Usage,pixels\n3,Training,"${PIXELS}"`],
  ['pixels last, CRLF', `emotion,Usage,pixels\r\n3,Training,${PIXELS}\r\n`],
  ['a blank after the last pixel', `emotion,Usage,pixels\n3,Training,${PIXELS} `],
] as const) {
  test(`${name} is read to the byte`, async (t) => {
    const path = join(scratchFolder(t), 'fer2013.csv');
    writeFileSync(path, csv);
    const dataset = await loadDataset({ path, onNote: () => undefined });
    assert.deepEqual([...dataset.images], PIXELS.split(' ').map(Number));
    assert.deepEqual([...dataset.labels, ...dataset.usages], [3, 0]);
  });
}
