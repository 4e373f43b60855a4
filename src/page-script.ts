import { type BuildOptions, buildSync } from 'esbuild';

/** How esbuild makes a script of a page, with what it imports in one file. */
export const PAGE_SCRIPT = {
  bundle: true,
  format: 'iife', // a page that is opened from a file may not load modules
  platform: 'browser',
  target: 'es2022',
  minify: true,
  logLevel: 'silent',
} as const satisfies BuildOptions;

/** The text of a page's script. @param more options of esbuild for this script */
export function bundlePageScript(path: string, more: BuildOptions = {}): string {
  const { outputFiles } = buildSync({ ...PAGE_SCRIPT, ...more, entryPoints: [path], write: false });
  return outputFiles[0]!.text;
}
