import { createVolume, isSteatosisError, reorient } from '@steatosis/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type ComplexMultiEcho,
  type MultiEcho,
  separateWaterFat,
  type SeparateWaterFatOptions,
} from '../../src/index.js';
import { type Acquisition, acquisitions, rowOfVoxels } from './fixtures.js';
import { echoesOf, type Voxel } from './simulate.js';

const acquisition = acquisitions['1p5T'];
const liver: Voxel = { water: 800, fat: 200, r2star: 40, fieldHz: 60, phase: 0.7 };

function voxel(changes: Partial<Voxel> = {}, where: Acquisition = acquisition): ComplexMultiEcho {
  return rowOfVoxels(echoesOf({ ...liver, ...changes }, where), where);
}

async function failure(
  multiEcho: MultiEcho,
  options: object = {},
): Promise<{ code: string; message: string }> {
  const error = await separateWaterFat(multiEcho, options).catch((e: unknown) => e);
  if (!isSteatosisError(error)) throw new Error('expected a SteatosisError', { cause: error });
  return { code: error.code, message: error.message };
}

describe('arguments of separateWaterFat', () => {
  const good = voxel();
  const { real, imaginary } = good;

  it.each([
    ['fits', 'magnitude'],
    ['calibration', true],
    ['t1correction', true],
    ['spectra', 'ismrm6'],
  ])('refuses the option %s, which it does not have', async (name, value) => {
    const { code, message } = await failure(good, { [name]: value });
    expect(code).toBe('INVALID_ARGUMENT');
    expect(message).toContain(`options.${name}`);
    expect(message).toContain('expected one of spectrum, mask');
  });

  it.each<[string, object]>([
    ['optionalMaps', { optionalMaps: 'none' }],
    ['spectrum', { spectrum: 'lard' }],
    ['spectrum', { spectrum: { ppm: [1.3], amplitudes: [] } }],
    ['spectrum', { spectrum: { ppm: [1.3], amplitudes: [0] } }],
    ['spectrum', { spectrum: { ppm: [Number.NaN], amplitudes: [1] } }],
    ['spectrum', { spectrum: null }],
    ['commonPhase', { commonPhase: 'yes' }],
    ['precession', { precession: 0 }],
    ['smoothness', { smoothness: -1 }],
    ['smoothness', { smoothness: Number.NaN }],
    ['workers', { workers: 1.5 }],
    ['mask', { mask: real }],
    ['fit', { fit: 'vector' }],
    ['noiseFloor', { noiseFloor: 1 }],
    ['noiseSd', { noiseSd: 0 }],
    ['noiseSd', { noiseSd: Number.NaN }],
  ])('refuses an impossible %s', async (name, options) => {
    const { code, message } = await failure(good, options);
    expect(code).toBe('INVALID_ARGUMENT');
    expect(message).toContain(name);
  });

  it('takes undefined as "not given"', async () => {
    const options: SeparateWaterFatOptions = {
      spectrum: undefined,
      mask: undefined,
      workers: undefined,
    };
    expect((await separateWaterFat(good, options)).report.spectrum.name).toBe('hamilton9');
  });

  it.each<[string, Partial<ComplexMultiEcho>]>([
    ['echoTimesMs', { echoTimesMs: [1, 2, 2, 3, 4, 5] }],
    ['echoTimesMs', { echoTimesMs: [1, 2, 3, 4, 5, Number.NaN] }],
    ['echoTimesMs', { echoTimesMs: [-1, 2, 3, 4, 5, 6] }],
    ['echoTimesMs', { echoTimesMs: [1, 1.000001, 3, 4, 5, 6] }],
    ['fieldStrengthT', { fieldStrengthT: 0 }],
    ['fieldStrengthT', { fieldStrengthT: Number.NaN }],
    // Seconds mistaken for milliseconds: fat has no time to get out of phase with water.
    ['echoTimesMs', { echoTimesMs: [0.00115, 0.0023, 0.00345, 0.0046, 0.00575, 0.0069] }],
  ])('refuses an impossible %s', async (name, changes) => {
    const { code, message } = await failure({ ...good, ...changes });
    expect(code).toBe('INVALID_ARGUMENT');
    expect(message).toContain(name);
  });

  it('refuses too few echoes and shapes that do not fit them', async () => {
    const two = { echoTimesMs: [1.15, 2.3], fieldStrengthT: 1.5 };
    expect(await failure(voxel({}, two))).toMatchObject({
      code: 'UNUSABLE_ECHOES',
      message: expect.stringContaining('2 echoes were given'),
    });
    const five = [1.15, 2.3, 3.45, 4.6, 5.75];
    expect(await failure({ ...good, echoTimesMs: five })).toMatchObject({
      code: 'UNUSABLE_ECHOES',
      message: expect.stringContaining('1×1×1×6'),
    });
    expect((await failure({ ...acquisition } as never)).code).toBe('INVALID_ARGUMENT');
  });

  it('refuses echoes, masks and field maps on different grids', async () => {
    const moved = createVolume(imaginary.data.data, [1, 1, 1, 6], { origin: [5, 0, 0] });
    expect((await failure({ ...good, imaginary: moved })).code).toBe('GRID_MISMATCH');
    const two = createVolume(new Float32Array(2), [2, 1, 1]);
    expect((await failure(good, { mask: two })).code).toBe('GRID_MISMATCH');
    expect((await failure(good, { initialFieldMapHz: two })).code).toBe('GRID_MISMATCH');
  });

  it('refuses echoes without signal, NaN inside a mask and NaN in the field map', async () => {
    const zero = createVolume(new Float32Array(6), [1, 1, 1, 6]);
    const none = { ...good, real: zero, imaginary: zero };
    const mask = createVolume(Uint8Array.of(1), [1, 1, 1]);
    expect(await failure(none)).toMatchObject({ message: expect.stringContaining('no signal') });
    expect(await failure(none, { mask })).toMatchObject({
      message: expect.stringContaining('are 0'),
    });
    const empty = createVolume(Uint8Array.of(0), [1, 1, 1]);
    expect(await failure(good, { mask: empty })).toMatchObject({
      message: expect.stringContaining('empty'),
    });
    const nan = createVolume(new Float32Array(6).fill(Number.NaN), [1, 1, 1, 6]);
    expect(await failure({ ...good, real: nan }, { mask })).toMatchObject({
      code: 'UNUSABLE_ECHOES',
      message: expect.stringContaining('NaN'),
    });
    const initialFieldMapHz = createVolume(Float32Array.of(Number.NaN), [1, 1, 1]);
    expect((await failure(good, { initialFieldMapHz })).code).toBe('UNUSABLE_ECHOES');
  });

  it('leaves voxels that are not finite out of its own mask and counts them', async () => {
    const both = rowOfVoxels(
      [...echoesOf(liver, acquisition), ...Array.from({ length: 12 }, () => Number.NaN)],
      acquisition,
    );
    const maps = await separateWaterFat(both);
    expect(maps.report.mask.notFinite).toBe(1);
    expect(maps.report.voxels.fitted).toBe(1);
    expect(maps.pdffPercent.data.get(0, 0, 0)).toBeCloseTo(20, 3);
    expect(maps.pdffPercent.data.get(1, 0, 0)).toBe(0);
  });
});

