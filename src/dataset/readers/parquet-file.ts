import { open } from 'node:fs/promises';
import { type AsyncBuffer, type FileMetaData, parquetSchema } from 'hyparquet';

type Tree = ReturnType<typeof parquetSchema>;

/**
 * Lends a file to hyparquet and closes it when every read has ended. hyparquet starts the reads of all columns at once, and
 * where it meets damage meanwhile it throws without waiting for them: one that then failed would end the process.
 * @throws whatever `use` throws, and errors of the file system
 */
export async function withParquetFile<T>(path: string, use: (file: AsyncBuffer) => Promise<T>): Promise<T> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    // An async function rejects a damaged range, where one that threw would leave the reads before it alone.
    const read = async (start: number, end: number) => {
      checkRange(start, end, size);
      const bytes = new Uint8Array(Math.min(end, size) - start);
      const { bytesRead } = await file.read(bytes, 0, bytes.length, start);
      if (bytesRead < bytes.length)
        throw new Error(`the file ended at ${start + bytesRead} of ${size} bytes`);
      return bytes.buffer;
    };
    const slice = (start: number, end = size) => {
      const bytes = read(start, end);
      bytes.catch(() => undefined); // counts as seen, because hyparquet may never ask for it
      return bytes;
    };
    return await use({ byteLength: size, slice });
  } finally {
    await file.close(); // waits for the reads
  }
}

function checkRange(start: number, end: number, size: number): void {
  if (start >= 0 && start <= end && start <= size && Number.isSafeInteger(end)) return;
  throw new Error(`the bytes ${start} to ${end} of a column do not lie in the file's ${size}`);
}

/**
 * Refuses row groups that hold the wanted columns otherwise than the schema says: each once, under its name. hyparquet would
 * find that out, or not at all, when it decodes other columns already, and nobody would see these fail.
 * @throws Error for the first that is odd
 */
export function checkColumns(metadata: FileMetaData, wanted: readonly string[]): void {
  const known = new Set(leavesOf(parquetSchema(metadata)));
  for (const { columns } of metadata.row_groups) {
    const paths = columns
      .map(({ meta_data }) => meta_data?.path_in_schema ?? [])
      .filter(([name]) => name !== undefined && wanted.includes(name))
      .map((path) => path.join('.'));
    const odd = paths.find((path, i) => !known.has(path) || paths.indexOf(path) !== i);
    if (odd !== undefined)
      throw new Error(`the column ${odd} is not one of the schema, or stands there twice`);
  }
}

const leavesOf = ({ children, path }: Tree): string[] =>
  children.length === 0 ? [path.join('.')] : children.flatMap(leavesOf);
