import { type Html, html } from './html';

/** A page of the site. */
export interface Page {
  /** Name of its file. */
  readonly file: string;
  readonly title: string;
  /** What stands below the title. */
  readonly body: Html;
  /** Scripts that it loads, relative to the site. */
  readonly scripts?: readonly string[];
}

/** The pages that the navigation lists, in its order. */
const NAVIGATION = [
  ['index.html', 'Start'],
  ['figures.html', 'Figures and tables'],
  ['explorer.html', 'Confusion explorer'],
  ['predictions.html', 'Predictions'],
  ['compare.html', 'Compare'],
  ['reproduce.html', 'Reproduce'],
  ['data.html', 'Data and ethics'],
] as const;

/** The whole document of a page. It asks for nothing outside the site's own folder. */
export function documentOf({ file, title, body, scripts = [] }: Page): string {
  const link = ([path, name]: (typeof NAVIGATION)[number]) =>
    html`<a href="${path}"${path === file ? html` aria-current="page"` : ''}>${name}</a>`;
  return html`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} – ferlab</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="assets/style.css">
</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
<header><nav aria-label="Pages">${NAVIGATION.map(link)}</nav></header>
<main id="main">
<h1>${title}</h1>
${body}
</main>
<footer><p>Made by <code>npx ferlab site</code> from the published predictions. It contains no images of the data.</p></footer>
${scripts.map(
  (path) => html`<script src="${path}"></script>
`,
)}</body>
</html>
`.text;
}
