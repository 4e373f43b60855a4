const { SourceMap } = require('node:module');

const MAP = /\n?\/\/# sourceMappingURL=data:application\/json;base64,(\S+)\s*$/;
const MAP_FILE = /\n?\/\/# sourceMappingURL=\S+\s*$/;
/** What tslab calls the code of a cell. */
const CELL = '__tslab__.js';
/** A place in a compiled cell, as the stack of an error names it. */
const PLACE = /ferlab-cell-(\d+):(\d+):(\d+)/;
/** Lines that tslab puts before a cell's own. */
const LINES_BEFORE = 1;

/** Knows where the places of compiled cells come from: which cell, and which line and column of it as it was written. */
class CellPositions {
  #compiled = [];
  #number = 0;
  isCompiled = false;

  /** Tells that the cell with this number is about to be compiled and run. */
  begin(number) {
    this.#number = number;
    this.isCompiled = false;
  }

  /** Does the last step of tslab's compilation, and remembers a cell's maps. @returns TypeScript's result */
  transpile(code, options, transpileModule) {
    const [, encoded] = MAP.exec(code) ?? [];
    const map = encoded && JSON.parse(Buffer.from(encoded, 'base64').toString());
    const plain = code.replace(MAP, '');
    if (map?.file !== CELL) return transpileModule(plain, options);
    const compilerOptions = { ...options.compilerOptions, sourceMap: true };
    const result = transpileModule(plain, { ...options, compilerOptions });
    const maps = [JSON.parse(result.sourceMapText), map].map((one) => new SourceMap(one));
    this.#compiled.push({ number: this.#number, maps });
    this.isCompiled = true;
    const name = `ferlab-cell-${this.#compiled.length - 1}`;
    return { ...result, outputText: `${result.outputText.replace(MAP_FILE, '')}\n//# sourceURL=${name}` };
  }

  /** A line of a stack in terms of the cells as they were written; undefined where nobody wrote what it names. */
  translate(frame) {
    const [place, index, line, column] = PLACE.exec(frame) ?? [];
    if (place === undefined) return frame;
    const { number, maps } = this.#compiled[index];
    const written = maps.reduce(origin, { line: line - 1, column: column - 1 });
    if (written === undefined || written.line < LINES_BEFORE) return undefined;
    const where = `cell [${number}], line ${written.line - LINES_BEFORE + 1}, column ${written.column + 1}`;
    // Names of earlier cells are called as methods of tslab's exports.
    return frame.replace(place, where).replace(/\bat (async )?Proxy\./, 'at $1');
  }
}

/** Where a place comes from by one map; undefined where its line holds nothing that does. */
function origin(place, map) {
  const entry = place && map.findEntry(place.line, place.column);
  if (entry?.generatedLine !== place?.line || entry?.originalLine === undefined) return undefined;
  return { line: entry.originalLine, column: entry.originalColumn };
}

module.exports = { CellPositions };
