const { requireAsTslab } = require('./tslab.cjs');

const ts = requireAsTslab('@tslab/typescript-for-tslab');

/** What using the name of a cell that did not compile comes to. */
function droppedError(name) {
  return new Error(
    `${name} is not there: the cell that writes it did not compile. Mend that cell, and run it`,
  );
}

/** What stands behind a kernel's names, and answers for those that were taken away. */
const shadows = new WeakMap();

function shadowOf(exports) {
  if (!shadows.has(exports)) {
    const shadow = Object.create(Object.getPrototypeOf(exports));
    Object.setPrototypeOf(exports, shadow);
    shadows.set(exports, shadow);
  }
  return shadows.get(exports);
}

/**
 * Takes names away until a cell gives them a value again: what they were in an earlier version of a cell must not pass for
 * the new one that did not compile.
 * @param exports tslab's names of all cells: a proxy that turns definitions into assignments, and passes on the rest
 */
function dropNames(exports, names) {
  const shadow = shadowOf(exports);
  for (const name of names.filter((one) => Object.hasOwn(exports, one))) {
    delete exports[name];
    Object.defineProperty(shadow, name, {
      configurable: true,
      get() {
        throw droppedError(name);
      },
      set(value) {
        delete shadow[name];
        exports[name] = value;
      },
    });
  }
}

/** Names that the outermost level of a cell declares, as far as it can be read. */
function declaredNames(code) {
  const { statements } = ts.createSourceFile('cell.ts', code, ts.ScriptTarget.Latest, true);
  return statements.flatMap((statement) =>
    ts.isVariableStatement(statement)
      ? statement.declarationList.declarations.flatMap(({ name }) => namesOf(name))
      : namesOf(statement.name),
  );
}

function namesOf(name) {
  if (name === undefined) return [];
  return ts.isIdentifier(name)
    ? [name.text]
    : (name.elements ?? []).flatMap((element) => namesOf(element.name));
}

/** Drops what a cell declares when it does not compile, and tells `cells` which cell runs. */
function mendNames(handler, cells) {
  const { handleExecuteImpl } = handler;
  handler.handleExecuteImpl = async function (request, ...rest) {
    cells.begin(this.execCount + 1);
    try {
      return await handleExecuteImpl.call(this, request, ...rest);
    } catch (error) {
      if (!cells.isCompiled) dropNames(this.executor.locals, declaredNames(request.code));
      throw error;
    }
  };
}

module.exports = { declaredNames, dropNames, mendNames };
