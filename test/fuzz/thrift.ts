/** A value of Thrift's compact protocol, as far as parquet's footers and page headers need it. */
export type Thrift =
  | { readonly i32: number }
  | { readonly i64: number }
  | { readonly bytes: Uint8Array }
  | { readonly bool: boolean }
  | { readonly list: readonly Thrift[] }
  /** Fields by their numbers. */
  | { readonly struct: Readonly<Record<number, Thrift | undefined>> };

const TYPES = { i32: 5, i64: 6, bytes: 8, list: 9, struct: 12 } as const;

export const text = (value: string): Thrift => ({ bytes: Buffer.from(value) });

function varint(value: bigint): number[] {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, value);
  for (; rest > 127n; rest >>= 7n) bytes.push(Number(rest & 127n) | 128);
  return [...bytes, Number(rest)];
}

const zigzag = (value: number) => varint((BigInt(value) << 1n) ^ (BigInt(value) >> 63n));

const typeOf = (value: Thrift): number =>
  'bool' in value ? (value.bool ? 1 : 2) : TYPES[Object.keys(value)[0] as keyof typeof TYPES];

/** Encodes a value; of a struct its fields and the stop. */
export function encodeThrift(value: Thrift): Buffer {
  if ('i32' in value) return Buffer.from(zigzag(value.i32));
  if ('i64' in value) return Buffer.from(zigzag(value.i64));
  if ('bytes' in value) return Buffer.concat([Buffer.from(varint(BigInt(value.bytes.length))), value.bytes]);
  if ('bool' in value) return Buffer.from([value.bool ? 1 : 2]);
  if ('list' in value) return encodeList(value.list);
  const fields = Object.entries(value.struct).flatMap(([id, field]) =>
    field ? [[Number(id), field] as const] : [],
  );
  let last = 0;
  const parts = fields.map(([id, field]) => {
    const head = Buffer.from([((id - last) << 4) | typeOf(field)]);
    last = id;
    return Buffer.concat('bool' in field ? [head] : [head, encodeThrift(field)]);
  });
  return Buffer.concat([...parts, Buffer.from([0])]);
}

function encodeList(list: readonly Thrift[]): Buffer {
  const type = list[0] ? typeOf(list[0]) : TYPES.i32;
  const head = list.length < 15 ? [(list.length << 4) | type] : [0xf0 | type, ...varint(BigInt(list.length))];
  return Buffer.concat([Buffer.from(head), ...list.map(encodeThrift)]);
}
