const inspector = require('node:inspector');
const Module = require('node:module');
const { join } = require('node:path');
const timers = require('node:timers');
const util = require('node:util');
const v8 = require('node:v8');
const { fix, fixBuiltIns } = require('./built-ins.cjs');

const ROOT = join(__dirname, '..');
/** The kernel's own insides: what code in a cell loads of them is a copy of its own. */
const INSIDES = [
  __dirname,
  join('node_modules', 'tslab'),
  join('node_modules', '@tslab'),
  join('node_modules', 'zeromq'),
];

/** Fixes what checks rely on before any code that is graded runs. Call it when all of the kernel has been loaded. */
function seal(handler) {
  keepOutput(handler);
  hideInsides();
  refuseSpying();
  for (const object of [console, util, timers, v8]) freezeModule(object);
  fixBuiltIns();
  fixModules();
}

/** Only tslab itself says where output goes: a reason that a check prints can't be kept back. */
function keepOutput(handler) {
  const { createWriteToIopub } = handler;
  const known = new WeakSet();
  handler.createWriteToIopub = function (...words) {
    const write = createWriteToIopub.apply(this, words);
    known.add(write);
    return write;
  };
  for (const stream of [process.stdout, process.stderr]) {
    let { write } = stream;
    const set = (own) => {
      if (known.has(own)) write = own;
    };
    Object.defineProperty(stream, 'write', { get: () => write, set, configurable: false });
  }
}

function hideInsides() {
  // What a cell imports as `tslab`: it can display, and no more.
  const displays = require.resolve('tslab');
  require(displays);
  for (const [path, loaded] of Object.entries(require.cache)) {
    loaded.parent = undefined;
    loaded.children.length = 0;
    if (path !== displays && INSIDES.some((part) => path.includes(part))) delete require.cache[path];
  }
  process.mainModule = undefined;
}

/** Node defines some parts of its modules when they are first read, which has to be before. */
function freezeModule(object) {
  for (const name of Reflect.ownKeys(object)) void object[name];
  Object.freeze(object);
}

/** A check that runs is text in this process, with what it expects. */
function refuseSpying() {
  const refuse = () => {
    throw new Error('this is not offered where labs are graded');
  };
  for (const name of ['getHeapSnapshot', 'writeHeapSnapshot', 'setFlagsFromString']) v8[name] = refuse;
  for (const name of ['Session', 'open', 'url']) inspector[name] = refuse;
  for (const name of ['binding', '_linkedBinding', '_debugProcess']) process[name] = refuse;
  Module.syncBuiltinESMExports();
}

/** Modules are found as before, and what the project's own export stays what it is. */
function fixModules() {
  const { load } = Module.prototype;
  Module.prototype.load = function (path) {
    load.call(this, path);
    if (path.startsWith(join(ROOT, 'dist')) || path.startsWith(join(ROOT, 'packages')))
      freezeExports(this.exports);
  };
  Object.freeze(Module.prototype);
  Object.freeze(Module._extensions);
  Object.freeze(Module);
}

function freezeExports(exports) {
  for (const value of Object.values(exports)) {
    if (typeof value !== 'function') continue;
    if (value.prototype) fix(value.prototype);
    Object.freeze(value);
  }
  Object.freeze(exports);
}

module.exports = { seal };
