import type { TrackedFile } from './tracked-files';

/** A node of RO-Crate metadata, in JSON-LD. */
export interface Entity {
  readonly '@id': string;
  readonly '@type': string | readonly string[];
  readonly [property: string]: unknown;
}

/** A reference to a node. */
export const to = (id: string) => ({ '@id': id });

/** Metadata with its descriptor. @param version of RO-Crate */
export function crateMetadata(root: Entity, entities: readonly Entity[], version: '1.1' | '1.2'): object {
  const descriptor: Entity = {
    '@id': METADATA,
    '@type': 'CreativeWork',
    about: to('./'),
    conformsTo: to(`https://w3id.org/ro/crate/${version}`),
  };
  return {
    '@context': `https://w3id.org/ro/crate/${version}/context`,
    '@graph': [descriptor, root, ...entities],
  };
}

/** Name of the metadata in a crate's folder. */
export const METADATA = 'ro-crate-metadata.json';

const ENCODINGS: Readonly<Record<string, string>> = {
  json: 'application/json',
  csv: 'text/csv',
  md: 'text/markdown',
  ts: 'text/typescript',
  svg: 'image/svg+xml',
  png: 'image/png',
  tex: 'application/x-tex',
  ipynb: 'application/x-ipynb+json',
  bin: 'application/octet-stream',
};

/** A file as a node. @param id its path within the crate */
export function fileEntity(id: string, { path, bytes }: Pick<TrackedFile, 'path' | 'bytes'>): Entity {
  const encodingFormat = ENCODINGS[path.split('.').at(-1)!.toLowerCase()];
  return {
    '@id': encodeURI(id),
    '@type': 'File',
    name: id.split('/').at(-1)!,
    contentSize: String(bytes.length),
    ...(encodingFormat ? { encodingFormat } : {}),
  };
}
