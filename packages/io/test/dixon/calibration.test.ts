import { createRandom, createVolume, isSteatosisError } from '@steatosis/core';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { errorsOf } from '../../src/dixon/calibration/acquisition-errors.js';
import { EchoCorrections } from '../../src/dixon/calibration/echo-corrections.js';
import { solveSymmetric } from '../../src/dixon/calibration/solve.js';
import { keptVoxels, stridesFor, thinnedIndex } from '../../src/dixon/calibration/thinned-grid.js';
import { drawSample } from '../../src/dixon/calibration/voxel-sample.js';
import { EchoSource } from '../../src/dixon/echo-source.js';
import {
  type CalibrationReport,
  type ComplexMultiEcho,
  type MultiEcho,
  separateWaterFat,
  type SeparateWaterFatOptions,
  type SimulatedPatient,
} from '../../src/index.js';
import { acquisitions, readCsv, rowOfVoxels } from './fixtures.js';
import { conjugateOf, readPhantom, slicesOf } from './phantom.js';
import { sameBits, scanOf, scoreOf, simulatedPatient, withErrors } from './scanner-errors.js';
import { echoesOf } from './simulate.js';

const ECHO_COLUMNS = [1, 2, 3, 4, 5, 6].flatMap((k) => [`re${k}`, `im${k}`]);
const sequence = { flipAngleDeg: 5, repetitionTimeMs: 10.3 };

async function calibrated(
  multiEcho: ComplexMultiEcho,
  options: SeparateWaterFatOptions = {},
): Promise<CalibrationReport> {
  const { report } = await separateWaterFat(multiEcho, { calibrate: true, ...options });
  return report.calibration!;
}

/** Lean, fatty and fat tissue on a plane, without noise. */
const FAT_FRACTIONS = [0, 0.02, 0.05, 0.1, 0.2, 0.9, 0.95] as const;

function tissue(
  echoTimesMs: number[],
  fieldStrengthT: number,
  fieldHz = (x: number, y: number) => 30 * x - 20 * y,
): ComplexMultiEcho {
  const acquisition = { echoTimesMs, fieldStrengthT };
  const size = 12;
  const echoes = Array.from({ length: size * size }, (_, i) => {
    const [x, y] = [(i % size) / size, Math.floor(i / size) / size];
    const fat = FAT_FRACTIONS[(5 * i) % FAT_FRACTIONS.length];
    const voxel = { water: 1 - fat, fat, r2star: 30 + 10 * y, phase: 1 + x };
    return echoesOf({ ...voxel, fieldHz: fieldHz(x, y) }, acquisition);
  });
  const row = rowOfVoxels(echoes.flat(), acquisition);
  const plane = (part: 'real' | 'imaginary') =>
    createVolume(row[part].data.data, [size, size, 1, echoTimesMs.length]);
  return { ...row, real: plane('real'), imaginary: plane('imaginary') };
}

function flat({ applied }: CalibrationReport): number[] {
  const { bipolarPhase, firstEchoPhase, bipolarAmplitude } = applied;
  return [
    bipolarPhase.centreRad,
    ...bipolarPhase.edgeRad,
    firstEchoPhase.centreRad,
    ...firstEchoPhase.edgeRad,
    bipolarAmplitude,
  ];
}

