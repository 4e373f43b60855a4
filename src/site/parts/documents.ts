import { copyFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { projectRoot } from '../../paths';
import type { Page } from '../page';
import { html } from './html';
import type { LinkResolver, RenderMarkdown } from './markdown';
import { fileLink, type Repository } from './repository';

/** Documents of the project that are pages of the site, by their path. */
export const DOCUMENT_PAGES: Readonly<Record<string, string>> = {
  'docs/honest-bar.md': 'honest-bar.html',
  'docs/data-sheet.md': 'data.html',
  'docs/ethics.md': 'ethics.html',
  'bench/README.md': 'benchmarks.html',
  'bench/xeon/README.md': 'benchmarks-xeon.html',
  'bench/audit/README.md': 'benchmarks-audit.html',
  'models/README.md': 'predictions.html',
};

/** Kinds of files that documents show or hand out, and that are copied into the site. */
const COPIED = /\.(png|svg|json|csv)$/;

export interface DocumentContext {
  /** Folder of the site. */
  readonly site: string;
  readonly render: RenderMarkdown;
  readonly repository: Repository;
  /** Names of the models that have pages. */
  readonly models: ReadonlySet<string>;
}

/** Gives the addresses of what a document of the project links to; pictures and data are copied into the site. */
export function projectLinks(
  document: string,
  { site, repository, models }: Omit<DocumentContext, 'render'>,
): LinkResolver {
  return (href) => {
    const [path, anchor] = href.split('#') as [string, string | undefined];
    const target = posix.normalize(posix.join(posix.dirname(document), path));
    const page = pageOf(target, models);
    if (page) return anchor ? `${page}#${anchor}` : page;
    if (COPIED.test(target) && copyInto(site, target)) return `source/${target}`;
    return fileLink(repository, target);
  };
}

/** The page of a document, of a notebook or of a model; null for what has none. */
function pageOf(path: string, models: ReadonlySet<string>): string | null {
  const notebook = /^notebooks\/([\w.-]+)\.ipynb$/.exec(path)?.[1];
  if (notebook) return `notebook-${notebook}.html`;
  if (path === 'notebooks' || path === 'notebooks/') return 'notebooks.html';
  const model = /^models\/([\w.-]+)(\/README\.md)?$/.exec(path)?.[1];
  if (model && models.has(model)) return `model-${model}.html`;
  return DOCUMENT_PAGES[path] ?? null;
}

/** Copies a file of the project. @returns whether there is such a file */
function copyInto(site: string, path: string): boolean {
  const from = join(projectRoot(), path);
  if (path.startsWith('..') || !existsSync(from)) return false;
  const to = join(site, 'source', path);
  mkdirSync(dirname(to), { recursive: true });
  copyFileSync(from, to);
  return true;
}

/** A document of the project as a page. @param more what stands below it */
export function documentPage(path: string, context: DocumentContext, more: Partial<Page> = {}): Page {
  const text = readFileSync(join(projectRoot(), path), 'utf8');
  const title = /^#\s+(.+)$/m.exec(text)?.[1] ?? path;
  const body = context.render(text.replace(/^#\s+.+$/m, ''), { resolve: projectLinks(path, context) });
  return {
    file: DOCUMENT_PAGES[path]!,
    title,
    body: html`<div class="document">${body}</div>${more.body}`,
    ...(more.scripts ? { scripts: more.scripts } : {}),
  };
}
