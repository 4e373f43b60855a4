import type { Claim } from '@ferlab/audit';

/** What a link holds: the text and what is known besides, and the claims where they were edited. */
export interface Saved {
  readonly text: string;
  readonly options: Partial<Claim>;
  readonly claims?: readonly Claim[];
}

/** What the page shows as the end of its address. */
export function writeLink(saved: Saved): string {
  const bytes = new TextEncoder().encode(JSON.stringify(saved));
  const binary = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  return `#${btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')}`;
}

/** What a link holds; undefined where it holds nothing that can be read. */
export function readLink(hash: string): Saved | undefined {
  try {
    const binary = atob(hash.slice(1).replaceAll('-', '+').replaceAll('_', '/'));
    const saved = JSON.parse(new TextDecoder().decode(Uint8Array.from(binary, (byte) => byte.charCodeAt(0))));
    return typeof saved?.text === 'string' && typeof saved.options === 'object' ? saved : undefined;
  } catch {
    return undefined;
  }
}
