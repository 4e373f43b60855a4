import { PAPER_DATASET } from '../dataset/specs';
import type { RunRecord } from '../run/record';
import { crateMetadata, type Entity, fileEntity, METADATA, to } from './entity';
import type { Snapshot } from './tracked-files';

const MIT = 'https://spdx.org/licenses/MIT';

/** A model as the crate of the project refers to it. */
export interface NamedModel {
  readonly name: string;
  readonly record: RunRecord;
}

/** The metadata of the whole project; each model is a part with a crate of its own. */
export function projectCrate({ files, commit, date }: Snapshot, models: readonly NamedModel[]): object {
  const parts = models.map(({ name, record }) => modelEntity(name, record));
  const root: Entity = {
    '@id': './',
    '@type': 'Dataset',
    name: 'ferlab: the executable version of a paper on recognising emotions in faces',
    description:
      'Source code, notebooks, published models with the predictions that their numbers are computed from, figures, tables, studies, audited claims and measurements. The data is not part of it.',
    datePublished: date,
    version: commit,
    license: to(MIT),
    author: to('#authors'),
    keywords: ['facial expression recognition', PAPER_DATASET.title, 'reproducibility'],
    hasPart: [...files.map(({ path }) => to(encodeURI(path))), ...parts.map((part) => to(part['@id']))],
  };
  return crateMetadata(
    root,
    [
      ...files.map((file) => fileEntity(file.path, file)),
      ...parts,
      { '@id': MIT, '@type': 'CreativeWork', name: 'MIT License', identifier: 'MIT', url: MIT },
      { '@id': '#authors', '@type': 'Organization', name: 'The ferlab authors' },
    ],
    '1.2',
  );
}

function modelEntity(name: string, record: RunRecord): Entity {
  return {
    '@id': `models/${encodeURIComponent(name)}/`,
    '@type': 'Dataset',
    name,
    description:
      record.kind === 'ensemble' ? `the mean of ${record.members.join(', ')}` : 'a trained classifier',
    subjectOf: to(`models/${encodeURIComponent(name)}/${METADATA}`),
  };
}
