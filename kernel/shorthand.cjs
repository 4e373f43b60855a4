const { requireAsTslab } = require('./tslab.cjs');

// The compiler that tslab uses, so that both read a cell alike.
const ts = requireAsTslab('@tslab/typescript-for-tslab');

/**
 * Writes `{ seed }` as `{ seed: seed }`. tslab turns the names of earlier cells into properties of its exports, but
 * not in this short form, which then fails with "seed is not defined".
 * @param {string} code of a cell, well-formed or not
 */
function expandShorthand(code) {
  if (!code.includes('{')) return code;
  const file = ts.createSourceFile('cell.ts', code, ts.ScriptTarget.Latest, true);
  if (file.parseDiagnostics.length > 0) return code; // the compiler's message is about what was written
  const ends = [];
  const visit = (node) => {
    if (ts.isShorthandPropertyAssignment(node)) ends.push([node.name.end, node.name.text]);
    ts.forEachChild(node, visit);
  };
  visit(file);
  // From the back, so that positions hold; on the same line, so that messages name the right one.
  return ends
    .reverse()
    .reduce((text, [end, name]) => `${text.slice(0, end)}: ${name}${text.slice(end)}`, code);
}

module.exports = { expandShorthand };
