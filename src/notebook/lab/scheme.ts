import { type Lab, type LabCell, pointsOfLab } from './cell';

/** A check as its source says it. */
interface CheckLine {
  readonly what: string;
  readonly points: string;
}

const CHECK = /\{ what: '((?:[^'\\]|\\.)*)', points: (\d+)/g;

const checksOf = ({ text }: LabCell): CheckLine[] =>
  [...text.matchAll(CHECK)].map(([, what, points]) => ({ what: what!, points: points! }));

const isHidden = ({ text }: LabCell) => text.includes('BEGIN HIDDEN TESTS');

/** The marking scheme of a lab as Markdown: every check with its points, and what is left with typical mistakes. */
export function markingScheme(name: string, lab: Lab): string {
  const checks = lab.cells.flatMap((cell) =>
    checksOf(cell).map(
      ({ what, points }) =>
        `| ${cell.id.replace(/-(check|hidden)$/, '')} | ${what} | ${isHidden(cell) ? 'hidden' : 'visible'} | ${points} |`,
    ),
  );
  const mistakes = lab.mistakes.map(({ cell, what, points }) => `| ${cell} | ${what} | ${points} |`);
  return [
    `# Marking scheme: ${name}`,
    `${pointsOfLab(lab)} points. A check gives all its points or none.`,
    ['| exercise | check | | points |', '|---|---|---|---:|', ...checks].join('\n'),
    '## Typical mistakes, and the points of the whole lab that are left',
    ['| exercise | mistake | points |', '|---|---|---:|', ...mistakes].join('\n'),
    '',
  ].join('\n\n');
}
