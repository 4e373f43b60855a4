import { checkCopies, type NamedCopy } from './copies';
import type { ProtocolFinding } from './finding';
import type { ProtocolImages } from './images';
import { checkOrder, type Operation } from './operations';
import { checkPreprocessing, type PrintedStatistics } from './preprocessing';
import { checkSubjects } from './subjects';

/** What was found out about a protocol. */
export interface ProtocolReport {
  readonly source: string;
  readonly parts: readonly { readonly name: string; readonly images: number }[];
  readonly verdict: 'leak' | 'clean';
  readonly findings: readonly ProtocolFinding[];
  /** Every image with a copy in another part. */
  readonly copies: readonly NamedCopy[];
}

export interface ProtocolEvidence {
  /** Pattern of file names, with the person in its first group. */
  readonly subject?: string;
  readonly statistics: PrintedStatistics | null;
  readonly operations: readonly Operation[] | null;
}

/** Looks for what a classifier can know of the images that it is tested on. */
export function checkProtocol(images: ProtocolImages, evidence: ProtocolEvidence): ProtocolReport {
  const { findings: ofCopies, copies } = checkCopies(images);
  const findings = [
    ...ofCopies,
    checkSubjects(images, evidence.subject),
    checkPreprocessing(images, evidence.statistics),
    checkOrder(evidence.operations),
  ];
  return {
    source: images.source,
    parts: images.spec.parts.map(({ name }, part) => ({
      name,
      images: images.usages.filter((usage) => usage === part).length,
    })),
    verdict: findings.some(({ verdict }) => verdict === 'leak') ? 'leak' : 'clean',
    findings,
    copies,
  };
}

/** The report as text. */
export function formatProtocolReport({ source, parts, verdict, findings }: ProtocolReport): string {
  const sizes = parts.map(({ name, images }) => `${images.toLocaleString('en')} of ${name}`).join(', ');
  return [
    `${source}: ${sizes}`,
    ...findings.flatMap(({ check, verdict: own, text, examples }) => [
      `${check}: ${own === 'leak' ? 'LEAK' : own}: ${text}`,
      ...examples.map((example) => `  ${example}`),
    ]),
    verdict === 'leak' ? 'verdict: leaks were found' : 'verdict: no leak was found by what could be checked',
    '',
  ].join('\n');
}
