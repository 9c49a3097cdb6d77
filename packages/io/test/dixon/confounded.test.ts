import { createVolume } from '@steatosis/core';
import { describe, expect, it } from 'vitest';
import { separateWaterFat, type SeparateWaterFatOptions } from '../../src/index.js';
import { acquisitions, readCsv, rowOfVoxels } from './fixtures.js';

const ECHO_COLUMNS = [1, 2, 3, 4, 5, 6].flatMap((k) => [`re${k}`, `im${k}`]);

/** The four standard fits by the columns that hold what an independent program makes of them. */
const fits: { column: string; options: SeparateWaterFatOptions }[] = [
  { column: 'fit_complex_common', options: {} },
  { column: 'fit_complex_indep', options: { commonPhase: false } },
  { column: 'fit_magnitude', options: { fit: 'magnitude' } },
  { column: 'fit_mixed1', options: { fit: 'mixed' } },
];

type Row = Record<string, string>;

describe.each(['1p5T', '3T'] as const)('voxels with one known error each at %s', (acquisition) => {
  const rows = readCsv(`voxels_confounded_${acquisition}.csv.gz`);
  const echoes = rows.flatMap((row) => ECHO_COLUMNS.map((name) => Number(row[name])));
  const multiEcho = rowOfVoxels(echoes, acquisitions[acquisition]);
  const field = Float32Array.from(rows, (row) => Number(row['fB_hz']));
  const initialFieldMapHz = createVolume(field, [rows.length, 1, 1]);

  async function compare(
    column: string,
    input: Parameters<typeof separateWaterFat>[0],
    options: SeparateWaterFatOptions,
    skip: (row: Row) => boolean = () => false,
  ): Promise<void> {
    const maps = await separateWaterFat(input, { spectrum: 'ismrm6', ...options });
    expect(maps.report.voxels).toMatchObject({ fitted: 96, notConverged: 0 });
    for (const [i, row] of rows.entries()) {
      if (skip(row)) continue;
      const where = `row ${i}: ${row['confounder']}, PDFF ${row['pdff_pct']}`;
      const expected = [Number(row[`${column}_pdff`])];
      // |W| = |F| there, and rounding decides by which of them PDFF is told: 1 − |W|/|W + F| or |F|/|W + F|.
      const tied = column === 'fit_complex_indep' && row['confounder'] === 'indep_phase';
      if (tied && row['pdff_pct'] === '50') expected.push(100 - expected[0]);
      const pdff = maps.pdffPercent.data.get(i, 0, 0);
      const r2star = maps.r2starPerSecond.data.get(i, 0, 0);
      expect(Math.min(...expected.map((e) => Math.abs(pdff - e))), where).toBeLessThan(1e-3);
      expect(Math.abs(r2star - Number(row[`${column}_r2s`])), where).toBeLessThan(1e-3);
    }
  }

  it.each(fits)('$column: the reference values in the true basin', async ({ column, options }) => {
    await compare(column, multiEcho, { ...options, initialFieldMapHz });
  });

  it.each(fits)('$column: the same without a start', async ({ column, options }) => {
    // Bipolar errors at 3 T make a wrong field fit better in lean voxels: they need the true basin.
    await compare(column, multiEcho, { ...options, smoothness: 0 }, (row) => {
      return acquisition === '3T' && row['confounder'] === 'bipolar';
    });
  });

  it('fit_magnitude: the same from magnitudes alone', async () => {
    const { real, imaginary } = multiEcho;
    const sizes = real.data.data.map((re, i) => Math.hypot(re, imaginary.data.data[i]));
    const magnitude = createVolume(sizes, real.data.shape);
    // With as much fat as water and a phase between them the other solution fits better at 3 T.
    await compare(
      'fit_magnitude',
      { magnitude, ...acquisitions[acquisition] },
      { smoothness: 0 },
      (row) => {
        return row['confounder'] === 'indep_phase' && row['pdff_pct'] === '50';
      },
    );
  });
});
