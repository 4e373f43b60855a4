/** The bytes of the solver's WebAssembly, which esbuild puts into the script. */
declare module 'highs/runtime' {
  const bytes: Uint8Array;
  export default bytes;
}
