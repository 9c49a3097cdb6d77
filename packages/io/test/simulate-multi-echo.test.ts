import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { createVolume, type Volume } from '@steatosis/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { paperAcquisition, simulateMultiEcho, type SimulatedTissue } from '../src/index.js';
import { defaultRelaxationTimes, spoiledGradientEchoSignal } from '../src/simulate/t1-weighting.js';

const fixture = (name: string): number[][] => {
  const bytes = readFileSync(new URL(`fixtures/simulate/${name}`, import.meta.url));
  const text = (name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  return text
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(',').map(Number));
};

const column = (values: number[]): Volume<Float64Array> =>
  createVolume(Float64Array.from(values), [values.length, 1, 1]);

/** One row of real and imaginary parts a voxel, as the fixtures have them. */
const echoesOf = ({ real, imaginary }: ReturnType<typeof simulateMultiEcho>, voxel: number) =>
  Array.from({ length: real.data.shape[3] }, (_, k) => [
    real.data.get(voxel, 0, 0, k),
    imaginary.data.get(voxel, 0, 0, k),
  ]).flat();

const threeTesla = {
  echoTimesMs: [0.95, 1.65, 2.35, 3.05, 3.75, 4.45],
  fieldStrengthT: 3,
  spectrum: 'ismrm6',
} as const;

describe('the signal model', () => {
  test.each([
    ['voxels_noisefree_1p5T_hamilton9.csv.gz', paperAcquisition],
    ['voxels_noisefree_3T_ismrm6.csv.gz', threeTesla],
  ])('equals the independent simulator: %s', (name, acquisition) => {
    const rows = fixture(name);
    expect(rows).toHaveLength(119);
    const tissue: SimulatedTissue = {
      m0: column(rows.map((row) => row[0])),
      pdffPercent: column(rows.map((row) => row[1])),
      r2starPerSecond: Float64Array.from(rows, (row) => row[2]),
      fieldMapHz: column(rows.map((row) => row[3])),
      phaseRad: column(rows.map((row) => row[4])),
    };
    const simulated = simulateMultiEcho(tissue, acquisition);
    rows.forEach((row, voxel) => {
      const expected = row.slice(5);
      echoesOf(simulated, voxel).forEach((value, i) => {
        // The fixture has 12 digits, the echoes are single precision.
        expect(Math.abs(value - expected[i])).toBeLessThanOrEqual(1e-7 * row[0]);
      });
    });
  });

  test('one voxel by hand: pure water that turns and decays', () => {
    const m0 = createVolume(new Float32Array([2]), [1, 1, 1]);
    const { real, imaginary } = simulateMultiEcho(
      { m0, pdffPercent: 0, r2starPerSecond: 100, fieldMapHz: 50, phaseRad: Math.PI / 2 },
      { echoTimesMs: [5, 10], fieldStrengthT: 1.5 },
    );
    // At 5 ms a quarter turn of the field beside the quarter of the start: −2·e^(−0.5); at 10 ms −2i·e^(−1).
    expect(real.data.get(0, 0, 0, 0)).toBeCloseTo(-2 * Math.exp(-0.5), 6);
    expect(imaginary.data.get(0, 0, 0, 0)).toBeCloseTo(0, 6);
    expect(real.data.get(0, 0, 0, 1)).toBeCloseTo(0, 6);
    expect(imaginary.data.get(0, 0, 0, 1)).toBeCloseTo(-2 * Math.exp(-1), 6);
  });

  test('one voxel by hand: fat of a single peak 3.4 ppm below water', () => {
    const m0 = createVolume(new Float32Array([1]), [1, 1, 1]);
    const halfTurnMs = 1000 / (2 * 42.577478518 * 1.5 * 3.4);
    const { real, imaginary } = simulateMultiEcho(
      { m0, pdffPercent: 30, r2starPerSecond: 0, fieldMapHz: 0 },
      {
        echoTimesMs: [halfTurnMs / 2, halfTurnMs, 2 * halfTurnMs],
        fieldStrengthT: 1.5,
        spectrum: { ppm: [1.3], amplitudes: [7] },
      },
    );
    const signal = [0, 1, 2].map((k) => [
      real.data.get(0, 0, 0, k),
      imaginary.data.get(0, 0, 0, k),
    ]);
    // Fat precesses slower than water: after a quarter turn it points to −i.
    [
      [0.7, -0.3],
      [0.4, 0],
      [1, 0],
    ].forEach(([re, im], k) => {
      expect(signal[k][0]).toBeCloseTo(re, 6);
      expect(signal[k][1]).toBeCloseTo(im, 6);
    });
  });

  test('air stays empty whatever the other maps hold there', () => {
    const m0 = createVolume(new Float32Array([0, 1]), [2, 1, 1]);
    const pdffPercent = new Float32Array([Number.NaN, 10]);
    const { real } = simulateMultiEcho(
      { m0, pdffPercent, r2starPerSecond: 30, fieldMapHz: 0 },
      paperAcquisition,
    );
    expect(real.data.get(0, 0, 0, 0)).toBe(0);
    expect(real.data.get(1, 0, 0, 0)).toBeGreaterThan(0);
  });
});

