import { type Spread, spread } from '../evaluate/seeds';
import { PERCENT, percent, WHOLE } from '../report/columns';
import { column, type ReportTable } from '../report/table';
import { titled } from '../report/words';
import { type RunConfig, settingHash } from '../run/config';
import { type Leaf, leavesByPath } from '../run/leaves';
import { isSampleData } from '../run/record';
import type { StudyResults, VariantResult } from './results';
import { describeSetting } from './sweep';

/** One setting of a study, over the seeds that are trained. */
export interface SettingResult {
  /** The fields in which the settings of the study differ. */
  readonly setting: string;
  readonly seeds: readonly number[];
  /** On the validation part. */
  readonly accuracy: Spread;
}

/** The settings of a study, the best mean first. */
export function summarizeSettings(variants: readonly VariantResult[]): SettingResult[] {
  const groups = [...bySetting(variants).values()];
  const fields = differingFields(groups.map(([first]) => first!.config));
  return groups
    .map((group) => ({
      setting: describeSetting(pick(leavesOf(group[0]!.config), fields)),
      seeds: group.map(({ config }) => config.seed),
      accuracy: spread(group.map(({ accuracy }) => accuracy)),
    }))
    .sort((a, b) => b.accuracy.mean - a.accuracy.mean);
}

function bySetting(variants: readonly VariantResult[]): Map<string, VariantResult[]> {
  const groups = new Map<string, VariantResult[]>();
  for (const variant of variants) {
    const key = settingHash(variant.config);
    groups.set(key, [...(groups.get(key) ?? []), variant]);
  }
  return groups;
}

/** Whether there is more to say of the settings than of the variants one by one. */
export function hasSeveralSeeds(variants: readonly VariantResult[]): boolean {
  return summarizeSettings(variants).some(({ seeds }) => seeds.length > 1);
}

/** Each setting of a study over its seeds. */
export function tableSettings({ title, dataset, variants }: StudyResults): ReportTable<SettingResult> {
  return {
    title: titled(`${title}: settings over seeds`, { isSynthetic: isSampleData(dataset) }),
    columns: [
      column('Setting', ({ setting }) => setting),
      column('Seeds', ({ seeds }) => seeds.length, WHOLE),
      column('Mean accuracy, %', ({ accuracy }) => percent(accuracy.mean), PERCENT),
      column(
        'Standard deviation, points',
        ({ accuracy: { standardDeviation: deviation } }) => (deviation === null ? null : percent(deviation)),
        PERCENT,
      ),
      column('Smallest, %', ({ accuracy }) => percent(accuracy.smallest), PERCENT),
      column('Largest, %', ({ accuracy }) => percent(accuracy.largest), PERCENT),
    ],
    rows: summarizeSettings(variants),
    notes: [
      'Validation part, best mean first. The best of many settings is partly luck: its accuracy on the validation part is too high.',
    ],
  };
}

function leavesOf({ seed: _, ...config }: RunConfig): Record<string, Leaf> {
  return leavesByPath(config);
}

function differingFields(configs: readonly RunConfig[]): string[] {
  const all = configs.map(leavesOf);
  const names = [...new Set(all.flatMap(Object.keys))];
  return names.filter((name) => new Set(all.map((leaves) => JSON.stringify(leaves[name]))).size > 1);
}

function pick(leaves: Record<string, Leaf>, names: readonly string[]): Record<string, Leaf> {
  return Object.fromEntries(names.filter((name) => name in leaves).map((name) => [name, leaves[name]!]));
}
