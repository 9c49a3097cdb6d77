import { createRandom } from '@steatosis/core';
import { describe, expect, it } from 'vitest';
import { chiSquareQuantile } from '../../src/dixon/chi-square.js';
import { noiseOfBackground } from '../../src/dixon/rician-background.js';
import { RicianFunctions } from '../../src/dixon/rician-functions.js';
import { rootMeanSquare } from '../../src/dixon/root-mean-square.js';
import { acquisitions, readJson, readNpy, volumesOf } from './fixtures.js';

const rician = new RicianFunctions();

// References: SciPy 1.17.1 (i0e, i1e, quad, chi2.ppf), NumPy 2.4.6.
describe('functions of Rician noise', () => {
  it.each([
    [0, 0, 0],
    [0.001, 0.0004999999375000103, -0.000999750000015594],
    [0.3, 0.14833742694087523, -0.27762531137795776],
    [1, 0.4463899658965346, -0.7640856414928213],
    [5.007, 0.893545213773308, -1.6960639746548218],
    [17.3, 0.9706539783425082, -2.3368436553880336],
    [31.99, 0.9842439510358775, -2.6476795733056826],
    [32, 0.9842489155369869, -2.64783710897021],
    [80.5, 0.9937692861017093, -3.111504558411793],
    [1e4, 0.9999499987498751, -5.524096218567699],
  ])('I1/I0 and ln(I0·e^−x) at %d', (x, ratio, logScaledI0) => {
    expect(Math.abs(rician.ratio(x) - ratio)).toBeLessThan(1e-9);
    expect(Math.abs(rician.logScaledI0(x) - logScaledI0)).toBeLessThan(1e-9);
  });

  it.each([
    [0, 1.2533141373155001, 0],
    [0.1, 1.2564454659860946, 0.0099012303848026],
    [0.5, 1.3304473406107027, 0.20169578730501497],
    [1, 1.5485724605511455, 0.521446920734381],
    [2.03, 2.297784883802751, 0.8573229809899541],
    [4, 4.127193542536757, 0.9676047747821812],
    [8, 8.062750166082912, 0.9921244392224935],
    [16, 16.031280698617767, 0.9980430300691978],
    [40, 40.01250195495963, 0.9996874022226621],
  ])('mean and Fisher information for a signal of %d σ', (s, mean, information) => {
    expect(Math.abs(rician.mean(s) - mean)).toBeLessThan(1e-7);
    expect(Math.abs(rician.information(s) - information)).toBeLessThan(2e-4);
  });

  it.each([
    [0.25, 12, 8.438418766135793],
    [0.75, 12, 14.845403671040176],
    [0.99, 12, 26.216967305535853],
    [0.99, 1, 6.6348966010212145],
    [0.99, 32, 53.48577183623535],
  ])('the χ² quantile %d of %d degrees', (probability, degrees, quantile) => {
    expect(chiSquareQuantile(probability, degrees)).toBeCloseTo(quantile, 9);
  });
});

describe('noise of the background', () => {
  it.each([
    'phantom_A_1p5T',
    'phantom_B_3T',
    'phantom_C_1p5T_confounded',
    'phantom_D_3T_inout_traps',
  ])('is that of %s within 2 %', (name) => {
    const { sigma_per_channel: sd } = readJson(`${name}.json`) as { sigma_per_channel: number };
    const { real, imaginary } = volumesOf(readNpy(`${name}_echoes.npy.gz`), acquisitions['1p5T']);
    const found = noiseOfBackground(rootMeanSquare([real, imaginary]), 6)!;
    expect(Math.abs(found / sd - 1)).toBeLessThan(0.02);
  });

  it('is not told where the air is no plain noise', () => {
    // Dark voxels in and around the real chest scatter twice as widely as noise does.
    const { real, imaginary } = volumesOf(
      readNpy('real_3T_6echo_b0nice99_echoes.npy.gz'),
      acquisitions['3T'],
    );
    expect(noiseOfBackground(rootMeanSquare([real, imaginary]), 6)).toBeUndefined();
    const random = createRandom(1);
    const body = Float32Array.from({ length: 2000 }, () => 100 + random.normal());
    expect(noiseOfBackground(body, 6)).toBeUndefined();
  });
});
