import { createVolume, createRandom } from '@steatosis/core';
import { describe, expect, it } from 'vitest';
import { separateWaterFat } from '../../src/index.js';
import { acquisitions, readNpy, rowOfVoxels } from './fixtures.js';
import { echoesOf } from './simulate.js';

const FIELDS = ['1p5T', '3T'] as const;

/** Slope, intercept of y on x by least squares. */
function line(x: readonly number[], y: readonly number[]): { slope: number; intercept: number } {
  const mean = (values: readonly number[]) => values.reduce((a, b) => a + b) / values.length;
  const [mx, my] = [mean(x), mean(y)];
  const sxy = x.reduce((sum, value, i) => sum + (value - mx) * (y[i] - my), 0);
  const sxx = x.reduce((sum, value) => sum + (value - mx) ** 2, 0);
  return { slope: sxy / sxx, intercept: my - (sxy / sxx) * mx };
}

describe.each(FIELDS)('linearity at %s', (acquisition) => {
  it('PDFF has slope 1 and intercept 0 against the truth at SNR 50', async () => {
    const echoes = readNpy(`voxels_noisy_${acquisition}_echoes.npy.gz`);
    const truth = readNpy(`voxels_noisy_${acquisition}_truth.npy.gz`).data;
    const count = echoes.shape[0];
    const field = Float32Array.from({ length: count }, (_, i) => truth[5 * i + 2]);
    const { pdffPercent } = await separateWaterFat(
      rowOfVoxels(echoes.data, acquisitions[acquisition]),
      {
        spectrum: 'ismrm6',
        mask: createVolume(new Uint8Array(count).fill(1), [count, 1, 1]),
        initialFieldMapHz: createVolume(field, [count, 1, 1]),
      },
    );
    const rows = Array.from({ length: count }, (_, i) => i).filter((i) => truth[5 * i + 4] === 50);
    expect(rows.length).toBe(2400);
    const { slope, intercept } = line(
      rows.map((i) => truth[5 * i]),
      rows.map((i) => pdffPercent.data.data[i]),
    );
    expect(Math.abs(slope - 1)).toBeLessThanOrEqual(0.005);
    expect(Math.abs(intercept)).toBeLessThanOrEqual(0.1);
  });

  it('means of 256 voxels agree with the truth within ± 0.3 %', async () => {
    // 60 regions of liver: own generator, nothing given but the echoes.
    const random = createRandom(7).split(acquisition);
    const regions = 60;
    const edge = 16;
    const snr = 50;
    const protocol = acquisitions[acquisition];
    const values: number[] = [];
    const truths: number[] = [];
    for (let region = 0; region < regions; region++) {
      const pdff = 50 * random.uniform() ** 2;
      const r2star = 25 + 55 * random.uniform();
      const middle = 120 * (random.uniform() - 0.5);
      const ramp = 3 * (random.uniform() - 0.5);
      const phase = 2 * Math.PI * random.uniform();
      truths.push(pdff);
      for (let v = 0; v < edge * edge; v++) {
        const echoes = echoesOf(
          {
            water: 1 - pdff / 100,
            fat: pdff / 100,
            r2star,
            fieldHz: middle + ramp * (v % edge),
            phase,
          },
          protocol,
        );
        for (const value of echoes) values.push(value + random.normal() / snr);
      }
    }
    const voxels = regions * edge * edge;
    const { pdffPercent } = await separateWaterFat(
      rowOfVoxels(Float32Array.from(values), protocol),
      {
        mask: createVolume(new Uint8Array(voxels).fill(1), [voxels, 1, 1]),
      },
    );
    const differences = truths.map((truth, region) => {
      const own = pdffPercent.data.data.subarray(region * edge * edge, (region + 1) * edge * edge);
      return own.reduce((sum, value) => sum + value, 0) / own.length - truth;
    });
    const bias = differences.reduce((a, b) => a + b) / regions;
    const sd = Math.sqrt(differences.reduce((sum, d) => sum + (d - bias) ** 2, 0) / (regions - 1));
    // Bland and Altman's 95 % limits of agreement.
    expect(bias - 1.96 * sd).toBeGreaterThanOrEqual(-0.3);
    expect(bias + 1.96 * sd).toBeLessThanOrEqual(0.3);
  });

  it('R2* is within 1 % of the truth up to 400 /s, without noise and without a guess', async () => {
    const protocol = acquisitions[acquisition];
    const truths: number[] = [];
    const values: number[] = [];
    for (const pdff of [0, 2, 5, 10, 20, 35, 60, 95]) {
      for (let r2star = 20; r2star <= 400; r2star += 20) {
        truths.push(r2star);
        values.push(
          ...echoesOf(
            { water: 100 - pdff, fat: pdff, r2star, fieldHz: 25 - pdff, phase: 0.4 },
            protocol,
          ),
        );
      }
    }
    const { r2starPerSecond } = await separateWaterFat(
      rowOfVoxels(Float32Array.from(values), protocol),
      { mask: createVolume(new Uint8Array(truths.length).fill(1), [truths.length, 1, 1]) },
    );
    const worst = Math.max(
      ...truths.map((truth, i) => Math.abs(r2starPerSecond.data.data[i] / truth - 1)),
    );
    expect(worst).toBeLessThanOrEqual(0.01);
  });
});