describe('stopping', () => {
  it.each([0, 1])('rejects with ABORTED when the signal fires, workers %i', async (workers) => {
    const many = Array.from({ length: 30_000 }, (_, i) =>
      echoesOf({ ...liver, fieldHz: i % 300 }, acquisition),
    ).flat();
    const stop = new AbortController();
    const error = await separateWaterFat(rowOfVoxels(many, acquisition), {
      workers,
      signal: stop.signal,
      onProgress: () => stop.abort('enough'),
    }).catch((e: unknown) => e);
    expect(isSteatosisError(error, 'ABORTED')).toBe(true);
    const early = await separateWaterFat(voxel(), { signal: AbortSignal.abort() }).catch(
      (e: unknown) => e,
    );
    expect(isSteatosisError(early, 'ABORTED')).toBe(true);
  });

  it('reports progress up to its total', async () => {
    const seen: { done: number; total?: number }[] = [];
    await separateWaterFat(voxel(), { onProgress: (progress) => seen.push(progress) });
    expect(seen.map(({ done, total }) => [done, total])).toEqual([
      [1, 2],
      [2, 2],
    ]);
  });
});

describe('what separateWaterFat gives back', () => {
  it('describes what was done in plain data', async () => {
    const { report } = await separateWaterFat(voxel(), { spectrum: 'ismrm6' });
    expect(structuredClone(report)).toEqual(report);
    expect(JSON.parse(JSON.stringify(report))).toEqual(report);
    expect(report).toMatchObject({
      spectrum: { name: 'ismrm6' },
      fieldMapPeriodHz: expect.closeTo(869.565, 3),
      mask: { rule: 'no-background', notFinite: 0 },
      voxels: { total: 1, fitted: 1, fittedFraction: 1, notConverged: 0 },
      fieldMap: { source: 'message passing', smoothness: 0.01, overruled: 0 },
    });
  });

  it('conjugates for precession −1 and keeps the sign of the field map', async () => {
    const there = voxel();
    const flipped = createVolume(
      there.imaginary.data.data.map((v) => -v),
      [1, 1, 1, 6],
    );
    const maps = await separateWaterFat({ ...there, imaginary: flipped }, { precession: -1 });
    expect(maps.fieldMapHz.data.get(0, 0, 0)).toBeCloseTo(60, 3);
    expect(maps.pdffPercent.data.get(0, 0, 0)).toBeCloseTo(20, 3);
  });

  it('reads volumes of any memory layout', async () => {
    const voxels = [10, 20, 30, 40].map((fat) => echoesOf({ ...liver, fat }, acquisition));
    const multiEcho = rowOfVoxels(voxels.flat(), acquisition);
    const flip = (volume: ComplexMultiEcho['real']) => reorient(volume, 'RPS');
    const { fat } = await separateWaterFat({
      ...multiEcho,
      real: flip(multiEcho.real),
      imaginary: flip(multiEcho.imaginary),
    });
    expect([0, 1, 2, 3].map((x) => Math.round(fat.data.get(x, 0, 0)))).toEqual([40, 30, 20, 10]);
    expect(fat.origin).toEqual([3, 0, 0]);
  });

  it('is 0 outside the mask', async () => {
    const voxels = [...echoesOf(liver, acquisition), ...echoesOf(liver, acquisition)];
    const mask = createVolume(Uint8Array.of(0, 1), [2, 1, 1]);
    const { report, ...maps } = await separateWaterFat(rowOfVoxels(voxels, acquisition), { mask });
    expect(report.mask.rule).toBe('given');
    for (const map of Object.values(maps)) expect(map.data.get(0, 0, 0)).toBe(0);
    expect(maps.water.data.get(1, 0, 0)).toBeCloseTo(800, 2);
  });

  it('stays next to a given field, beyond the period too', async () => {
    const period = 1000 / 1.15;
    const initialFieldMapHz = createVolume(Float32Array.of(60 + period + 5), [1, 1, 1]);
    const maps = await separateWaterFat(voxel(), { initialFieldMapHz });
    expect(maps.fieldMapHz.data.get(0, 0, 0)).toBeCloseTo(60 + period, 2);
    expect(maps.report.fieldMap).toEqual({ source: 'given' });
  });

  it('gives signed PDFF with one phase and 0 … 100 with two', async () => {
    const negative = voxel({ water: 1000, fat: -20 });
    const one = await separateWaterFat(negative);
    expect(one.pdffPercent.data.get(0, 0, 0)).toBeCloseTo((100 * -20) / 980, 3);
    expect(one.report.voxels.pdffOutsideRange).toBe(1);
    const two = await separateWaterFat(negative, { commonPhase: false });
    expect(two.fat.data.get(0, 0, 0)).toBeCloseTo(20, 2);
  });
});

