import { partNames } from '../../dataset/spec';
import { findSpec } from '../../dataset/specs';
import { type Fingerprint, loadFingerprint } from '../../publish/fingerprint';
import type { PackedCopies } from '../client/packed';
import type { SiteModel } from '../content';

/** Images that stand in the data more than once, from the published fingerprint; null where there is none. */
export function packCopies({ fingerprint, data }: SiteModel, models: string): PackedCopies | null {
  if (!fingerprint) return null;
  const print = loadFingerprint(models, data.sha256);
  const spec = findSpec(print.spec);
  return { parts: spec ? partNames(spec) : [], groups: groupsOf(print) };
}

function groupsOf({ digests, labels, usages }: Fingerprint): PackedCopies['groups'] {
  const groups = new Map<string, [number, number, number][]>();
  for (const [row, digest] of digests.entries()) {
    const member: [number, number, number] = [row, labels[row]!, usages[row]!];
    const known = groups.get(digest);
    if (known) known.push(member);
    else groups.set(digest, [member]);
  }
  return [...groups.values()].filter((group) => group.length > 1);
}
