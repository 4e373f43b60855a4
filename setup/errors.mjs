/** A problem that the person at the keyboard can do something about: one line each. */
export class SetupError extends Error {
  /** @param remedies what to do, one line each */
  constructor(message, remedies = []) {
    super(message);
    this.name = 'SetupError';
    this.remedies = [remedies].flat();
  }
}
