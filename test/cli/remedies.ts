import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { projectRoot } from '../../src/paths';

/** A text of the sources that people may see; what is computed stands as `…`. */
export interface Text {
  readonly file: string;
  readonly text: string;
}

interface Source {
  readonly name: string;
  readonly tree: ts.SourceFile;
}

function sources(): Source[] {
  const root = join(projectRoot(), 'src');
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => ({
      name,
      tree: ts.createSourceFile(name, readFileSync(join(root, name), 'utf8'), ts.ScriptTarget.Latest, true),
    }));
}

/** All texts of the sources but those of imports, and all identifiers. */
export function readSources(): { texts: Text[]; identifiers: ReadonlySet<string> } {
  const texts: Text[] = [];
  const identifiers = new Set<string>();
  for (const { name, tree } of sources()) {
    const visit = (node: ts.Node): void => {
      if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return;
      if (ts.isIdentifier(node)) identifiers.add(node.text);
      const text = textOf(node);
      if (text !== null) texts.push({ file: name, text });
      ts.forEachChild(node, visit);
    };
    visit(tree);
  }
  return { texts, identifiers };
}

function textOf(node: ts.Node): string | null {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return node.text;
  if (!ts.isTemplateExpression(node)) return null;
  return node.head.text + node.templateSpans.map(({ literal }) => `…${literal.text}`).join('');
}

/** Commands of the program that a text names, such as `ferlab train --resume`, as words. */
export function commandsIn({ text }: Text): string[][] {
  const quoted = [...text.matchAll(/`(?:npx )?ferlab ([^`]*)`/g)].map(([, words]) => words!);
  const lines = [...text.matchAll(/^ +npx ferlab (\S[^#\n]*?)(?: {2,}.*)?$/gm)].map(([, words]) => words!);
  return [...quoted, ...lines]
    .map((words) => words.trim().split(/\s+/))
    .filter(([name]) => /^[a-z]/.test(name!));
}

/** Flags, variables of the environment and npm scripts that a text names. */
export function namesIn({ text }: Text) {
  const find = (pattern: RegExp) => [...text.matchAll(pattern)].map(([, name]) => name!);
  return {
    flags: find(/(?<![\w-])(--[a-z][a-z-]+)(?![\w=])/g),
    variables: find(/\$((?:FER|KAGGLE)[A-Z0-9_]*)/g),
    scripts: find(/npm (?:run )?(?!run\b)(start|test|[a-z]+(?::[a-z]+)?)(?= |$|`|,|;)/g),
  };
}
