// Who may import whom. `npm run check` holds it, and test/structure.test.ts tries it.

/** The rooms of `src/` from the ground up: each may import those below it, and none beside it. */
const STOREYS = [
  ['errors', 'http', 'markup', 'page-script', 'paths', 'random', 'sum', 'tensorflow-settings', 'write-whole', 'zod-problems'],
  ['preprocess'],
  ['dataset'],
  ['augment'],
  ['model'],
  ['engine'],
  ['baseline', 'detect'],
  ['run'],
  ['predict'],
  ['evaluate'],
  ['train', 'report'],
  ['study', 'publish', 'export', 'audit', 'protocol'],
  ['explain', 'leaklab'],
  ['notebook'],
  ['site', 'archive'],
  ['doctor', 'demo'],
  ['index', 'cli'],
];

/** Files whose imports still break a rule; a file leaves the list when it is mended. */
const KNOWN = {
  upward: [],
  circles: [],
};

/** The path of some rooms: a folder, or a file beside the folders. */
const pathOf = (rooms) => `^src/(${rooms.join('|')})(/|\\.ts$)`;
const error = (rule) => ({ severity: 'error', ...rule });

const imports = STOREYS.slice(0, -1).map((rooms, storey) =>
  error({
    name: `${storey === 0 ? 'ground' : rooms.join('-')}-imports-from-above`,
    from: { path: pathOf(rooms), pathNot: KNOWN.upward.map((file) => `^src/${file}\\.ts$`) },
    to: { path: pathOf(STOREYS.slice(storey + 1).flat()) },
  }),
);
const neighbours = STOREYS.slice(1, -1)
  .filter((rooms) => rooms.length > 1)
  .map((rooms) =>
    error({
      name: `${rooms.join('-')}-keep-apart`,
      from: { path: `^src/(${rooms.join('|')})/` },
      to: { path: pathOf(rooms), pathNot: '^src/$1/' },
    }),
  );

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    error({ name: 'no-circle', from: { pathNot: KNOWN.circles }, to: { circular: true } }),
    ...imports,
    ...neighbours,
    error({
      name: 'every-file-has-a-storey',
      from: { path: '^src/', pathNot: pathOf(STOREYS.flat()) },
      to: {},
    }),
    error({ name: 'audit-stands-alone', from: { path: '^packages/' }, to: { path: '^(src|bench|test)/' } }),
    error({ name: 'src-imports-no-tests', from: { path: '^src/' }, to: { path: '^(bench|test|setup)/' } }),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^dist/' },
    tsPreCompilationDeps: true, // an imported type is a dependency too
    tsConfig: { fileName: 'tsconfig.json' },
  },
};
