import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RandomStream } from '../../src/random';
import { archived } from './archives';
import { drawStyle, renderCsv } from './csv-text';
import { damage } from './damage';
import { drawRows, pick, rarely } from './truth';
import type { Try } from './try';

const NAMES = ['fer2013.tar.gz', 'fer2013.csv', 'archive.zip', 'download', 'data.bin'];

function withContent(random: RandomStream, what: string, content: Buffer) {
  const name = pick(random, NAMES);
  const write = (folder: string) => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  };
  return { what: `${what} as ${name}`, write };
}

async function wholeArchive(random: RandomStream) {
  const rows = drawRows(random, 1 + random.integer(8));
  const csv = Buffer.from(renderCsv(rows, { ...drawStyle(random), endsWithLineEnd: true }, random));
  return { rows, ...(await archived(csv, random)) };
}

/** A whole CSV in archives, under any name. */
export async function archiveAsItIs(random: RandomStream): Promise<Try> {
  const { rows, content, what } = await wholeArchive(random);
  return { ...withContent(random, what, content), expectation: { kind: 'read', rows, inOrder: true } };
}

/** A damaged archive: its checksums have to tell, but tar has none of its content. */
export async function archiveWithDamage(random: RandomStream): Promise<Try> {
  const { rows, content, what } = await wholeArchive(random);
  const { bytes, what: done } = rarely(random, 2) ? damage(content, random) : damageAtEnds(content, random);
  const isChecked = what !== 'tar' && !content.equals(bytes);
  return {
    ...withContent(random, `${what}, ${done},`, bytes),
    expectation: isChecked ? { kind: 'never wrong', rows } : { kind: 'survives' },
  };
}

/** Headers and directories lie at the ends. */
function damageAtEnds(content: Buffer, random: RandomStream) {
  const size = Math.min(600, content.length);
  if (rarely(random, 2)) {
    const { bytes, what } = damage(content.subarray(0, size), random);
    return { bytes: Buffer.concat([bytes, content.subarray(size)]), what: `head: ${what}` };
  }
  const start = content.length - size;
  const { bytes, what } = damage(content.subarray(start), random);
  return { bytes: Buffer.concat([content.subarray(0, start), bytes]), what: `tail: ${what}` };
}
