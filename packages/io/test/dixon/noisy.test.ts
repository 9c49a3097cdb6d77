import { createVolume } from '@steatosis/core';
import { describe, expect, it } from 'vitest';
import { separateWaterFat } from '../../src/index.js';
import { acquisitions, readCsv, readNpy, rowOfVoxels } from './fixtures.js';

const cases = (['1p5T', '3T'] as const).flatMap((acquisition) =>
  ([true, false] as const).map((commonPhase) => ({ acquisition, commonPhase })),
);

/** The tables were made and fitted with this spectrum. */
const spectrum = 'ismrm6';

interface Estimates {
  truth: { pdff: number; r2star: number; snr: number }[];
  pdff: Float32Array;
  r2star: Float32Array;
  reference: { pdff: number; r2star: number }[];
}

async function estimates(acquisition: '1p5T' | '3T', commonPhase: boolean): Promise<Estimates> {
  const echoes = readNpy(`voxels_noisy_${acquisition}_echoes.npy.gz`);
  const truth = readNpy(`voxels_noisy_${acquisition}_truth.npy.gz`).data;
  const file = `voxels_noisy_${acquisition}_mle_${commonPhase ? 'common' : 'indep'}.npy.gz`;
  const reference = readNpy(file).data;
  const count = echoes.shape[0];
  const field = Float32Array.from({ length: count }, (_, i) => truth[5 * i + 2]);
  const maps = await separateWaterFat(rowOfVoxels(echoes.data, acquisitions[acquisition]), {
    spectrum,
    commonPhase,
    mask: createVolume(new Uint8Array(count).fill(1), [count, 1, 1]),
    initialFieldMapHz: createVolume(field, [count, 1, 1]),
  });
  const rows = Array.from({ length: count }, (_, i) => i);
  return {
    truth: rows.map((i) => ({
      pdff: truth[5 * i],
      r2star: truth[5 * i + 1],
      snr: truth[5 * i + 4],
    })),
    pdff: maps.pdffPercent.data.data,
    r2star: maps.r2starPerSecond.data.data,
    reference: rows.map((i) => ({ pdff: reference[4 * i], r2star: reference[4 * i + 1] })),
  };
}

describe.each(cases)(
  'noisy voxels at $acquisition, commonPhase $commonPhase',
  ({ acquisition, commonPhase }) => {
    it('are at the exact maximum of the likelihood in 99.5 % of the rows', async () => {
      const { pdff, r2star, reference } = await estimates(acquisition, commonPhase);
      const usable = reference
        .map((row, i) => ({ row, i }))
        .filter(({ row }) => Math.abs(row.r2star) <= 3000);
      expect(usable.length / reference.length).toBeGreaterThan(0.999);
      const agree = usable.filter(
        ({ row, i }) =>
          Math.abs(pdff[i] - row.pdff) < 1e-3 && Math.abs(r2star[i] - row.r2star) < 1e-2,
      );
      expect(agree.length / usable.length).toBeGreaterThanOrEqual(0.995);
    });

    it('reach the Cramér–Rao bound without bias', async () => {
      const { truth, pdff } = await estimates(acquisition, commonPhase);
      const bounds = readCsv('voxels_noisy_summary.csv.gz').filter(
        (row) => row['acq'] === acquisition && row['model'] === (commonPhase ? 'common' : 'indep'),
      );
      const ratios: number[] = [];
      const biases: number[] = [];
      for (const row of bounds) {
        const [at, r2star, snr] = [Number(row['pdff_pct']), Number(row['r2s']), Number(row['snr'])];
        if (at > 33 || r2star > 60 || snr < 50) continue;
        const errors = truth.flatMap((t, i) =>
          t.pdff === at && t.r2star === r2star && t.snr === snr ? [pdff[i] - at] : [],
        );
        const mean = errors.reduce((a, b) => a + b) / errors.length;
        const square = errors.reduce((sum, e) => sum + (e - mean) ** 2, 0);
        ratios.push(Math.sqrt(square / (errors.length - 1)) / Number(row['pdff_crlb_sd']));
        biases.push(mean);
      }
      const average = (values: number[]) => values.reduce((a, b) => a + b) / values.length;
      expect(ratios).toHaveLength(24);
      expect(average(ratios)).toBeLessThan(1.05);
      expect(Math.abs(average(biases))).toBeLessThan(0.1);
    });
  },
);
