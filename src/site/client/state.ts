import { element } from './dom';

/** What a page shows, as its address says it. */
export type State = Readonly<Record<string, string>>;

/**
 * The state of a page lies in its address, so that a view can be sent to someone and found again. Fields have the names
 * of the controls that set them; others are set by what is chosen in the page.
 */
export class AddressState {
  readonly #defaults: State;

  /** @param controls ids of inputs and lists, @param others fields without a control, empty at first */
  constructor(
    readonly controls: readonly string[],
    others: readonly string[],
    readonly onChange: () => void,
  ) {
    const own = controls.map((name) => [name, this.#control(name).value]);
    this.#defaults = Object.fromEntries([...own, ...others.map((name) => [name, ''])]);
    this.#fill();
    for (const name of controls) {
      this.#control(name).addEventListener('change', () => this.set({ [name]: this.#control(name).value }));
    }
    window.addEventListener('hashchange', () => {
      this.#fill();
      onChange();
    });
  }

  /** The state now. A value that a list does not offer counts as its default. */
  get(): State {
    const given = new URLSearchParams(location.hash.slice(1));
    const entries = Object.entries(this.#defaults).map(([name, value]) => {
      const wanted = given.get(name);
      return [name, wanted !== null && this.#offers(name, wanted) ? wanted : value];
    });
    return Object.fromEntries(entries);
  }

  /** Changes some fields; the address names those that are not at their default. */
  set(changes: State): void {
    const all = { ...this.get(), ...changes };
    const named = Object.entries(all).filter(([name, value]) => value !== this.#defaults[name]);
    history.replaceState(null, '', `#${new URLSearchParams(named)}`);
    this.#fill();
    this.onChange();
  }

  /** Back to the defaults. */
  reset(): void {
    this.set(this.#defaults);
  }

  #fill(): void {
    const state = this.get();
    for (const name of this.controls) this.#control(name).value = state[name]!;
  }

  #offers(name: string, value: string): boolean {
    if (!this.controls.includes(name)) return true;
    const control = this.#control(name);
    if (!(control instanceof HTMLSelectElement)) return value === '' || Number.isFinite(Number(value));
    return [...control.options].some((option) => option.value === value);
  }

  #control(name: string): HTMLSelectElement | HTMLInputElement {
    return element<HTMLSelectElement | HTMLInputElement>(name);
  }
}
