const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Control characters, which XML has no form for: one of them in a file's name would make a whole picture unreadable. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

/** Text as it stands in HTML, SVG and other XML, within elements and within quoted attributes. */
export function escapeMarkup(text: string): string {
  return text.replace(CONTROL, '\ufffd').replace(/[&<>"]/g, (character) => ESCAPES[character]!);
}
