import { createVolume } from '@steatosis/core';
import { describe, expect, it } from 'vitest';
import { separateWaterFat, type SpectrumName } from '../../src/index.js';
import { acquisitions, readCsv, rowOfVoxels, wrapped } from './fixtures.js';

const ECHO_COLUMNS = [1, 2, 3, 4, 5, 6].flatMap((k) => [`re${k}`, `im${k}`]);

const tables = (['1p5T', '3T'] as const).flatMap((acquisition) =>
  (['hamilton9', 'ismrm6'] as const).map((spectrum) => ({ acquisition, spectrum })),
);

interface Table {
  multiEcho: ReturnType<typeof rowOfVoxels>;
  rows: { pdff: number; r2star: number; field: number; m0: number }[];
  period: number;
}

function load(acquisition: '1p5T' | '3T', spectrum: SpectrumName): Table {
  const csv = readCsv(`voxels_noisefree_${acquisition}_${spectrum}.csv.gz`);
  const echoes = csv.flatMap((row) => ECHO_COLUMNS.map((name) => Number(row[name])));
  const { echoTimesMs } = acquisitions[acquisition];
  return {
    multiEcho: rowOfVoxels(echoes, acquisitions[acquisition]),
    rows: csv.map((row) => ({
      pdff: Number(row['pdff_pct']),
      r2star: Number(row['r2s_per_s']),
      field: Number(row['fB_hz']),
      m0: Number(row['m0']),
    })),
    period: 1000 / (echoTimesMs[1] - echoTimesMs[0]),
  };
}

describe.each(tables)(
  'noise-free voxels at $acquisition, $spectrum',
  ({ acquisition, spectrum }) => {
    const { multiEcho, rows, period } = load(acquisition, spectrum);

    it.each([true, false])(
      'returns the truth without a starting guess (commonPhase %s)',
      async (commonPhase) => {
        // Neighbours in the table have nothing to do with each other: no prior between them.
        const maps = await separateWaterFat(multiEcho, { spectrum, commonPhase, smoothness: 0 });
        expect(maps.report.voxels).toMatchObject({ fitted: rows.length, notConverged: 0 });
        for (const [i, row] of rows.entries()) {
          const where = `row ${i}: PDFF ${row.pdff}, R2* ${row.r2star}, field ${row.field}`;
          const { pdffPercent, r2starPerSecond, fieldMapHz, water, fat, residual } = maps;
          expect(Math.abs(pdffPercent.data.get(i, 0, 0) - row.pdff), where).toBeLessThan(1e-4);
          expect(Math.abs(r2starPerSecond.data.get(i, 0, 0) - row.r2star), where).toBeLessThan(
            1e-3,
          );
          const difference = wrapped(fieldMapHz.data.get(i, 0, 0) - row.field, period);
          expect(Math.abs(difference), where).toBeLessThan(1e-3);
          expect(
            Math.abs(water.data.get(i, 0, 0) - row.m0 * (1 - row.pdff / 100)),
            where,
          ).toBeLessThan(1e-5);
          expect(Math.abs(fat.data.get(i, 0, 0) - (row.m0 * row.pdff) / 100), where).toBeLessThan(
            1e-5,
          );
          expect(residual.data.get(i, 0, 0), where).toBeLessThan(1e-6);
        }
      },
    );

    it('finds voxels that no other touches with the default prior too', async () => {
      const [count, , , echoes] = multiEcho.real.data.shape;
      const apart = (source: Float32Array) => {
        const target = new Float32Array(2 * count * echoes);
        for (let i = 0; i < source.length; i++) target[2 * i] = source[i];
        return createVolume(target, [2 * count, 1, 1, echoes]);
      };
      const maps = await separateWaterFat(
        {
          ...multiEcho,
          real: apart(multiEcho.real.data.data),
          imaginary: apart(multiEcho.imaginary.data.data),
        },
        { spectrum },
      );
      expect(maps.report.mask.rule).toBe('no-background');
      for (const [i, row] of rows.entries()) {
        expect(maps.pdffPercent.data.get(2 * i, 0, 0)).toBeCloseTo(row.pdff, 3);
      }
    });
  },
);
