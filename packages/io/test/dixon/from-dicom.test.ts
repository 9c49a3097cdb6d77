import { describe, expect, it } from 'vitest';
import { readMultiEcho, separateWaterFat } from '../../src/index.js';
import { bundle } from '../formats/bundle.js';
import { readNpy, wrapped } from './fixtures.js';

/** SD of the noise in each channel that the simulator of these files added (model.json: 4.0). */
const NOISE = 4;

describe.each([
  'dixon-philips-classic-magphase',
  'dixon-philips-classic-realimag',
  'dixon-siemens-classic-magphase',
  'dixon-ge-classic-realimag',
])('%s', (name) => {
  it('gives the maps of the truth, scattered by no more than the Cramér–Rao bound', async () => {
    const files = [...bundle(name).values()].filter(({ name }) => !/\.(json|npy)$/.test(name));
    const multiEcho = await readMultiEcho(files);
    const maps = await separateWaterFat(multiEcho, { spectrum: 'ismrm6' });
    const truth = readNpy('dicom_truth.npy.gz');
    const [, nz, ny, nx] = truth.shape;
    expect(maps.pdffPercent.data.shape).toEqual([nx, ny, nz]);
    const total = nx * ny * nz;
    // Files are scaled to what their integers can hold; the bound is for the noise in those units.
    const water = maps.water.data.data;
    const fat = maps.fat.data.data;
    let pdffSquares = 0;
    let r2starSquares = 0;
    let worstField = 0;
    let tissue = 0;
    let gain = 0;
    let signal = 0;
    for (let i = 0; i < total; i++) {
      const m0 = truth.data[3 * total + i];
      if (m0 === 0) continue;
      gain += water[i] + fat[i];
      signal += m0;
    }
    const scale = (NOISE * gain) / signal / maps.report.noiseSd!;
    for (let i = 0; i < total; i++) {
      if (truth.data[3 * total + i] === 0) continue;
      tissue++;
      const pdffError = maps.pdffPercent.data.data[i] - 100 * truth.data[i];
      const r2starError = maps.r2starPerSecond.data.data[i] - truth.data[total + i];
      pdffSquares += (pdffError / (scale * maps.pdffSdPercent.data.data[i])) ** 2;
      r2starSquares += (r2starError / (scale * maps.r2starSdPerSecond.data.data[i])) ** 2;
      const fieldError = maps.fieldMapHz!.data.data[i] - truth.data[2 * total + i];
      worstField = Math.max(worstField, Math.abs(wrapped(fieldError, 1000 / 1.15)));
    }
    expect(tissue).toBe(8492);
    expect(Math.sqrt(pdffSquares / tissue)).toBeLessThan(1.02);
    expect(Math.sqrt(r2starSquares / tissue)).toBeLessThan(1.02);
    expect(worstField).toBeLessThan(2);
  });
});
