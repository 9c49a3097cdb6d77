import { createVolume, isSteatosisError } from '@steatosis/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type ComplexMultiEcho,
  separateWaterFat,
  type SeparateWaterFatOptions,
  simulateMultiEcho,
} from '../../src/index.js';
import { fatGain } from '../../src/simulate/t1-weighting.js';
import { acquisitions, readCsv, rowOfVoxels } from './fixtures.js';

const ECHO_COLUMNS = [1, 2, 3, 4, 5, 6].flatMap((k) => [`re${k}`, `im${k}`]);
const sequence = { flipAngleDeg: 5, repetitionTimeMs: 10.3 };

/** Tissue of one PDFF (%) as a spoiled gradient echo with short TR shows it, one voxel each. */
function scanned(
  pdffPercent: readonly number[],
  t1Weighting: { waterMs: number; fatMs: number },
  where = { ...acquisitions['1p5T'], ...sequence },
): ComplexMultiEcho {
  const m0 = createVolume(new Float32Array(pdffPercent.length).fill(1), [pdffPercent.length, 1, 1]);
  const tissue = { m0, pdffPercent: Float32Array.from(pdffPercent), r2starPerSecond: 40 };
  return simulateMultiEcho({ ...tissue, fieldMapHz: 20 }, where, { t1Weighting });
}

async function failure(multiEcho: ComplexMultiEcho, t1Correction: unknown): Promise<string> {
  const options = { t1Correction } as SeparateWaterFatOptions;
  const error = await separateWaterFat(multiEcho, options).catch((e: unknown) => e);
  if (!isSteatosisError(error, 'INVALID_ARGUMENT')) throw new Error('expected', { cause: error });
  return error.message;
}

describe.each([
  ['1p5T', 586, 343],
  ['3T', 809, 382],
] as const)('T1-weighted reference voxels at %s', (field, waterT1Ms, fatT1Ms) => {
  // Flip angle 5°, TR 10.3 ms; the T1 of the header (params.json of the data set).
  const rows = readCsv(`voxels_confounded_${field}.csv.gz`).filter((r) => r['confounder'] === 't1');
  const echoes = rows.flatMap((row) => ECHO_COLUMNS.map((name) => Number(row[name])));
  const multiEcho = { ...rowOfVoxels(echoes, acquisitions[field]), ...sequence };

  it.each<SeparateWaterFatOptions>([
    {},
    { commonPhase: false },
    { fit: 'mixed' },
    { fit: 'magnitude' },
  ])('come out as their proton densities (%o)', async (options) => {
    const common = { spectrum: 'ismrm6', smoothness: 0, ...options } as const;
    const asShown = await separateWaterFat(multiEcho, common);
    const { pdffPercent, report } = await separateWaterFat(multiEcho, {
      ...common,
      t1Correction: true,
    });
    let worst = 0;
    for (const [i, row] of rows.entries()) {
      const error = pdffPercent.data.get(i, 0, 0) - Number(row['pdff_pct']);
      worst = Math.max(
        worst,
        Math.abs(asShown.pdffPercent.data.get(i, 0, 0) - Number(row['pdff_pct'])),
      );
      expect(Math.abs(error), `row ${i}`).toBeLessThan(1e-3);
    }
    expect(worst).toBeGreaterThan(1.5);
    expect(report.t1Correction).toMatchObject({ waterT1Ms, fatT1Ms, ...sequence });
    expect(asShown.report.t1Correction).toBeNull();
  });
});

