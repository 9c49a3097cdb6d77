declare module '*?worker-source' {
  const source: string;
  export default source;
}
declare module '*.as.ts?wasm' {
  /** The compiled module, decoded anew on every call. */
  const bytes: () => Uint8Array<ArrayBuffer>;
  export default bytes;
}
