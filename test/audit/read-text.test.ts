import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { after, test } from 'node:test';
import sharp from 'sharp';
import { ZipFile } from 'yazl';
import { readSources } from '../../src/audit/read-source';

const folder = mkdtempSync(join(tmpdir(), 'ferlab-text-'));
after(() => rmSync(folder, { recursive: true }));

const TABLE = 'Class,Precision,Recall,F1,Support\ncafé,0.50,0.50,0.50,10\nthé,0.50,0.50,0.50,10\n';

function written(name: string, bytes: Uint8Array | string): string {
  writeFileSync(join(folder, name), bytes);
  return join(folder, name);
}

async function zipped(member: string): Promise<Uint8Array> {
  const zip = new ZipFile();
  zip.addBuffer(Buffer.from('0.86'), member);
  zip.end();
  return buffer(zip.outputStream);
}

test('a document that is no text is named, with what to do', async () => {
  const picture = { create: { width: 2, height: 2, channels: 3, background: 'red' } } as const;
  const documents: [Uint8Array | string, RegExp][] = [
    ['%PDF-1.7\n1 0 obj', /is a PDF,/],
    ['{\\rtf1\\ansi 0.86}', /is a Rich Text document/],
    [await zipped('word/document.xml'), /is a Word document/],
    [await zipped('xl/workbook.xml'), /is an Excel workbook/],
    [await zipped('table.csv'), /is a zip archive/],
    [await sharp(picture).png().toBuffer(), /is a picture \(PNG\)/],
    [Buffer.from('Class\0Recall'), /is binary/],
  ];
  for (const [bytes, pattern] of documents)
    assert.throws(() => readSources(written('table.csv', bytes)), {
      message: pattern,
      remedy: /copy the table/,
    });
});

test('UTF-8, UTF-16 and Windows-1252 give the same classes', () => {
  const swapped = Buffer.from(`\uFEFF${TABLE}`, 'utf16le').swap16();
  const encodings: Record<string, Uint8Array> = {
    'utf-8': Buffer.from(TABLE),
    'utf-8 with its mark': Buffer.from(`\uFEFF${TABLE}`),
    'utf-16le': Buffer.from(`\uFEFF${TABLE}`, 'utf16le'),
    'utf-16be': swapped,
    'windows-1252': Buffer.from(TABLE, 'latin1'),
  };
  for (const [name, bytes] of Object.entries(encodings)) {
    const notes: string[] = [];
    const [table] = readSources(written('table.csv', bytes), { onNote: (note) => notes.push(note) });
    assert.deepEqual(table?.claim.classes, ['café', 'thé'], name);
    assert.equal(notes.length, name === 'windows-1252' ? 1 : 0, name);
  }
});