describe('T1 correction', () => {
  it('undoes the weighting of any tissue and sequence, and leaves water alone', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.double({ min: 200, max: 2000, noNaN: true }),
        fc.double({ min: 150, max: 800, noNaN: true }),
        fc.double({ min: 1, max: 60, noNaN: true }),
        fc.double({ min: 4, max: 300, noNaN: true }),
        async (waterMs, fatMs, flipAngleDeg, repetitionTimeMs) => {
          const where = { ...acquisitions['1p5T'], flipAngleDeg, repetitionTimeMs };
          const multiEcho = scanned([0, 5, 20, 60, 100], { waterMs, fatMs }, where);
          const maps = await separateWaterFat(multiEcho, {
            // Fat can be so much brighter that water looks like background.
            mask: createVolume(new Uint8Array(5).fill(1), [5, 1, 1]),
            t1Correction: { waterT1Ms: waterMs, fatT1Ms: fatMs },
          });
          [0, 5, 20, 60, 100].forEach((pdff, x) => {
            expect(maps.pdffPercent.data.get(x, 0, 0)).toBeCloseTo(pdff, 3);
            expect(maps.water.data.get(x, 0, 0)).toBeCloseTo(1 - pdff / 100, 4);
            expect(maps.fat.data.get(x, 0, 0)).toBeCloseTo(pdff / 100, 4);
          });
        },
      ),
      { numRuns: 10 },
    );
  });

  it('scales the SD of PDFF by the slope of the correction', async () => {
    const t1 = { waterMs: 586, fatMs: 343 };
    const shown = [10, 10.01, 50, 50.01, 90, 90.01];
    const multiEcho = scanned(shown, { waterMs: 586, fatMs: 586 });
    const options = { noiseSd: 0.02 };
    const before = await separateWaterFat(multiEcho, options);
    const after = await separateWaterFat(multiEcho, { ...options, t1Correction: true });
    const gain = fatGain({ ...acquisitions['1p5T'], ...sequence }, t1);
    expect(after.report.t1Correction?.fatGain).toBeCloseTo(gain, 12);
    for (const x of [0, 2, 4]) {
      const slope =
        (after.pdffPercent.data.get(x + 1, 0, 0) - after.pdffPercent.data.get(x, 0, 0)) /
        (before.pdffPercent.data.get(x + 1, 0, 0) - before.pdffPercent.data.get(x, 0, 0));
      const ratio = after.pdffSdPercent.data.get(x, 0, 0) / before.pdffSdPercent.data.get(x, 0, 0);
      expect(ratio / slope).toBeCloseTo(1, 2);
    }
    expect(after.r2starPerSecond.data.data).toEqual(before.r2starPerSecond.data.data);
    expect(after.fieldMapHz.data.data).toEqual(before.fieldMapHz.data.data);
  });

  it('takes 2.89 T for 3 T, and asks for T1 where it knows none', async () => {
    const times = { echoTimesMs: [1.2, 2.4, 3.6, 4.8, 6, 7.2], ...sequence };
    const t1 = { waterMs: 586, fatMs: 343 };
    const skyra = scanned([20], t1, { ...times, fieldStrengthT: 2.89 });
    const { report } = await separateWaterFat(skyra, { t1Correction: true });
    expect(report.t1Correction).toMatchObject({ waterT1Ms: 809, fatT1Ms: 382 });
    const low = scanned([20], t1, { ...times, fieldStrengthT: 0.55 });
    expect(await failure(low, true)).toMatch(/waterT1Ms, fatT1Ms \} at 0\.55 T.*1\.5 and 3 T/);
    const given = { waterT1Ms: 400, fatT1Ms: 260, flipAngleDeg: 8, repetitionTimeMs: 20 };
    const corrected = await separateWaterFat(low, { t1Correction: given });
    expect(corrected.report.t1Correction).toMatchObject(given);
  });

  it('refuses what it cannot know or must not guess', async () => {
    const multiEcho = scanned([20], { waterMs: 586, fatMs: 343 });
    const { flipAngleDeg: _flip, ...noFlip } = multiEcho;
    const { repetitionTimeMs: _tr, ...noTr } = multiEcho;
    expect(await failure(noFlip, true)).toContain('flipAngleDeg is undefined');
    expect(await failure(noTr, true)).toContain('repetitionTimeMs is undefined');
    expect(await failure({ ...multiEcho, flipAngleDeg: 180 }, true)).toContain(
      'flipAngleDeg is 180',
    );
    expect(await failure(multiEcho, 'yes')).toContain('t1Correction is "yes"');
    expect(await failure(multiEcho, { waterT1Ms: 586 })).toContain('fatT1Ms is undefined');
    expect(await failure(multiEcho, { waterT1Ms: -1, fatT1Ms: 300 })).toContain('waterT1Ms is -1');
    expect(await failure(multiEcho, { waterT1Ms: 586, fatT1Ms: 343, tr: 10 })).toContain(
      'options.tr of t1Correction',
    );
    expect(await failure(multiEcho, null)).toContain('t1Correction is null');
  });
});