describe('phantoms', () => {
  const none = { centreRad: 0, edgeRad: [0, 0, 0] };

  it.each(['phantom_A_1p5T', 'phantom_B_3T'])(
    'leaves %s, which has no errors, as it is',
    async (name) => {
      const { multiEcho } = readPhantom(name);
      const options = { spectrum: 'ismrm6' } as const;
      const plain = await separateWaterFat(multiEcho, options);
      const { report, pdffPercent } = await separateWaterFat(multiEcho, {
        ...options,
        calibrate: true,
      });
      expect(report.calibration).toMatchObject({
        kinds: [],
        applied: { bipolarPhase: none, firstEchoPhase: none, bipolarAmplitude: 0 },
        settled: true,
      });
      expect(sameBits(pdffPercent.data.data, plain.pdffPercent.data.data)).toBe(true);
      expect(plain.report.calibration).toBeNull();
    },
  );

  it.each([1, -1] as const)(
    'brings the liver of phantom C back to the truth (precession %i)',
    async (precession) => {
      const phantom = readPhantom('phantom_C_1p5T_confounded');
      const multiEcho = { ...phantom.multiEcho, ...sequence };
      const input = precession === 1 ? multiEcho : conjugateOf(multiEcho);
      const options = { spectrum: 'ismrm6', precession } as const;
      const before = scoreOf(await separateWaterFat(input, options), phantom);
      expect(before.bias).toBeLessThan(-2.4);
      const maps = await separateWaterFat(input, {
        ...options,
        calibrate: true,
        t1Correction: true,
      });
      const { bias, sd, swapped } = scoreOf(maps, phantom);
      expect(Math.abs(bias)).toBeLessThan(0.08);
      expect(sd).toBeLessThan(1.04);
      expect(swapped).toBe(0);
      // Bipolar phase 0.2 (x + 0.3), first echo 0.2 (1 + 0.3 y), both with x and y from −1 to 1 − 2/n.
      const { applied, kinds, sampleVoxels } = maps.report.calibration!;
      expect(kinds).toEqual(['bipolarPhase', 'firstEchoPhase', 'bipolarAmplitude']);
      expect(sampleVoxels).toBe(3000);
      const expected = { bipolar: [0.06, 0.2, 0, 0], first: [0.2, 0, 0.06, 0] };
      [applied.bipolarPhase.centreRad, ...applied.bipolarPhase.edgeRad].forEach((rad, i) => {
        expect(Math.abs(rad - expected.bipolar[i])).toBeLessThan(0.005);
      });
      [applied.firstEchoPhase.centreRad, ...applied.firstEchoPhase.edgeRad].forEach((rad, i) => {
        expect(Math.abs(rad - expected.first[i])).toBeLessThan(0.01);
      });
      expect(applied.bipolarAmplitude).toBeCloseTo(0.02, 3);
    },
  );

  it('corrects echoes before a mixed fit and a fit of magnitudes too', async () => {
    const phantom = slicesOf(readPhantom('phantom_C_1p5T_confounded'), 2, 2);
    const multiEcho = { ...phantom.multiEcho, ...sequence };
    for (const fit of ['mixed', 'magnitude'] as const) {
      const options = { spectrum: 'ismrm6', fit, t1Correction: true } as const;
      const before = scoreOf(await separateWaterFat(multiEcho, options), phantom);
      const after = scoreOf(
        await separateWaterFat(multiEcho, { ...options, calibrate: true }),
        phantom,
      );
      expect(Math.abs(before.bias), fit).toBeGreaterThan(0.5);
      expect(Math.abs(after.bias), fit).toBeLessThan(0.15);
    }
  });

  it('gives the same bits with 0, 1 and 2 workers', async () => {
    const { multiEcho } = slicesOf(readPhantom('phantom_C_1p5T_confounded'), 2, 2);
    const run = (workers: number) => separateWaterFat(multiEcho, { calibrate: true, workers });
    const [here, one, two] = await Promise.all([run(0), run(1), run(2)]);
    for (const other of [one, two]) {
      expect(other.report).toEqual(here.report);
      expect(sameBits(other.pdffPercent.data.data, here.pdffPercent.data.data)).toBe(true);
    }
  });
});

