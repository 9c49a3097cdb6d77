import { createRandom, createVolume } from '@steatosis/core';
import { describe, expect, it } from 'vitest';
import { type MultiEcho, separateWaterFat, type SeparateWaterFatOptions } from '../../src/index.js';
import { SymmetricFactor } from '../../src/dixon/damped-newton.js';
import { MapWriter } from '../../src/dixon/map-writer.js';
import { acquisitions, readCsv, rowOfVoxels, wrapped } from './fixtures.js';
import { echoesOf, type Voxel } from './simulate.js';

const liver: Voxel = { water: 800, fat: 200, r2star: 40, fieldHz: 60, phase: 0.7 };

/** The first echoes of the noise-free voxels. */
function firstEchoes(acquisition: '1p5T' | '3T', count: number) {
  const rows = readCsv(`voxels_noisefree_${acquisition}_ismrm6.csv.gz`);
  const columns = Array.from({ length: count }, (_, k) => [`re${k + 1}`, `im${k + 1}`]).flat();
  const { echoTimesMs, fieldStrengthT } = acquisitions[acquisition];
  const where = { echoTimesMs: echoTimesMs.slice(0, count), fieldStrengthT };
  const multiEcho = rowOfVoxels(
    rows.flatMap((row) => columns.map((name) => Number(row[name]))),
    where,
  );
  return { rows, multiEcho };
}

describe.each(['1p5T', '3T'] as const)(
  'the first echoes of the noise-free voxels at %s',
  (acquisition) => {
    it.each<[number, SeparateWaterFatOptions]>([
      [3, {}],
      [4, {}],
      [4, { commonPhase: false }],
      [4, { fit: 'mixed' }],
      [5, { fit: 'mixed', commonPhase: false }],
    ])('%d of them, %j', async (count, options) => {
      const { rows, multiEcho } = firstEchoes(acquisition, count);
      const maps = await separateWaterFat(multiEcho, {
        spectrum: 'ismrm6',
        smoothness: 0,
        initialFieldMapHz: createVolume(
          Float32Array.from(rows, (row) => Number(row['fB_hz'])),
          [rows.length, 1, 1],
        ),
        ...options,
      });
      for (const [i, row] of rows.entries()) {
        const where = `row ${i}: PDFF ${row['pdff_pct']}, R2* ${row['r2s_per_s']}`;
        const pdff = maps.pdffPercent.data.get(i, 0, 0) - Number(row['pdff_pct']);
        const r2star = maps.r2starPerSecond.data.get(i, 0, 0) - Number(row['r2s_per_s']);
        expect(Math.abs(pdff), where).toBeLessThan(1e-4);
        expect(Math.abs(r2star), where).toBeLessThan(1e-3);
      }
    });

    it('three come back without a start', async () => {
      const { rows, multiEcho } = firstEchoes(acquisition, 3);
      const period = 1 / (multiEcho.echoTimesMs[1] - multiEcho.echoTimesMs[0]);
      const maps = await separateWaterFat(multiEcho, { spectrum: 'ismrm6', smoothness: 0 });
      for (const [i, row] of rows.entries()) {
        const pdff = maps.pdffPercent.data.get(i, 0, 0) - Number(row['pdff_pct']);
        const field = maps.fieldMapHz.data.get(i, 0, 0) - Number(row['fB_hz']);
        expect(Math.abs(pdff), `row ${i}`).toBeLessThan(1e-4);
        expect(Math.abs(wrapped(field, 1000 * period)), `row ${i}`).toBeLessThan(1e-3);
      }
    });
  },
);

