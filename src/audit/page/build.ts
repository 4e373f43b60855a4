import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundlePageScript } from '../../page-script';
import { projectRoot } from '../../paths';

/** Modules of Node that the solver asks for where it runs in Node. */
const OF_NODE = ['module', 'fs', 'path', 'url', 'crypto', 'worker_threads', 'node:*'];

/** The auditor as one HTML file without anything outside it: scripts, solver and style are part of it. */
export function buildAuditPage(): string {
  const folder = join(projectRoot(), 'src', 'audit', 'page');
  const script = (name: string) => {
    const path = join(folder, 'client', `${name}.ts`);
    const text = bundlePageScript(path, { loader: { '.wasm': 'binary' }, external: OF_NODE });
    // The end of a script element must not stand in a script.
    return text.replaceAll('</script', '<\\/script');
  };
  const style = readFileSync(join(folder, 'page.css'), 'utf8');
  return documentOf({ style, page: script('page'), worker: script('worker') });
}

/** Nothing is loaded from anywhere: neither by the page nor by what is pasted into it. */
const POLICY =
  "default-src 'none'; script-src 'unsafe-inline' 'wasm-unsafe-eval' blob:; worker-src blob:; style-src 'unsafe-inline'";

function documentOf({ style, page, worker }: { style: string; page: string; worker: string }): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${POLICY}"><title>Audit a table</title>
<style>${style}</style></head>
<body>
<header><h1>Can these figures all be true?</h1>
<p class="no-print">Paste a table of results. Nothing leaves this page.</p></header>
<main>
<section class="no-print" aria-labelledby="paste"><h2 id="paste"><label for="text">Paste</label></h2>
<textarea id="text" spellcheck="false" placeholder="A report of scikit-learn, Markdown, LaTeX, CSV, HTML, a confusion matrix, or a claim as JSON"></textarea>
<div class="options">
<label>Number of items <input id="n" inputmode="numeric" pattern="[0-9]*"></label>
<label>Means over so many runs <input id="runs" inputmode="numeric" pattern="[0-9]*"></label>
<label>or folds <input id="folds" inputmode="numeric" pattern="[0-9]*"></label>
<label>Figures are <select id="rounding"><option value="">rounded to nearest</option><option value="truncated">truncated</option><option value="up">rounded up</option><option value="unknown">shortened somehow</option></select></label>
</div></section>
<section aria-labelledby="as-read"><h2 id="as-read">As read</h2>
<p id="choice" hidden><label>Claim <select id="claims"></select></label></p>
<div id="read"></div></section>
<section aria-labelledby="said"><h2 id="said">Verdict</h2>
<div class="actions no-print"><a id="link" href="#">Link to this claim</a><button id="print" type="button">Print or save as PDF</button></div>
<p id="status" role="status"></p>
<div id="verdict" aria-live="polite"></div></section>
</main>
<script id="worker" type="text/plain">${worker}</script>
<script>${page}</script>
</body></html>
`;
}
