import { createHash } from 'node:crypto';
import type { Results } from '../evaluate/results';
import type { RunRecord } from '../run/record';
import { crateMetadata, type Entity, fileEntity, to } from './entity';
import type { TrackedFile } from './tracked-files';

/** The profile of a crate that tells how its files were made (Workflow Run RO-Crate). */
const PROFILE = 'https://w3id.org/ro/wfrun/process/0.5';
const MIT = 'https://spdx.org/licenses/MIT';

/** A published model that gets a crate of its own. */
export interface CratedModel {
  readonly name: string;
  readonly record: RunRecord;
  readonly results: Results;
  /** Files of its folder, with paths within it. */
  readonly files: readonly TrackedFile[];
  readonly date: string;
}

/** The metadata of one model: what trained it, on what, and what came out. */
export function runCrate(model: CratedModel): object {
  const { name, record, results, files, date } = model;
  const root: Entity = {
    '@id': './',
    '@type': 'Dataset',
    name,
    description: `${results.classifier.title}: ${(100 * results.test.metrics.accuracy).toFixed(2)} % of ${results.test.count} test images; numbers, weights and the predictions that they are computed from.`,
    datePublished: date,
    license: to(MIT),
    conformsTo: to(PROFILE),
    hasPart: files.map(({ path }) => to(encodeURI(path))),
    mentions: to('#training'),
  };
  const parts = files.map((file) => ({ ...fileEntity(file.path, file), sha256: hashOf(file) }));
  // The profile builds on version 1.1.
  return crateMetadata(root, [...parts, ...contextOf(record), actionOf(model)], '1.1');
}

const hashOf = ({ bytes }: TrackedFile) => createHash('sha256').update(bytes).digest('hex');

/** What made the files, of what, and when. */
function actionOf({ name, record, files }: CratedModel): Entity {
  const inputs = files.filter(({ path }) => path === 'config.json').map(({ path }) => to(path));
  const outputs = files
    .filter(({ path }) => /^(weights|history|predictions)/.test(path))
    .map(({ path }) => to(path));
  return {
    '@id': '#training',
    '@type': 'CreateAction',
    name: record.kind === 'ensemble' ? `Mean of ${record.members.join(', ')}` : `Training of ${name}`,
    startTime: record.startedAt,
    endTime: record.finishedAt,
    actionStatus: to('http://schema.org/CompletedActionStatus'),
    agent: to('#authors'),
    instrument: to('#ferlab'),
    object: [...inputs, to('#data')],
    result: outputs,
  };
}

function contextOf(record: RunRecord): Entity[] {
  const commit = record.kind === 'network' ? record.environments[0]?.commit : null;
  const { dataset } = record;
  return [
    { '@id': MIT, '@type': 'CreativeWork', name: 'MIT License', identifier: 'MIT', url: MIT },
    { '@id': PROFILE, '@type': 'CreativeWork', name: 'Process Run Crate', version: '0.5' },
    { '@id': '#authors', '@type': 'Organization', name: 'The ferlab authors' },
    {
      '@id': '#ferlab',
      '@type': 'SoftwareApplication',
      name: 'ferlab',
      ...(commit ? { softwareVersion: commit } : {}),
    },
    {
      '@id': '#data',
      '@type': 'CreativeWork',
      name: dataset.spec,
      description: `${dataset.images} images; not part of the crate: the terms of the challenge forbid to pass them on.`,
      identifier: `sha256:${dataset.sha256}`,
    },
  ];
}
