/** What an exercise says of itself until a student has written it. */
export const NOT_WRITTEN = 'not written yet';

/** What stands where a student is to write; `labs/nbgrader_config.py` gives nbgrader the same. */
export const STUB = `throw new Error('${NOT_WRITTEN}');`;
