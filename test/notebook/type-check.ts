import { join } from 'node:path';
import ts from 'typescript';
import { projectRoot } from '../../src/paths';

/**
 * The cells of a notebook as one module. A value that tslab prints because it stands last in a cell would be an
 * unused expression here; `ferlab` is the source itself, so that nothing has to be compiled first.
 */
export function asModule(cells: readonly { id: string; source: string }[]): string {
  return `${cells.map(({ id, source }) => `// cell ${id}\n${source}`).join('\n;\n')}\nexport {};\n`;
}

/**
 * What the compiler says of some modules under the project's strict settings, with top-level await as in the kernel.
 * @param modules text by path; no file of that path has to exist
 * @param changes of the settings
 */
export function typeProblems(modules: ReadonlyMap<string, string>, changes: ts.CompilerOptions = {}): string {
  const options: ts.CompilerOptions = {
    ...ts.parseJsonConfigFileContent(
      ts.readConfigFile(join(projectRoot(), 'tsconfig.json'), ts.sys.readFile).config,
      ts.sys,
      projectRoot(),
    ).options,
    noEmit: true,
    incremental: false,
    tsBuildInfoFile: undefined,
    declaration: false,
    noUnusedLocals: false,
    rootDir: projectRoot(),
    // Top-level await, as in the kernel.
    module: ts.ModuleKind.ES2022,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    ...changes,
    paths: {
      'ferlab/labs': [join(projectRoot(), 'src/notebook/lab/student.ts')],
      ferlab: [join(projectRoot(), 'src/index.ts')],
      '@ferlab/audit': [join(projectRoot(), 'packages/audit/src/index.ts')],
    },
  };
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists, readFile } = host;
  host.fileExists = (path) => modules.has(path) || fileExists(path);
  host.readFile = (path) => modules.get(path) ?? readFile(path);
  host.getSourceFile = (path, ...rest) => {
    const text = modules.get(path);
    return text === undefined
      ? getSourceFile(path, ...rest)
      : ts.createSourceFile(path, text, options.target!);
  };
  const program = ts.createProgram([...modules.keys()], options, host);
  const problems = [...modules.keys()].flatMap((path) => {
    const file = program.getSourceFile(path)!;
    return [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)];
  });
  return problems.map(describe).join('\n');
}

/** Notebook, cell and message of a problem. */
function describe(problem: ts.Diagnostic): string {
  const text = problem.file?.text.slice(0, problem.start) ?? '';
  const cell = text.match(/\/\/ cell ([\w-]+)(?![\s\S]*\/\/ cell )/)?.[1];
  return `${problem.file?.fileName} cell ${cell}: ${ts.flattenDiagnosticMessageText(problem.messageText, '\n')}`;
}
