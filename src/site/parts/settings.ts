import { leafText, leavesByPath } from '../../run/leaves';
import type { SiteModel } from '../content';

/** The settings of a network by their path, such as `optimizer.weightDecay`; of an ensemble its members. */
export function settingsOf({ run: { record } }: SiteModel): Record<string, string> {
  const { counts, parameters } = record;
  const settings = record.kind === 'network' ? { ...record.config, precision: record.precision } : {};
  const members = record.kind === 'ensemble' ? { members: record.members.join(', ') } : {};
  const leaves = leavesByPath({ ...settings, ...members, parameters, counts, data: record.dataset.sha256 });
  return Object.fromEntries(Object.entries(leaves).map(([path, leaf]) => [path, leafText(leaf)]));
}
