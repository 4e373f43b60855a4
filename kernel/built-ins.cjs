/** JavaScript's own objects that no global leads to. */
const HIDDEN = [
  [][Symbol.iterator](),
  new Map().entries(),
  new Set().entries(),
  ''[Symbol.iterator](),
  'a'.matchAll(/a/g),
  (function* () {})(),
  (async function* () {})(),
  async () => {},
];

const GLOBALS = [
  ...[
    'Object',
    'Function',
    'Array',
    'Number',
    'String',
    'Boolean',
    'Symbol',
    'BigInt',
    'Math',
    'JSON',
    'Reflect',
  ],
  ...[
    'Date',
    'RegExp',
    'Promise',
    'Proxy',
    'Map',
    'Set',
    'WeakMap',
    'WeakSet',
    'WeakRef',
    'ArrayBuffer',
    'DataView',
  ],
  ...[
    'Uint8Array',
    'Uint8ClampedArray',
    'Int8Array',
    'Uint16Array',
    'Int16Array',
    'Uint32Array',
    'Int32Array',
  ],
  ...[
    'Float32Array',
    'Float64Array',
    'BigInt64Array',
    'BigUint64Array',
    'SharedArrayBuffer',
    'Atomics',
    'Intl',
  ],
  ...[
    'Error',
    'EvalError',
    'RangeError',
    'ReferenceError',
    'SyntaxError',
    'TypeError',
    'URIError',
    'AggregateError',
  ],
  ...['parseInt', 'parseFloat', 'isNaN', 'isFinite'],
];

/** What checks use of Node. */
const NODE = [
  'setTimeout',
  'clearTimeout',
  'setImmediate',
  'queueMicrotask',
  'console',
  'process',
  'globalThis',
];

/** Settings of V8 that Node itself changes. */
const OPEN = new Set(['stackTraceLimit', 'prepareStackTrace']);

const isObject = (value) => (typeof value === 'object' && value !== null) || typeof value === 'function';

/**
 * Fixes JavaScript's own objects as they are: whatever code in a cell writes to them is ignored. Objects that inherit from
 * them can still have a `toString` or `name` of their own.
 */
function fixBuiltIns() {
  // Not the global object itself: Node defines some of its parts when they are first used.
  const objects = new Set([globalThis]);
  for (const name of GLOBALS) collect(globalThis[name], objects);
  for (const object of HIDDEN) collect(Object.getPrototypeOf(object), objects);
  objects.delete(globalThis);
  for (const object of objects) fix(object);
  for (const name of [...GLOBALS, ...NODE])
    Object.defineProperty(globalThis, name, {
      value: globalThis[name],
      writable: false,
      configurable: false,
    });
}

/** Everything that is reached from an object by its properties and its prototypes. */
function collect(object, found) {
  if (!isObject(object) || found.has(object)) return;
  found.add(object);
  collect(Object.getPrototypeOf(object), found);
  for (const { value, get, set } of Object.values(Object.getOwnPropertyDescriptors(object)))
    for (const part of [value, get, set]) collect(part, found);
  for (const symbol of Object.getOwnPropertySymbols(object))
    collect(Object.getOwnPropertyDescriptor(object, symbol).value, found);
}

/** Fixes the properties of one object as they are. */
function fix(object) {
  const isPrototype = typeof object !== 'function' || object === Function.prototype;
  const inherited = isPrototype && ![Math, JSON, Reflect, Atomics, Intl].includes(object);
  for (const key of Reflect.ownKeys(object)) {
    const property = Object.getOwnPropertyDescriptor(object, key);
    if (!property.configurable || OPEN.has(key)) continue;
    const isText = inherited && typeof key === 'string' && property.writable && !isNamed(object, key);
    Object.defineProperty(object, key, isText ? inheritable(object, key, property) : fixed(property));
  }
  // A new property can change what a check sees too: a `then` makes a promise of every array.
  if (isPrototype) Object.preventExtensions(object);
}

/** `inspect` reads what an array is called from its constructor. That of others is often set by those that inherit it. */
const isNamed = (object, key) =>
  key === 'constructor' && ![Object.prototype, Function.prototype, Error.prototype].includes(object);

const fixed = (property) => ({
  ...property,
  configurable: false,
  ...('value' in property ? { writable: false } : {}),
});

/** A property that stays, and that an object which inherits it can replace for itself by an assignment. */
const inheritable = (owner, key, { value, enumerable }) => ({
  get: () => value,
  set(own) {
    if (this === owner || !isObject(this)) return;
    Object.defineProperty(this, key, { value: own, writable: true, enumerable: true, configurable: true });
  },
  enumerable,
  configurable: false,
});

module.exports = { fix, fixBuiltIns };