describe.each(['1p5T', '3T'] as const)('reference voxels with one error at %s', (field) => {
  const all = readCsv(`voxels_confounded_${field}.csv.gz`);

  // Phase +0.2 rad on echo 1; ±0.2 rad and ±3 %; +0.15 rad, ±0.125 rad, ±2 % and T1 (params.json of the data set).
  it.each([
    ['eddy1_phase', { bipolar: 0, first: 0.2, amplitude: 0 }, false],
    ['bipolar', { bipolar: 0.2, first: 0, amplitude: 0.03 }, false],
    ['all', { bipolar: 0.125, first: 0.15, amplitude: 0.02 }, true],
  ] as const)('%s is found and taken out', async (confounder, expected, t1Correction) => {
    const rows = all.filter((row) => row['confounder'] === confounder);
    const echoes = rows.flatMap((row) => ECHO_COLUMNS.map((name) => Number(row[name])));
    const multiEcho = { ...rowOfVoxels(echoes, acquisitions[field]), ...sequence };
    const fieldHz = Float32Array.from(rows, (row) => Number(row['fB_hz']));
    const maps = await separateWaterFat(multiEcho, {
      spectrum: 'ismrm6',
      initialFieldMapHz: createVolume(fieldHz, [rows.length, 1, 1]),
      calibrate: true,
      t1Correction,
    });
    const { applied } = maps.report.calibration!;
    expect(applied.bipolarPhase.centreRad).toBeCloseTo(expected.bipolar, 4);
    expect(applied.firstEchoPhase.centreRad).toBeCloseTo(expected.first, 4);
    expect(applied.bipolarAmplitude).toBeCloseTo(expected.amplitude, 4);
    rows.forEach((row, x) => {
      const error = maps.pdffPercent.data.get(x, 0, 0) - Number(row['pdff_pct']);
      expect(Math.abs(error), `row ${x}`).toBeLessThan(1e-3);
    });
  });
});

describe('a simulated patient with swaps before calibration', () => {
  let patient: SimulatedPatient;
  beforeAll(async () => {
    patient = await simulatedPatient(2);
  });

  it('comes out without swaps and without bias', async () => {
    const scan = scanOf(patient, 4, {
      fieldStrengthT: 1.5,
      echoTimesMs: [1.2, 3.1, 5, 6.9, 8.8, 10.7],
      flipAngleDeg: 8,
      repetitionTimeMs: 14,
      t1: { waterMs: 586, fatMs: 343 },
      snr: 40,
      errorsAt: (x, y) => ({
        bipolar: 0.3 + 0.6 * y,
        first: -0.5 + 0.2 * x + 0.2 * y,
        amplitude: -0.05,
      }),
      seed: 5,
    });
    const before = scoreOf(await separateWaterFat(scan.multiEcho), scan);
    expect(before.swapped).toBeGreaterThan(20);
    const options = { calibrate: true, t1Correction: true };
    const maps = await separateWaterFat(scan.multiEcho, options);
    const { bias, swapped } = scoreOf(maps, scan);
    expect(swapped).toBe(0);
    expect(Math.abs(bias)).toBeLessThan(0.25);
    expect(maps.report.calibration).toMatchObject({ settled: true });
  });
});

describe('tissue without noise', () => {
  const even = Array.from({ length: 6 }, (_, k) => 1.2 + 1.1 * k);

  it('gives any linear errors back', async () => {
    const amount = (max: number) => fc.double({ min: -max, max, noNaN: true });
    await fc.assert(
      fc.asyncProperty(
        fc.tuple(amount(0.3), amount(0.3), amount(0.15), amount(0.5), amount(0.3), amount(0.3)),
        amount(0.06),
        async ([b, bx, by, f, fx, fy], amplitude) => {
          const errorsAt = (x: number, y: number) => ({
            bipolar: b + bx * x + by * y,
            first: f + fx * x + fy * y,
            amplitude,
          });
          const found = flat(await calibrated(withErrors(tissue(even, 1.5), errorsAt)));
          [b, bx, by, 0, f, fx, fy, 0, amplitude].forEach((expected, i) => {
            expect(Math.abs(found[i] - expected), `term ${i}`).toBeLessThan(1e-3);
          });
        },
      ),
      { numRuns: 5 },
    );
  });

  it.each([
    ['4 echoes', even.slice(0, 4)],
    ['9 echoes', Array.from({ length: 9 }, (_, k) => 1 + 0.9 * k)],
    ['uneven echoes', [1.2, 2.2, 3.5, 4.5, 5.9, 7.2]],
  ])('is enough with %s', async (_, echoTimesMs) => {
    const errorsAt = (x: number) => ({ bipolar: 0.1 + 0.15 * x, first: 0.1, amplitude: 0.01 });
    const found = flat(await calibrated(withErrors(tissue(echoTimesMs, 1.5), errorsAt)));
    [0.1, 0.15, 0, 0, 0.1, 0, 0, 0, 0.01].forEach((expected, i) => {
      expect(Math.abs(found[i] - expected), `term ${i}`).toBeLessThan(1e-3);
    });
  });

  it('tells the bipolar phase to multiples of π/2 only, which is half a period of the field', async () => {
    const shifted = withErrors(tissue(even, 1.5), () => ({ bipolar: Math.PI / 2 }));
    const plain = await separateWaterFat(tissue(even, 1.5));
    const { kinds } = await calibrated(shifted);
    expect(kinds).toEqual([]);
    const maps = await separateWaterFat(shifted);
    maps.pdffPercent.data.data.forEach((pdff, i) => {
      expect(Math.abs(pdff - plain.pdffPercent.data.data[i])).toBeLessThan(1e-2);
      const apart = maps.fieldMapHz.data.data[i] - plain.fieldMapHz.data.data[i];
      expect(Math.abs(Math.abs(apart) - maps.report.fieldMapPeriodHz! / 2)).toBeLessThan(0.01);
    });
  });

  it('of another field has no error: a phase that grows with the echo is field', async () => {
    const { kinds } = await calibrated(tissue(even, 1.5, () => 137));
    expect(kinds).toEqual([]);
  });
});

