import type { AuditReport } from '@ferlab/audit';
import { PAPER_DATASET } from '../../dataset/specs';
import type { PlotlyFigure } from '../../report/figure';
import { leadingModel, leadingNetwork, type SiteModel } from '../content';
import type { Page } from '../page';
import { modelChain } from '../parts/chain';
import { figureExhibit } from '../parts/exhibit';
import { type Html, html } from '../parts/html';
import type { Repository } from '../parts/repository';

/** Where the files of the first picture lie. */
export const FRONT_FOLDER = 'report/front';

/** What the front page needs besides the models. */
export interface FrontFacts {
  readonly audit: Pick<AuditReport, 'summary' | 'verdict'>;
  readonly accuracies: PlotlyFigure;
  readonly repository: Repository;
}

/** The first page: claim, best published, ours and people, the verdict of the audit, and three ways on. */
export function frontPage(models: readonly SiteModel[], facts: FrontFacts): Page {
  const network = leadingNetwork(models) ?? leadingModel(models);
  const best = leadingModel(models);
  return {
    file: 'index.html',
    title: 'Emotions in faces: an executable paper',
    body: html`<p class="lead">A paper on recognising emotions in the faces of ${PAPER_DATASET.title} prints an accuracy of <strong>86 %</strong>. Here it is repeated with measured runs: ${sentenceOf(network, 'accuracy')}${best !== network && html`, and ${sentenceOf(best, 'best-accuracy')}`}. People agree with the labels of about 65 %.</p>
<p class="verdict"><strong>Audit of the paper’s printed tables:</strong> ${facts.audit.summary}. <a href="audit.html">See why</a>.</p>
<ul class="cards">
<li><a href="figures-official.html">Inspect</a><p>Every figure and table beside the paper’s, with its numbers, its files, and the chain back to predictions, run, commit and data.</p></li>
<li><a href="reproduce.html">Reproduce</a><p>The checklists of artifact reviewers, computed from the evidence, and for each claim one command and what it has to print.</p></li>
<li><a href="explorer.html">Question</a><p>Which images are confused, by which model, how sure it was, and what else carries the same pixels.</p></li>
</ul>
${figureExhibit('accuracies', facts.accuracies, { folder: FRONT_FOLDER, chain: modelChain({ models: [...new Set([best, network])], command: 'npx ferlab site', repository: facts.repository }) })}
<p class="note">Ours and the best published: 95 % Wilson intervals on PrivateTest (3,589 images), which cover the choice of images and not the seed. Over seeds: mean ± standard deviation. People: Goodfellow et al. 2013. Published numbers are audited in <a href="honest-bar.html">the honest bar</a>.</p>`,
    scripts: ['assets/figures.js'],
  };
}

const percent = (share: number) => (100 * share).toFixed(2);

function sentenceOf({ name, run, results: { test } }: SiteModel, id: string): Html {
  const [low, high] = test.intervals.accuracy;
  const what = run.kind === 'network' ? 'the network' : 'the ensemble';
  return html`${what} <a href="model-${name}.html">${name}</a>, the best by its validation part, recognises <strong id="${id}">${percent(test.metrics.accuracy)} %</strong> of ${test.count.toLocaleString('en')} test images (95 % interval ${percent(low)} to ${percent(high)})`;
}
