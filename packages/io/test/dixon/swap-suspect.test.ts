import { describe, expect, it } from 'vitest';
import { createVolume } from '@steatosis/core';
import { separateWaterFat } from '../../src/index.js';
import { channel, readJson, readNpy, volumesOf, wrapped } from './fixtures.js';
import { armsBody, chestBody, evenEchoes, scene, type SceneProtocol } from './scenes.js';

const noisy: SceneProtocol = {
  size: [64, 56, 5],
  spacing: [6, 6, 8],
  fieldStrengthT: 1.5,
  echoTimesMs: evenEchoes(1.15, 1.15),
  snr: 10,
  seed: 11,
  rampHz: [150, 80, 100],
};

describe('the map of suspected swaps', () => {
  // A prior as weak as this leaves some per cent of swapped voxels at SNR 10.
  it('marks nearly all swaps that a weak prior leaves, and few other voxels', async () => {
    const { multiEcho, mask, fieldHz } = scene(chestBody(150), noisy);
    const { fieldMapHz, swapSuspect, report } = await separateWaterFat(multiEcho, {
      smoothness: 0.002,
    });
    const period = report.fieldMapPeriodHz!;
    let [wrong, found, flagged] = [0, 0, 0];
    mask.forEach((inside, i) => {
      if (inside === 0) return;
      const error = wrapped(fieldMapHz.data.data[i] - fieldHz[i], period);
      flagged += swapSuspect!.data.data[i];
      if (Math.abs(error) < 100) return;
      wrong++;
      found += swapSuspect!.data.data[i];
    });
    expect(wrong).toBeGreaterThan(50);
    expect(found / wrong).toBeGreaterThan(0.9);
    expect(flagged - found).toBeLessThan(0.03 * mask.reduce((a, b) => a + b));
  });

  it('marks hardly anything in phantom A, and counts what it marks', async () => {
    const name = 'phantom_A_1p5T';
    const { voxel_mm, TE_s, shape } = readJson(`${name}.json`) as {
      voxel_mm: [number, number, number];
      TE_s: number[];
      shape: number[];
    };
    const multiEcho = volumesOf(
      readNpy(`${name}_echoes.npy.gz`),
      { echoTimesMs: TE_s.map((s) => s * 1000), fieldStrengthT: 1.5 },
      voxel_mm,
    );
    const { swapSuspect, report } = await separateWaterFat(multiEcho, { spectrum: 'ismrm6' });
    const mask = channel(readNpy(`${name}_mask.npy.gz`), 0, shape);
    const flags = Array.from(swapSuspect!.data.data);
    expect(flags.filter((flag, i) => flag > 0 && mask[i] > 0).length).toBeLessThan(5);
    const counted = report.fieldMap.source === 'message passing' && report.fieldMap.swapSuspects;
    expect(counted).toBe(flags.filter((flag) => flag > 0).length);
    expect(report.warnings).toEqual([]);
  });

  it('is left out where the field was given', async () => {
    const { multiEcho, fieldHz } = scene(armsBody(0.1), { ...noisy, size: [32, 28, 1] });
    const initialFieldMapHz = createVolume(fieldHz, [32, 28, 1], { spacing: noisy.spacing });
    const { swapSuspect } = await separateWaterFat(multiEcho, { initialFieldMapHz });
    expect(swapSuspect).toBeUndefined();
  });

  it('warns where much is suspect', async () => {
    const messages: string[] = [];
    const { multiEcho } = scene(chestBody(150), { ...noisy, snr: 5 });
    const { report } = await separateWaterFat(multiEcho, {
      smoothness: 0.0005,
      onWarning: (message) => messages.push(message),
    });
    expect(report.warnings.map(({ kind }) => kind)).toEqual(['swap-suspect']);
    expect(messages[0]).toMatch(/water and fat may be swapped.*swapSuspect/);
  });
});
