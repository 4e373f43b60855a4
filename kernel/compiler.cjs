const { joinTimers } = require('./compiler-timers.cjs');
const { requireAsTslab } = require('./tslab.cjs');

/**
 * Mends the compiler that tslab loads. To be called before tslab is loaded.
 * @param cells gets to know how cells are compiled; see cell-positions.cjs
 */
function mendCompiler(cells) {
  const path = requireAsTslab.resolve('@tslab/typescript-for-tslab');
  const typescript = requireAsTslab(path);
  const createWatchCompilerHost = (files, options, ...rest) => {
    // The map travels in the code, the one thing that tslab keeps of what is emitted.
    const host = typescript.createWatchCompilerHost(files, { ...options, inlineSourceMap: true }, ...rest);
    joinTimers(host);
    return host;
  };
  const transpileModule = (code, options) => cells.transpile(code, options, typescript.transpileModule);
  // Its exports can't be set one by one.
  require.cache[path].exports = Object.defineProperties(
    {},
    {
      ...Object.getOwnPropertyDescriptors(typescript),
      createWatchCompilerHost: { value: createWatchCompilerHost, enumerable: true },
      transpileModule: { value: transpileModule, enumerable: true },
    },
  );
}

module.exports = { mendCompiler };