describe('T1 weighting', () => {
  test('brightens fat as in the independent simulator', () => {
    const rows = fixture('voxels_t1_1p5T.csv').map((row) => row.slice(1));
    const simulated = simulateMultiEcho(
      {
        m0: column(rows.map(() => 1)),
        pdffPercent: column(rows.map((row) => row[0])),
        r2starPerSecond: column(rows.map((row) => row[1])),
        fieldMapHz: column(rows.map((row) => row[2])),
        phaseRad: column(rows.map((row) => row[3])),
      },
      { ...paperAcquisition, spectrum: 'ismrm6' },
      { t1Weighting: true },
    );
    // The fixture has a common factor; one and the same for every voxel and echo.
    const factor = rows[0][4] / echoesOf(simulated, 0)[0];
    rows.forEach((row, voxel) => {
      echoesOf(simulated, voxel).forEach((value, i) => {
        expect(Math.abs(factor * value - row[4 + i])).toBeLessThan(5e-7);
      });
    });
  });

  test('is the Ernst equation, largest at the Ernst angle', () => {
    // By hand: TR = T1 ln 2 makes the recovery one half; at 90° the cosine vanishes.
    expect(spoiledGradientEchoSignal(1000, 90, 1000 * Math.LN2)).toBeCloseTo(0.5, 12);
    const ernstDeg = (Math.acos(0.5) * 180) / Math.PI;
    const best = spoiledGradientEchoSignal(1000, ernstDeg, 1000 * Math.LN2);
    for (const off of [-1, 1]) {
      expect(spoiledGradientEchoSignal(1000, ernstDeg + off, 1000 * Math.LN2)).toBeLessThan(best);
    }
  });

  test('moves an apparent fat fraction of 10 % by 0.71 points at 5° and 10.3 ms', () => {
    const t1 = defaultRelaxationTimes(1.5);
    expect(t1).toEqual({ waterMs: 586, fatMs: 343 });
    const gain =
      spoiledGradientEchoSignal(t1.fatMs, 5, 10.3) / spoiledGradientEchoSignal(t1.waterMs, 5, 10.3);
    expect((100 * 0.1 * gain) / (0.1 * gain + 0.9) - 10).toBeCloseTo(0.7126, 4);
    expect(defaultRelaxationTimes(3)).toEqual({ waterMs: 809, fatMs: 382 });
  });
});

describe('noise', () => {
  const empty = createVolume(new Float32Array(40_000), [200, 200, 1]);
  const tissue = { m0: empty, pdffPercent: 0, r2starPerSecond: 0, fieldMapHz: 0 };

  test('is Gaussian, equally strong in both channels, independent, of SD reference/snr', () => {
    const { real, imaginary } = simulateMultiEcho(tissue, paperAcquisition, {
      snr: 20,
      seed: 5,
      referenceSignal: 4,
    });
    const re = real.data.data;
    const im = imaginary.data.data;
    const mean = (values: Float32Array): number =>
      values.reduce((s, v) => s + v, 0) / values.length;
    const moment = (power: number, values: Float32Array): number =>
      values.reduce((s, v) => s + (v / 0.2) ** power, 0) / values.length;
    // 240,000 draws: five standard errors of each statistic.
    for (const channel of [re, im]) {
      expect(Math.abs(mean(channel))).toBeLessThan((5 * 0.2) / Math.sqrt(240_000));
      expect(Math.abs(moment(2, channel) - 1)).toBeLessThan(5 * Math.sqrt(2 / 240_000));
      expect(Math.abs(moment(4, channel) - 3)).toBeLessThan(5 * Math.sqrt(96 / 240_000));
    }
    const product = re.reduce((s, v, i) => s + (v * im[i]) / 0.04, 0) / 240_000;
    expect(Math.abs(product)).toBeLessThan(5 / Math.sqrt(240_000));
  });

  test('depends on the seed only, and adds to the signal', () => {
    const make = (seed: number): Float32Array =>
      simulateMultiEcho(tissue, paperAcquisition, { snr: 10, seed }).real.data.data;
    expect(make(1)).toEqual(make(1));
    expect(make(1)).not.toEqual(make(2));
    const silent = simulateMultiEcho(tissue, paperAcquisition).real.data.data;
    expect(silent.every((value) => value === 0)).toBe(true);
  });
});