describe('three complex echoes', () => {
  const where = { echoTimesMs: [1.15, 2.3, 3.45], fieldStrengthT: 1.5 };

  it.each([true, false])(
    'force one phase, and the report says so (commonPhase %s)',
    async (commonPhase) => {
      const { report } = await separateWaterFat(rowOfVoxels(echoesOf(liver, where), where), {
        commonPhase,
      });
      expect(report.commonPhase).toBe(true);
      expect(report.limits).toEqual([
        `With 3 echoes one phase for water and fat is forced${commonPhase ? '.' : ' although commonPhase is false.'}`,
      ]);
    },
  );

  it('scatter by the Cramér–Rao bound', async () => {
    const random = createRandom(2);
    const clean = echoesOf(liver, where);
    const count = 3000;
    const echoes = Array.from({ length: count }, () => clean.map((v) => v + 5 * random.normal()));
    const maps = await separateWaterFat(rowOfVoxels(echoes.flat(), where), {
      initialFieldMapHz: createVolume(new Float32Array(count).fill(60), [count, 1, 1]),
    });
    const values = maps.pdffPercent.data.data;
    const mean = values.reduce((sum, v) => sum + v / count, 0);
    const sd = Math.sqrt(values.reduce((sum, v) => sum + (v - mean) ** 2 / count, 0));
    const bound = maps.pdffSdPercent.data.data.reduce((sum, v) => sum + v / count, 0);
    expect(sd / bound).toBeCloseTo(1, 1);
    expect(maps.report.noiseSd! / 5).toBeCloseTo(1, 1);
  });
});

describe('the Cramér–Rao bound', () => {
  it('is NaN where the Fisher matrix is singular', () => {
    const factor = new SymmetricFactor(2);
    expect(factor.factorise(Float64Array.of(4, 2, 2, 1))).toBe(false);
    expect(factor.factorise(Float64Array.of(0, 0, 0, 0))).toBe(false);
    expect(factor.factorise(Float64Array.of(4, 2, 2, 2))).toBe(true);
    // The inverse of [4 2; 2 2] is [0.5 −0.5; −0.5 1].
    expect(factor.varianceAlong(Float64Array.of(1, 1))).toBeCloseTo(0.5, 12);
    const writer = new MapWriter(2, Int32Array.of(0, 1), undefined, true);
    const one = () => new Float32Array(2).fill(1);
    writer.write(0, {
      water: one(),
      fat: one(),
      pdffPercent: one(),
      r2starPerSecond: one(),
      fieldHz: new Float32Array(0),
      residualSquares: one(),
      pdffSdPerNoise: Float32Array.of(Infinity, 2),
      r2starSdPerNoise: Float32Array.of(Number.NaN, 3),
      notConverged: 0,
    });
    writer.finish(6, 3, 10);
    expect(Array.from(writer.maps.sd!.pdffPercent)).toEqual([Number.NaN, 20]);
    expect(Array.from(writer.maps.sd!.r2starPerSecond)).toEqual([Number.NaN, 30]);
  });
});

describe.each<[string, number[]]>([
  ['uneven', [1.2, 2.1, 3.5, 4.4, 5.9, 7.1]],
  ['sixteen', Array.from({ length: 16 }, (_, k) => 1.2 + 1.1 * k)],
  ['four', [1.1, 2.5, 3.9, 5.3]],
])('%s echoes', (_, echoTimesMs) => {
  const where = { echoTimesMs, fieldStrengthT: 1.5 };

  it.each([0, 100, 600, 3000])(
    'give back water and %d of fat in a mixed fit and from magnitudes',
    async (fat) => {
      const complex = rowOfVoxels(echoesOf({ ...liver, fat }, where), where);
      const { real, imaginary } = complex;
      const sizes = real.data.data.map((re, i) => Math.hypot(re, imaginary.data.data[i]));
      const magnitudes: MultiEcho = { magnitude: createVolume(sizes, real.data.shape), ...where };
      for (const maps of [
        await separateWaterFat(complex, { fit: 'mixed' }),
        await separateWaterFat(magnitudes),
      ]) {
        expect(maps.pdffPercent.data.get(0, 0, 0)).toBeCloseTo((100 * fat) / (fat + 800), 3);
        expect(maps.r2starPerSecond.data.get(0, 0, 0)).toBeCloseTo(40, 2);
      }
    },
  );
});
