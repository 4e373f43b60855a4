import { basename } from 'node:path';
import { BASELINES } from '../baseline/methods';
import { describeMachines } from './machine';
import { machinesOf } from './record';
import type { Run } from './run';

/** What tables, figures and cards say of a classifier besides its predictions, whatever it is. */
export interface ClassifierDescription {
  /** Name of its folder, or what tables call it. */
  readonly name: string;
  /** `network`, `ensemble`, or what else has fitted the data. */
  readonly kind: 'network' | 'ensemble' | 'baseline';
  /** What it is, in a few words, such as `strong-cnn` or `mean of 3 models`. */
  readonly title: string;
  /** Equal for classifiers that differ in nothing but the seed. */
  readonly recipe: string;
  /** The recipe in a word, such as the profile; empty where there is none. */
  readonly recipeName: string;
  /** Null where nothing is drawn, or several seeds are at work. */
  readonly seed: number | null;
  /** Numbers that were fitted; null where that says nothing. */
  readonly parameters: number | null;
  /** Wall time of the fitting. */
  readonly seconds: number;
  /** Machines in words. */
  readonly trainedOn: string;
}

/** Describes a run as any other classifier. @param name its folder's name unless given */
export function describeClassifier(run: Run, name = basename(run.folder)): ClassifierDescription {
  const { record } = run;
  const { parameters, trainingSeconds: seconds } = record;
  const common = { name, parameters, seconds, trainedOn: describeMachines(machinesOf(record)) };
  if (record.kind === 'ensemble') {
    const { members } = record;
    const title = `mean of ${members.length} models`;
    return { ...common, kind: 'ensemble', title, recipe: members.join(' '), recipeName: '', seed: null };
  }
  if (record.kind === 'baseline') {
    const { method, settings, split } = record;
    const { title } = BASELINES[method];
    const recipe = JSON.stringify([method, settings, split.protocol]);
    return { ...common, kind: 'baseline', title, recipe, recipeName: '', seed: split.seed };
  }
  const { model, profile, seed, ...settings } = record.config;
  const recipe = JSON.stringify([model, profile, settings]);
  return { ...common, kind: 'network', title: model, recipe, recipeName: profile, seed };
}
