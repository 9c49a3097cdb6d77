import { describe, expect, it, vi } from 'vitest';
import { compileKernel, WasmSimdMissingError } from '../src/index.js';

/** The empty module: magic number and version 1 (WebAssembly core specification §5.5.16). */
const empty = () => Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);

describe('compileKernel', () => {
  it('compiles a module', () => {
    expect(compileKernel(empty)).toBeInstanceOf(WebAssembly.Module);
  });

  it('says what is missing where the engine cannot', () => {
    expect(() => compileKernel(() => Uint8Array.of(1, 2, 3))).toThrow(WasmSimdMissingError);
    vi.stubGlobal('WebAssembly', undefined);
    try {
      expect(() => compileKernel(empty)).toThrow(/WebAssembly SIMD/);
    } finally {
      vi.unstubAllGlobals();
    }
  });
});
