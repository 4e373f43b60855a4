import { type Finding, runChecks } from './check';
import { deviceChecks } from './device';
import { gradingChecks } from './grading';
import { inputChecks } from './inputs';
import { notebookChecks } from './notebooks';
import { softwareChecks } from './software';

/** Looks at everything that the project needs, and at whether it works. */
export function examine(): Promise<Finding[]> {
  return runChecks([...softwareChecks, ...deviceChecks, ...notebookChecks, ...gradingChecks, ...inputChecks]);
}

const MARKS = { passed: 'ok  ', failed: 'FAIL', absent: '-   ' } as const;

/** One line a finding, with the remedy below it unless it passed. */
export function formatFindings(findings: readonly Finding[]): string {
  const width = Math.max(...findings.map(({ name }) => name.length));
  const lines = findings.flatMap(({ name, status, detail, remedy }) => {
    const line = `${MARKS[status]}  ${name.padEnd(width)}  ${detail}`;
    return remedy ? [line, `      ${' '.repeat(width)}  remedy: ${remedy}`] : [line];
  });
  return `${lines.join('\n')}\n`;
}
