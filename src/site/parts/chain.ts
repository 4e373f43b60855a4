import { commitOf, type SiteModel } from '../content';
import type { NamedFile } from './exhibit';
import { type Html, html } from './html';
import { commitLink, type Repository } from './repository';

/** What figures and tables are computed from. */
export interface Origin {
  /** The models whose predictions it is. */
  readonly models: readonly SiteModel[];
  /** What makes them again. */
  readonly command: string;
  readonly repository: Repository;
}

/** A step of a chain: what it is, and its links. */
type Step = readonly [name: string, links: Html | readonly Html[]];

/** From numbers back to their origin, step by step. */
export function chainOf(steps: readonly Step[]): Html {
  return html`<details class="chain"><summary>Where these numbers come from</summary>
<ol>${steps.map(
    ([name, links]) => html`
<li><b>${name}</b> <span>${links}</span></li>`,
  )}
</ol></details>`;
}

const list = (items: readonly Html[]) => items.map((item, i) => html`${i > 0 && ', '}${item}`);

/** Links of files. */
export const fileLinks = (files: readonly NamedFile[]) =>
  list(files.map(([name, href]) => html`<a href="${href}">${name}</a>`));

/** The chain of what is computed from predictions: files, predictions, runs, commits, data, command. */
export function modelChain({ models, command, repository }: Origin): (files: readonly NamedFile[]) => Html {
  const each = (link: (model: SiteModel) => Html) => list(models.map(link));
  const copies = new Map(models.map((model) => [model.data.sha256, model]));
  const steps = (files: readonly NamedFile[]): Step[] => [
    ['Files', fileLinks(files)],
    ['Predictions', each(predictionsText)],
    ['Run', each(runText)],
    ['Commit', each((model) => commitText(model, repository))],
    ['Data', list([...copies].map(([sha256, model]) => dataText(sha256, model)))],
    ['Command', html`<a href="reproduce.html#commands"><code>${command}</code></a>`],
  ];
  return (files) => chainOf(steps(files));
}

const predictionsText = ({ name, predictionsSha256 }: SiteModel) =>
  html`<a href="models/${name}/predictions-test.csv">${name}</a> <code title="SHA-256 of the file: ${predictionsSha256}">${predictionsSha256.slice(0, 12)}</code>`;

const runText = ({ name }: SiteModel) =>
  html`<a href="model-${name}.html">${name}</a> (<a href="models/${name}/record.json">record</a>)`;

function commitText(model: SiteModel, repository: Repository): Html {
  const commit = commitOf(model);
  const page = `model-${model.name}.html`;
  if (!commit) return html`<a href="${page}#card">those of its members</a>`;
  return html`<a href="${commitLink(repository, commit) ?? `${page}#card`}"><code title="${commit}">${commit.slice(0, 7)}</code></a>`;
}

const dataText = (sha256: string, { fingerprint, data }: SiteModel) =>
  html`<a href="data.html">${data.images.toLocaleString('en')} images</a>, content <a href="${fingerprint ? `models/${fingerprint}` : 'data.html'}"><code title="SHA-256: ${sha256}">${sha256.slice(0, 12)}</code></a>`;
