import { type Html, html } from './parts/html';

/** A page of the site. */
export interface Page {
  /** Name of its file. */
  readonly file: string;
  readonly title: string;
  /** What stands below the title. */
  readonly body: Html;
  /** Scripts that it loads, relative to the site. */
  readonly scripts?: readonly string[];
  /** Content security policy: what the page may load and talk to; the browser's default unless given. */
  readonly policy?: string;
}

/** The pages that the navigation lists, in its order, with the beginnings of the names of those that belong to each. */
const NAVIGATION = [
  ['index.html', 'Start', 'index'],
  ['figures-official.html', 'Figures and tables', 'figures-'],
  ['explorer.html', 'Explorer', 'explorer'],
  ['predictions.html', 'Models', 'predictions|model-'],
  ['compare.html', 'Compare', 'compare'],
  ['live.html', 'Try it', 'live'],
  ['audit.html', 'Audit', 'audit|honest-bar'],
  ['reproduce.html', 'Reproduce', 'reproduce'],
  ['notebooks.html', 'Notebooks', 'notebook'],
  ['studies.html', 'Studies', 'stud'],
  ['benchmarks.html', 'Benchmarks', 'bench'],
  ['data.html', 'Data', 'data'],
  ['ethics.html', 'Ethics', 'ethics'],
] as const;

/** What all pages of a build say. */
export interface Build {
  /** Whether it holds the user's pictures. */
  readonly hasPictures: boolean;
  /** Names of the pages that were made: the navigation lists no other. */
  readonly files: readonly string[];
  /** The command that makes the build. */
  readonly command: string;
}

/** The whole document of a page. It asks for nothing outside the site's own folder. */
export function documentOf(
  { file, title, body, scripts = [], policy }: Page,
  { hasPictures, files, command }: Build,
): string {
  const link = ([path, name, own]: (typeof NAVIGATION)[number]) =>
    html`<a href="${path}"${isOf(file, own) && html` aria-current="${path === file ? 'page' : 'true'}"`}>${name}</a>`;
  const images = hasPictures
    ? 'It contains pictures of your copy of the data. Keep it on your machine.'
    : 'It contains no images of the data.';
  return html`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
${
  policy &&
  html`<meta http-equiv="Content-Security-Policy" content="${policy}">
`
}<title>${title} – ferlab</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="assets/style.css">
</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
<header><nav aria-label="Pages">${NAVIGATION.filter(([path]) => files.includes(path)).map(link)}</nav></header>
<main id="main">
<h1>${title}</h1>
${body}
</main>
<footer><p>Made by <code>${command}</code> from the published models. ${images}</p></footer>
${scripts.map(
  (path) => html`<script src="${path}"></script>
`,
)}</body>
</html>
`.text;
}

const isOf = (file: string, own: string) => new RegExp(`^(${own})`).test(file);
