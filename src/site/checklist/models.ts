import { existsSync, readFileSync, statSync } from 'node:fs';
import { FerlabError } from '../../errors';
import { checkWeights } from '../../predict/predict-run';
import { listNumbers } from '../../publish/numbers';
import { loadNumbers } from '../../publish/numbers-file';
import { loadMarks } from '../../run/final-marks';
import { modelFiles } from '../../run/published-models';
import { type SiteModel, seedGroups } from '../content';
import { html } from '../parts/html';
import { type ChecklistRow, type Found, summarize } from './row';

/** Numbers that follow from the predictions may differ by this much from the published ones: rounding in the last digits. */
const ROUNDING = 1e-9;

/** What the published models answer. */
export function modelRows(models: readonly SiteModel[]): ChecklistRow[] {
  const each = (isGood: (model: SiteModel) => boolean): Found[] =>
    models.map((model) => ({ name: model.name, isGood: isGood(model) }));
  const networks = models.filter(({ run }) => run.kind === 'network');
  const trained = networks.map((model) => ({ name: model.name, isGood: isDescribed(model) }));
  return [
    {
      list: 'ACM: available',
      demand: 'Weights, records and predictions of every model are there',
      ...summarize(each(hasFiles), 'models have all files'),
      links: html`<a href="predictions.html">Models</a>`,
    },
    {
      list: 'ACM: reproduced',
      demand: 'The published numbers follow from the published predictions',
      ...summarize(each(followsFromPredictions), 'models: every number was computed again and is equal'),
      links: html`<a href="predictions.html">Models</a>`,
      command: 'npx ferlab report models/NAME',
    },
    {
      list: 'ACM: reproduced',
      demand: 'The weights are those that the predictions are bound to',
      ...summarize(
        each(hasOwnWeights),
        'models: the hash of the weights is the one of record and predictions',
      ),
      command: 'npx ferlab verify',
    },
    {
      list: 'ACM: reusable',
      demand: 'Every model has a card that says what it is for, and what not',
      ...summarize(each(hasCard), 'cards name model, training, numbers, use, misuse and limits'),
    },
    {
      list: 'NeurIPS checklist',
      demand: 'Error bars, with how they were computed',
      ...summarize(each(hasIntervals), 'models have a 95 % interval for each metric'),
      links: html`<a href="figures-official.html">Tables and their notes</a>`,
    },
    {
      list: 'NeurIPS checklist',
      demand: 'Training details: split, settings, and how they were chosen',
      ...summarize(trained, 'networks name commit, versions, split, seed and all settings'),
      links: html`<a href="studies.html">Studies on the validation part</a>`,
      command: 'npx ferlab train --config models/NAME/config.json',
    },
    {
      list: 'NeurIPS checklist',
      demand: 'Compute: machine and time of each training',
      ...summarize(each(hasCost), 'models name machine and time'),
      links: html`<a href="ethics.html#cost">Hours and energy</a>`,
    },
    seedsRow(models),
    {
      list: 'ML reproducibility checklist',
      demand: 'The test part was opened once for each training, and every other opening says why',
      ...summarize(each(openedOnce), 'models'),
      command: 'npx ferlab evaluate --final',
    },
    {
      list: 'ML reproducibility checklist',
      demand: 'The data is named by a checksum',
      ...summarize(
        each(({ fingerprint }) => fingerprint !== null),
        'models: content SHA-256, and a digest for each image',
      ),
      command: 'npx ferlab data info',
    },
  ];
}

function hasFiles({ folder, run }: SiteModel): boolean {
  const files = modelFiles(folder);
  const own = [
    files.record,
    files.results,
    files.card,
    files.predictions('test'),
    files.predictions('validation'),
  ];
  const ofNetwork = run.kind === 'network' ? [files.weights, files.config, files.history] : [];
  return [...own, ...ofNetwork].every((path) => existsSync(path) && statSync(path).size > 0);
}

/** Whether the numbers of `results.json` are those that were computed from the predictions. */
export function followsFromPredictions({ folder, results }: SiteModel): boolean {
  const published = listNumbers(loadNumbers(modelFiles(folder).results));
  const { validation, test, tempered } = results;
  const computed = listNumbers({ validation, test, tempered });
  const byName = new Map(computed.map(({ name, value }) => [name, value]));
  const isEqual = ({ name, value }: (typeof published)[number]) =>
    Math.abs((byName.get(name) ?? Number.NaN) - value) <= ROUNDING;
  return published.length === computed.length && published.every(isEqual);
}

function hasOwnWeights({ run }: SiteModel): boolean {
  try {
    checkWeights(run);
    return true;
  } catch (error) {
    if (error instanceof FerlabError) return false;
    throw error;
  }
}

/** A baseline may be fitted in no time that is measured: the majority is. */
function hasCost({ run, results: { classifier } }: SiteModel): boolean {
  return classifier.trainedOn !== '' && (run.kind === 'baseline' || classifier.seconds > 0);
}

const CARD_PARTS = ['## Model', '## Numbers', '**Intended for**', '**Not intended for**', '**Limits.**'];

function hasCard({ folder }: SiteModel): boolean {
  const { card } = modelFiles(folder);
  return existsSync(card) && CARD_PARTS.every((part) => readFileSync(card, 'utf8').includes(part));
}

const hasIntervals = ({ results: { test } }: SiteModel) =>
  test.intervals.perClass.length === test.metrics.perClass.length &&
  test.intervals.accuracy[0] < test.metrics.accuracy;

function isDescribed({ run }: SiteModel): boolean {
  if (run.kind !== 'network') return false;
  const { environments, config } = run.record;
  return (
    environments.length > 0 &&
    environments.every(({ commit, lockSha256 }) => commit && lockSha256) &&
    config.epochs > 0
  );
}

/** An ensemble is evaluated from its members, which opened the test part. */
function openedOnce({ folder }: SiteModel): boolean {
  const marks = loadMarks(folder);
  return marks.length > 0 && marks.filter(({ correction }) => !correction).length === 1;
}

function seedsRow(models: readonly SiteModel[]): ChecklistRow {
  const groups = seedGroups(models).filter((group) => group.length >= 3);
  return {
    list: 'ML reproducibility checklist',
    demand: 'Several runs: at least three seeds of the paper’s network',
    holds: groups.length > 0,
    evidence: groups
      .map(
        (group) =>
          `${group[0]!.results.classifier.title}, ${group[0]!.results.split.protocol} split: ${group.length} seeds`,
      )
      .join('; '),
    links: html`${groups.map(([first]) => html`<a href="figures-${first!.results.split.protocol}.html">${first!.results.split.protocol}</a> `)}`,
  };
}
