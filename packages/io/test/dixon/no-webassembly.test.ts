import { afterEach, expect, it, vi } from 'vitest';
import { separateWaterFat } from '../../src/index.js';
import { acquisitions, rowOfVoxels } from './fixtures.js';
import { echoesOf } from './simulate.js';

const voxel = { water: 1, fat: 0.2, r2star: 30, fieldHz: 10, phase: 0 };
const echoes = rowOfVoxels(echoesOf(voxel, acquisitions['1p5T']), acquisitions['1p5T']);

afterEach(() => vi.unstubAllGlobals());

it('an engine without WebAssembly or its SIMD gets a typed error, and nothing is kept of it', async () => {
  for (const stub of [undefined, { validate: () => false }]) {
    vi.stubGlobal('WebAssembly', stub);
    const error: unknown = await separateWaterFat(echoes).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'WASM_SIMD_MISSING' });
  }
  vi.unstubAllGlobals();
  const { pdffPercent } = await separateWaterFat(echoes);
  expect(pdffPercent.data.get(0, 0, 0)).toBeCloseTo(100 / 6, 3);
});
