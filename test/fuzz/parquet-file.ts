import { gzipSync } from 'node:zlib';
import { encodeThrift, type Thrift, text } from './thrift';

/** A column of a table: required values, or a group of such columns. */
export type Column =
  | { readonly name: string; readonly bytes: readonly Uint8Array[]; readonly isText?: boolean }
  | { readonly name: string; readonly numbers: readonly number[]; readonly type: 'i32' | 'i64' | 'double' }
  | { readonly name: string; readonly columns: readonly Column[] };

type Leaf = Exclude<Column, { columns: readonly Column[] }>;

/** Number of the codec. */
const GZIP = 2;

const PHYSICAL = { i32: 1, i64: 2, double: 5, bytes: 6 } as const;

const physicalOf = (leaf: Leaf) => ('bytes' in leaf ? PHYSICAL.bytes : PHYSICAL[leaf.type]);

function encodeValues(leaf: Leaf): Buffer {
  if ('bytes' in leaf) {
    return Buffer.concat(
      leaf.bytes.flatMap((value) => {
        const length = Buffer.alloc(4);
        length.writeUInt32LE(value.length);
        return [length, value];
      }),
    );
  }
  const size = leaf.type === 'i32' ? 4 : 8;
  const bytes = Buffer.alloc(size * leaf.numbers.length);
  for (const [i, value] of leaf.numbers.entries()) {
    if (leaf.type === 'i32') bytes.writeInt32LE(value, size * i);
    else if (leaf.type === 'i64') bytes.writeBigInt64LE(BigInt(value), size * i);
    else bytes.writeDoubleLE(value, size * i);
  }
  return bytes;
}

interface Placed {
  readonly leaf: Leaf;
  readonly path: readonly string[];
}

const leavesOf = (columns: readonly Column[], above: readonly string[] = []): Placed[] =>
  columns.flatMap((column) => {
    const path = [...above, column.name];
    return 'columns' in column ? leavesOf(column.columns, path) : [{ leaf: column, path }];
  });

const REQUIRED: Thrift = { i32: 0 };

const schemaOf = (columns: readonly Column[]): Thrift[] =>
  columns.flatMap((column): Thrift[] => {
    if ('columns' in column) {
      const group: Thrift = {
        struct: { 3: REQUIRED, 4: text(column.name), 5: { i32: column.columns.length } },
      };
      return [group, ...schemaOf(column.columns)];
    }
    const isText = 'bytes' in column && column.isText;
    const converted = isText ? { i32: 0 } : undefined;
    return [{ struct: { 1: { i32: physicalOf(column) }, 3: REQUIRED, 4: text(column.name), 6: converted } }];
  });

/** One page of plain values after its header. */
function pageOf(leaf: Leaf, rows: number, isGzipped: boolean): Buffer {
  const plain = encodeValues(leaf);
  const values = isGzipped ? gzipSync(plain) : plain;
  const dataHeader: Thrift = { struct: { 1: { i32: rows }, 2: { i32: 0 }, 3: { i32: 3 }, 4: { i32: 3 } } };
  return Buffer.concat([
    encodeThrift({
      struct: { 1: { i32: 0 }, 2: { i32: plain.length }, 3: { i32: values.length }, 5: dataHeader },
    }),
    values,
  ]);
}

/** A parquet file of one row group, uncompressed unless told. @param metadata pairs beside the schema */
export function parquetOf(
  columns: readonly Column[],
  rows: number,
  metadata: Readonly<Record<string, string>> = {},
  isGzipped = false,
): Buffer {
  const magic = Buffer.from('PAR1');
  const pieces: Buffer[] = [magic];
  let offset = magic.length;
  const chunks = leavesOf(columns).map(({ leaf, path }): Thrift => {
    const page = pageOf(leaf, rows, isGzipped);
    const start = offset;
    pieces.push(page);
    offset += page.length;
    const size = { i64: page.length };
    const meta: Thrift = {
      struct: {
        1: { i32: physicalOf(leaf) },
        2: { list: [{ i32: 0 }] },
        3: { list: path.map(text) },
        4: { i32: isGzipped ? GZIP : 0 },
        5: { i64: rows },
        6: size,
        7: size,
        9: { i64: start },
      },
    };
    return { struct: { 2: { i64: start }, 3: meta } };
  });
  const root: Thrift = { struct: { 4: text('schema'), 5: { i32: columns.length } } };
  const group: Thrift = { struct: { 1: { list: chunks }, 2: { i64: offset }, 3: { i64: rows } } };
  const pairs = Object.entries(metadata).map(
    ([key, value]): Thrift => ({ struct: { 1: text(key), 2: text(value) } }),
  );
  const footer = encodeThrift({
    struct: {
      1: { i32: 1 },
      2: { list: [root, ...schemaOf(columns)] },
      3: { i64: rows },
      4: { list: [group] },
      5: pairs.length > 0 ? { list: pairs } : undefined,
      6: text('ferlab test'),
    },
  });
  const length = Buffer.alloc(4);
  length.writeUInt32LE(footer.length);
  return Buffer.concat([...pieces, footer, length, magic]);
}