describe('acquisitions', () => {
  const uneven = { echoTimesMs: [1.2, 2.1, 3.5, 4.4, 5.9, 7.1], fieldStrengthT: 1.5 };
  const four = { echoTimesMs: [1.1, 2.5, 3.9, 5.3], fieldStrengthT: 1.5 };
  const sixteen = {
    echoTimesMs: Array.from({ length: 16 }, (_, k) => 1.2 + 1.1 * k),
    fieldStrengthT: 1.5,
  };

  it.each([uneven, four, sixteen])('of $echoTimesMs ms are separated', async (where) => {
    for (const fieldHz of [-180, 0, 95]) {
      for (const fat of [0, 100, 600]) {
        const truth = { ...liver, fat, fieldHz };
        const maps = await separateWaterFat(voxel(truth, where));
        const pdff = (100 * fat) / (fat + liver.water);
        expect(maps.pdffPercent.data.get(0, 0, 0), `${fat} ${fieldHz}`).toBeCloseTo(pdff, 3);
        expect(maps.r2starPerSecond.data.get(0, 0, 0)).toBeCloseTo(40, 2);
        expect(maps.fieldMapHz.data.get(0, 0, 0)).toBeCloseTo(fieldHz, 2);
      }
    }
  });

  it('without an even spacing have no period', async () => {
    expect((await separateWaterFat(voxel({}, uneven))).report.fieldMapPeriodHz).toBeNull();
  });
});

describe('properties', () => {
  const tissue = fc.record({
    fat: fc.double({ min: 0, max: 300, noNaN: true }),
    r2star: fc.double({ min: 10, max: 200, noNaN: true }),
    fieldHz: fc.double({ min: -200, max: 200, noNaN: true }),
    phase: fc.double({ min: -3, max: 3, noNaN: true }),
  });

  it('scale and receiver phase change nothing but water and fat', async () => {
    await fc.assert(
      fc.asyncProperty(
        tissue,
        fc.double({ min: 1e-3, max: 1e3, noNaN: true }),
        async (truth, scale) => {
          const maps = await separateWaterFat(
            voxel({ ...truth, water: 800 * scale, fat: truth.fat * scale }),
          );
          const pdff = (100 * truth.fat) / (truth.fat + 800);
          expect(maps.pdffPercent.data.get(0, 0, 0)).toBeCloseTo(pdff, 3);
          expect(maps.r2starPerSecond.data.get(0, 0, 0)).toBeCloseTo(truth.r2star, 2);
          expect(maps.fieldMapHz.data.get(0, 0, 0)).toBeCloseTo(truth.fieldHz, 2);
          expect(maps.water.data.get(0, 0, 0) / scale).toBeCloseTo(800, 2);
        },
      ),
      { numRuns: 60, seed: 7 },
    );
  });
});

describe('optional maps', () => {
  it('are left out when they are not wanted, and nothing else changes', async () => {
    const all = await separateWaterFat(voxel());
    const necessary = await separateWaterFat(voxel(), { optionalMaps: false });
    const { pdffSdPercent, r2starSdPerSecond, swapSuspect, ...rest } = all;
    expect([pdffSdPercent, r2starSdPerSecond, swapSuspect]).not.toContain(undefined);
    expect(necessary).toEqual(rest);
  });
});
