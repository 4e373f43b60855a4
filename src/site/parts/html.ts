import { escapeMarkup } from '../../markup';

/** Text that is HTML already. */
export class Html {
  constructor(readonly text: string) {}
}

/** What may stand between pieces of HTML: text is escaped, `Html` is not, nothing gives nothing. */
type Part = Html | string | number | null | undefined | false | readonly Part[];

/** HTML from a template; every value in it is escaped unless it is HTML itself. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  const [first, ...rest] = strings;
  return new Html(rest.reduce((text, string, i) => text + textOf(parts[i]) + string, first!));
}

function textOf(part: Part): string {
  if (part instanceof Html) return part.text;
  if (Array.isArray(part)) return part.map(textOf).join('');
  return part === null || part === undefined || part === false ? '' : escapeMarkup(String(part));
}

/** A value for programs within a page; `<` is escaped, so that no text can end the element. */
export function dataElement(id: string, value: unknown): Html {
  const json = JSON.stringify(value).replaceAll('<', '\\u003c');
  return html`<script type="application/json" id="${id}">${new Html(json)}</script>`;
}
