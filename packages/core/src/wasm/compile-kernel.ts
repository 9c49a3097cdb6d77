import { WasmSimdMissingError } from '../errors.js';

/**
 * Compile the module that an import of `*.as.ts?wasm` gives.
 *
 * @throws WasmSimdMissingError where WebAssembly or its SIMD instructions are missing
 */
export function compileKernel(bytes: () => Uint8Array<ArrayBuffer>): WebAssembly.Module {
  const code = bytes();
  if (typeof WebAssembly === 'undefined' || !WebAssembly.validate(code)) {
    throw new WasmSimdMissingError();
  }
  return new WebAssembly.Module(code);
}