describe('arguments', () => {
  async function failure(multiEcho: MultiEcho, options: object): Promise<string> {
    const error = await separateWaterFat(multiEcho, options).catch((e: unknown) => e);
    if (!isSteatosisError(error, 'INVALID_ARGUMENT')) throw new Error('expected', { cause: error });
    return error.message;
  }

  it('that make calibration impossible end with a clear error', async () => {
    const multiEcho = tissue([1.2, 2.3, 3.4, 4.5], 1.5);
    const { real, ...acquisition } = multiEcho;
    const three = tissue([1.2, 2.3, 3.4], 1.5);
    const mask = createVolume(new Uint8Array(144).fill(1, 0, 11), [12, 12, 1]);
    const magnitude = { ...acquisition, imaginary: undefined, magnitude: real } as MultiEcho;
    expect(await failure(multiEcho, { calibrate: 'yes' })).toContain('calibrate is "yes"');
    expect(await failure(three, { calibrate: true })).toMatch(/3 echoes: with fewer than 4/);
    expect(await failure(magnitude, { calibrate: true })).toContain('only magnitudes');
    expect(await failure(multiEcho, { calibrate: true, mask })).toMatch(
      /12 voxels .* 11 in the mask/,
    );
  });
});

describe('parts', () => {
  it('corrections undo the errors, of an excerpt and without the first echo too', () => {
    const terms = [0.1, 0.2, -0.3, 0.05, 0.4, -0.2, 0.1, 0.3, 0.03];
    const clean = rowOfVoxels(
      Array.from({ length: 4 * 5 * 3 * 8 }, (_, i) => Math.sin(i) + 0.2),
      { echoTimesMs: [1, 2, 3, 4], fieldStrengthT: 1.5 },
    );
    const shape = [4, 5, 3, 4];
    const volume = (part: 'real' | 'imaginary') => createVolume(clean[part].data.data, shape);
    const grid = { ...clean, real: volume('real'), imaginary: volume('imaginary') };
    const errors = errorsOf(terms);
    const wrong = withErrors(grid, (x, y, z) => {
      const at = (from: number) =>
        terms[from] + terms[from + 1] * x + terms[from + 2] * y + terms[from + 3] * z;
      return { bipolar: at(0), first: at(4), amplitude: terms[8] };
    });
    const expectSame = (a: Float32Array, b: Float32Array) => {
      a.forEach((value, i) => expect(value).toBeCloseTo(b[i], 5));
    };
    const voxels = Int32Array.from({ length: 60 }, (_, i) => i);
    const corrections = new EchoCorrections(errors, [4, 5, 3]);
    const expected = new EchoSource(grid, 1).gather(voxels, 0, 60);
    expectSame(new EchoSource(wrong, 1, corrections).gather(voxels, 0, 60), expected);
    const later = (echoes: ComplexMultiEcho): ComplexMultiEcho => ({
      ...echoes,
      echoTimesMs: [2, 3, 4],
      real: { ...echoes.real, data: echoes.real.data.lo(0, 0, 0, 1) },
      imaginary: { ...echoes.imaginary, data: echoes.imaginary.data.lo(0, 0, 0, 1) },
    });
    expectSame(
      new EchoSource(later(wrong), 1, corrections.withoutFirst()).gather(voxels, 0, 60),
      new EchoSource(later(grid), 1).gather(voxels, 0, 60),
    );
    const thin = (echoes: ComplexMultiEcho): ComplexMultiEcho => ({
      ...echoes,
      real: { ...echoes.real, data: echoes.real.data.step(3, 2, 1, 1) },
      imaginary: { ...echoes.imaginary, data: echoes.imaginary.data.step(3, 2, 1, 1) },
    });
    const kept = Int32Array.from({ length: 18 }, (_, i) => i);
    expectSame(
      new EchoSource(thin(wrong), 1, new EchoCorrections(errors, [4, 5, 3], [3, 2, 1])).gather(
        kept,
        0,
        18,
      ),
      new EchoSource(thin(grid), 1).gather(kept, 0, 18),
    );
  });

  it('linear equations are solved, and rows that say nothing are left out', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 0, max: 1e6 }), (n, seed) => {
        const random = createRandom(seed);
        const root = Float64Array.from({ length: n * n }, () => random.normal());
        const a = new Float64Array(n * n);
        for (let i = 0; i < n; i++) {
          for (let j = 0; j < n; j++) {
            for (let k = 0; k < n; k++) a[i * n + j] += root[i * n + k] * root[j * n + k];
          }
          a[i * n + i] += 0.1;
        }
        const x = Float64Array.from({ length: n }, () => random.normal());
        const b = Float64Array.from(x, (_, i) =>
          x.reduce((sum, v, j) => sum + a[i * n + j] * v, 0),
        );
        solveSymmetric(a, n, b, 1);
        b.forEach((value, i) => expect(value).toBeCloseTo(x[i], 6));
      }),
    );
    const a = Float64Array.of(2, 0, 0, 0, 0, 0, 0, 0, 4);
    const b = Float64Array.of(2, 5, 4);
    solveSymmetric(a, 3, b, 1);
    [1, 0, 1].forEach((value, i) => expect(b[i]).toBeCloseTo(value, 12));
  });

  it('large grids are thinned out: slices first, then the finer axis of the plane', () => {
    expect(stridesFor(16_000, [320, 256, 1], [1, 1, 3])).toEqual([1, 1, 1]);
    expect(stridesFor(30_000, [320, 256, 1], [1, 1.5, 3])).toEqual([2, 1, 1]);
    expect(stridesFor(2_000_000, [320, 256, 70], [1.25, 1.25, 3])).toEqual([4, 3, 13]);
    expect(stridesFor(50_000, [1, 50_000, 1], [1, 1, 1])).toEqual([1, 4, 1]);
  });

  it('voxels of a thinned grid keep their places', () => {
    const size = [7, 5, 4] as const;
    const strides = [3, 2, 2] as const;
    const voxels = Int32Array.from({ length: 140 }, (_, i) => i).filter((i) => i % 3 !== 1);
    const kept = keptVoxels(voxels, [...size], [...strides]);
    const indices = kept.map((place) => thinnedIndex(voxels[place], [...size], [...strides]));
    expect(new Set(indices).size).toBe(kept.length);
    kept.forEach((place, i) => {
      const [x, y, z] = [
        indices[i] % 3,
        Math.floor(indices[i] / 3) % 3,
        Math.floor(indices[i] / 9),
      ];
      expect(3 * x + 7 * (2 * y + 5 * 2 * z)).toBe(voxels[place]);
    });
  });

  it('samples are spread over the list, ascending, without repeats', () => {
    expect([...drawSample(5, 10)]).toEqual([0, 1, 2, 3, 4]);
    for (const count of [11, 100, 12_345]) {
      const sample = drawSample(count, 10);
      sample.forEach((place, i) => {
        expect(place).toBeGreaterThanOrEqual(Math.floor((i * count) / 10));
        expect(place).toBeLessThan(Math.floor(((i + 1) * count) / 10));
      });
      expect(drawSample(count, 10)).toEqual(sample);
    }
  });
});
