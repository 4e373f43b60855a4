import { type Claim, entryOf } from '../claim/claim';

/** A path of one printed figure or count in a claim, such as `perClass.recall.Happy`, `supports.Happy` or `n`. */
export type Field = string;

type Tables = Readonly<Record<string, Readonly<Record<string, string>> | undefined>>;

/** A claim with one figure or count changed, or taken out where `value` is undefined. */
export function changeField(claim: Claim, field: Field, value: string | undefined): Claim {
  const [head = '', ...rest] = field.split('.');
  const tail = rest.join('.');
  switch (head) {
    case 'n':
    case 'accuracy':
    case 'errorRate':
    case 'auc':
    case 'gMean':
      return withKey(claim, head, head === 'n' && value !== undefined ? Number(value) : value);
    case 'supports':
      return {
        ...claim,
        supports: withKey(claim.supports ?? {}, tail, value && Number(value)) as Record<string, number>,
      };
    case 'alsoAccuracy':
      return {
        ...claim,
        alsoAccuracy: (claim.alsoAccuracy ?? []).flatMap((text, i) =>
          `${i}` === tail ? (value ?? []) : text,
        ),
      };
    case 'topK':
      return { ...claim, topK: withKey(claim.topK ?? {}, tail, value) as Record<string, string> };
    case 'deviations':
      return { ...claim, deviations: changeDeviation(claim.deviations ?? {}, rest, value) };
    case 'agreement':
      return { ...claim, agreement: withKey(claim.agreement ?? {}, tail, value) };
    case 'perClass':
    case 'rates':
    case 'means': {
      const [table = '', ...key] = rest;
      const tables = (claim[head] ?? {}) as Tables;
      return { ...claim, [head]: { ...tables, [table]: withKey(tables[table] ?? {}, key.join('.'), value) } };
    }
    case 'confusion':
      return changeCell(claim, field, value);
    default:
      return claim;
  }
}

function changeDeviation(
  deviations: NonNullable<Claim['deviations']>,
  [head = '', metric = '', ...name]: readonly string[],
  value: string | undefined,
): NonNullable<Claim['deviations']> {
  if (head !== 'perClass') return withKey(deviations, head, value);
  const tables = (deviations.perClass ?? {}) as Tables;
  const changed = withKey(tables[metric] ?? {}, name.join('.'), value);
  return { ...deviations, perClass: { ...tables, [metric]: changed } };
}

const CELL = /^confusion\.rows\.(.*)\[(\d+)\]$/s;

function changeCell(claim: Claim, field: Field, value: string | undefined): Claim {
  const [, label = '', index] = CELL.exec(field) ?? [];
  const { confusion } = claim;
  if (!confusion || index === undefined) return claim;
  const cell = value === undefined ? null : confusion.normalised === 'counts' ? Number(value) : value;
  const rows = Object.entries(confusion.rows).map(([name, cells]) => [
    name,
    name === label ? cells.map((old, j) => (j === Number(index) ? cell : old)) : cells,
  ]);
  return { ...claim, confusion: { ...confusion, rows: Object.fromEntries(rows) } };
}

/** The fields that can be changed by themselves; a whole row of a matrix can not. */
export function changeableFields(claim: Claim): Set<Field> {
  const names = (tables: Tables = {}, head: string) =>
    Object.entries(tables).flatMap(([table, figures]) =>
      Object.keys(figures ?? {}).map((key) => `${head}.${table}.${key}`),
    );
  return new Set([
    ...(claim.n === undefined ? [] : ['n']),
    ...(claim.accuracy === undefined ? [] : ['accuracy']),
    ...(claim.errorRate === undefined ? [] : ['errorRate']),
    ...(claim.auc === undefined ? [] : ['auc']),
    ...(claim.gMean === undefined ? [] : ['gMean']),
    ...(claim.alsoAccuracy ?? []).map((_, i) => `alsoAccuracy.${i}`),
    ...Object.keys(claim.topK ?? {}).map((k) => `topK.${k}`),
    ...(claim.deviations?.accuracy === undefined ? [] : ['deviations.accuracy']),
    ...names(claim.deviations?.perClass as Tables, 'deviations.perClass'),
    ...Object.keys(claim.agreement ?? {}).map((measure) => `agreement.${measure}`),
    ...Object.keys(claim.supports ?? {}).map((name) => `supports.${name}`),
    ...names(claim.perClass as Tables, 'perClass'),
    ...names(claim.rates as Tables, 'rates'),
    ...names(claim.means as Tables, 'means'),
    ...Object.entries(claim.confusion?.rows ?? {}).flatMap(([label, row]) =>
      row.flatMap((cell, j) => (cell === null ? [] : [`confusion.rows.${label}[${j}]`])),
    ),
  ]);
}

/** Fields that hold a figure or a count themselves. */
const ALONE: ReadonlySet<string> = new Set(['n', 'accuracy', 'errorRate', 'auc', 'gMean']);

/** What is printed in a field; undefined where nothing is. */
export function printedIn(claim: Claim, field: Field): string | undefined {
  const [head = '', ...rest] = field.split('.');
  const key = rest.join('.');
  const own = (table: object | undefined, name: string) =>
    table && Object.hasOwn(table, name) ? String((table as Record<string, unknown>)[name]) : undefined;
  if (ALONE.has(head)) return own(claim, head);
  if (head === 'deviations' && rest[0] === 'perClass') {
    const [, metric = '', ...name] = rest;
    return own((claim.deviations?.perClass as Tables | undefined)?.[metric], name.join('.'));
  }
  if (head === 'supports' || head === 'agreement' || head === 'deviations' || head === 'topK')
    return own(claim[head], key);
  if (head === 'alsoAccuracy') return claim.alsoAccuracy?.[Number(key)];
  const [, label = '', index] = CELL.exec(field) ?? [];
  if (index !== undefined) {
    const cell = entryOf(claim.confusion?.rows, label)?.[Number(index)] ?? undefined;
    return cell === undefined ? undefined : String(cell);
  }
  if (head !== 'perClass' && head !== 'rates' && head !== 'means') return undefined;
  const [table = '', ...name] = rest;
  return own((claim[head] as Tables | undefined)?.[table], name.join('.'));
}

/** Whether a field holds a count and no figure. */
export function isCount({ confusion }: Claim, field: Field): boolean {
  const isCell = field.startsWith('confusion.') && confusion?.normalised === 'counts';
  return isCell || field === 'n' || field.startsWith('supports.');
}

/** A claim without some of its fields; a support that n and the others leave no choice takes what they leave. */
export function withoutFields(claim: Claim, fields: readonly Field[]): Claim {
  const bare = fields.reduce((now, field) => changeField(now, field, undefined), claim);
  const [missing, ...more] = claim.classes.filter(
    (name) => claim.supports && entryOf(bare.supports, name) === undefined,
  );
  if (missing === undefined || more.length > 0 || bare.n === undefined) return bare;
  const left = bare.n - Object.values(bare.supports ?? {}).reduce((total, count) => total + count, 0);
  return left > 0 ? changeField(bare, `supports.${missing}`, String(left)) : bare;
}

function withKey<T extends object>(table: T, key: string, value: unknown): T {
  const others = Object.entries(table).filter(([name]) => name !== key);
  return Object.fromEntries(value === undefined ? others : [...others, [key, value]]) as T;
}