test('signals scale with m0 and turn with the phase (property)', () => {
  const voxel = fc.record({
    m0: fc.double({ min: 0.1, max: 100, noNaN: true }),
    pdffPercent: fc.double({ min: 0, max: 100, noNaN: true }),
    r2starPerSecond: fc.double({ min: 0, max: 400, noNaN: true }),
    fieldMapHz: fc.double({ min: -400, max: 400, noNaN: true }),
    phaseRad: fc.double({ min: -4, max: 4, noNaN: true }),
  });
  fc.assert(
    fc.property(voxel, fc.double({ min: 0.1, max: 10, noNaN: true }), (maps, factor) => {
      const one = (m0: number, phaseRad: number): number[] =>
        echoesOf(simulateMultiEcho({ ...maps, phaseRad, m0: column([m0]) }, paperAcquisition), 0);
      const plain = one(maps.m0, maps.phaseRad);
      const scaled = one(maps.m0 * factor, maps.phaseRad);
      const turned = one(maps.m0, maps.phaseRad + Math.PI / 2);
      for (let i = 0; i < plain.length; i += 2) {
        expect(scaled[i]).toBeCloseTo(factor * plain[i], 3);
        expect(turned[i]).toBeCloseTo(-plain[i + 1], 4);
        expect(turned[i + 1]).toBeCloseTo(plain[i], 4);
        expect(Math.hypot(plain[i], plain[i + 1])).toBeLessThanOrEqual(maps.m0 * 1.000001);
      }
    }),
    { numRuns: 200 },
  );
});

test('impossible input is refused with its reason', () => {
  const m0 = createVolume(new Float32Array([1, 1]), [2, 1, 1]);
  const tissue = { m0, pdffPercent: 10, r2starPerSecond: 30, fieldMapHz: 0 };
  const bad: [Partial<SimulatedTissue>, object, object, RegExp][] = [
    [{ pdffPercent: 101 }, {}, {}, /PDFF 101 %/],
    [{ pdffPercent: Number.NaN }, {}, {}, /PDFF NaN %/],
    [{ r2starPerSecond: -1 }, {}, {}, /R2\* -1/],
    [{ fieldMapHz: Infinity }, {}, {}, /Infinity/],
    [{ m0: createVolume(new Float32Array([1, -1]), [2, 1, 1]) }, {}, {}, /voxel 1/],
    [{ phaseRad: new Float32Array(3) }, {}, {}, /2 numbers .* it has 3/],
    [
      { fieldMapHz: createVolume(new Float32Array(4), [2, 2, 1]) },
      {},
      {},
      /other grid|another grid/,
    ],
    [{}, { echoTimesMs: [] }, {}, /echoTimesMs/],
    [{}, { echoTimesMs: [2, 1] }, {}, /ascending/],
    [{}, { echoTimesMs: [0, 1] }, {}, /> 0/],
    [{}, { fieldStrengthT: 0 }, {}, /fieldStrengthT/],
    [{}, { flipAngleDeg: 0 }, {}, /flipAngleDeg/],
    [{}, { repetitionTimeMs: Number.NaN }, {}, /repetitionTimeMs/],
    [{}, { spectrum: 'nine' }, {}, /spectrum/],
    [{}, {}, { snr: 10 }, /seed/],
    [{}, {}, { snr: -1, seed: 1 }, /snr/],
    [{}, {}, { snr: 10, seed: 1, referenceSignal: 0 }, /referenceSignal/],
    [{}, { flipAngleDeg: undefined }, { t1Weighting: true }, /flipAngleDeg/],
    [{}, {}, { t1Weighting: { waterMs: 0, fatMs: 1 } }, /waterMs/],
    [{}, {}, { colour: 'red' }, /colour/],
  ];
  for (const [maps, acquisition, options, message] of bad) {
    expect(() =>
      simulateMultiEcho({ ...tissue, ...maps }, { ...paperAcquisition, ...acquisition }, options),
    ).toThrow(message);
  }
});
