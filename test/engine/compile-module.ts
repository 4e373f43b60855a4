import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { projectRoot } from '../../src/paths';

/** Compiles one of our own modules beside the addon as the set-up does. @param folder for its log */
export async function compileModule(name: string, path: string, folder: string): Promise<void> {
  const setup = (file: string) => import(pathToFileURL(join(projectRoot(), 'setup', file)).href);
  const [{ buildModule }, { describeProject }, { Shell }] = await Promise.all(
    ['steps/addon.mjs', 'project.mjs', 'shell.mjs'].map(setup),
  );
  const shell = new Shell({ log: join(folder, 'log'), groups: join(folder, 'groups') });
  await buildModule({ ...describeProject(), shell }, name, path);
}
