/** The element with this id, which the page has. */
export const element = <E extends HTMLElement>(id: string): E => document.getElementById(id) as E;

/** A new element with attributes and children; text is never read as markup. */
export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Readonly<Record<string, string>> = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

/** A value that the page carries as JSON. */
export const pageData = <T>(id: string): T => JSON.parse(element(id).textContent!) as T;

/** A row of a table: the first cell heads it. */
export function tableRow(
  cells: readonly (Node | string)[],
  styles: readonly string[] = [],
): HTMLTableRowElement {
  return make(
    'tr',
    {},
    ...cells.map((cell, at) =>
      make(
        at === 0 ? 'th' : 'td',
        { class: styles[at] ?? 'text', ...(at === 0 ? { scope: 'row' } : {}) },
        cell,
      ),
    ),
  );
}

/** The head of a table. */
export function tableHead(names: readonly string[], styles: readonly string[] = []): HTMLTableSectionElement {
  const cells = names.map((name, at) =>
    make('th', { scope: 'col', class: styles[at] ?? 'text' }, name || '\u00a0'),
  );
  return make('thead', {}, make('tr', {}, ...cells));
}

/** A number with its sign, the minus as printers set it. */
export function signed(value: number, decimals: number): string {
  const text = Math.abs(value).toFixed(decimals);
  if (Number(text) === 0) return text;
  return `${value < 0 ? '−' : '+'}${text}`;
}
