import { createRandom, createVolume, isSteatosisError } from '@steatosis/core';
import { describe, expect, it } from 'vitest';
import { chiSquareMedian } from '../../src/dixon/chi-square.js';
import { interleavedRun } from '../../src/dixon/echo-run.js';
import { backgroundThreshold } from '../../src/dixon/mask.js';
import { FieldChoice, type FieldProblem } from '../../src/dixon/message-passing.js';
import { noiseSd } from '../../src/dixon/noise.js';
import { createSignalModel } from '../../src/dixon/signal-model.js';
import { resolveSpectrum } from '../../src/dixon/spectra.js';
import { estimateVoxels } from '../../src/dixon/voxel-estimates.js';
import { voxelGraph } from '../../src/dixon/voxel-graph.js';
import { summariseRoi } from '../../src/index.js';
import { acquisitions, readCsv } from './fixtures.js';
import { echoesOf } from './simulate.js';

const spectrum = resolveSpectrum('ismrm6');

describe('median of χ²', () => {
  // SciPy 1.17.1, scipy.stats.chi2.median.
  it.each([
    [1, 0.454936423119572],
    [2, 1.386294361119891],
    [6, 5.348120627447118],
    [7, 6.345811195521515],
    [27, 26.336339308591434],
  ])('with %i degrees of freedom', (degrees, median) => {
    expect(chiSquareMedian(degrees)).toBeCloseTo(median, 9);
  });
});

describe('the noise from residuals', () => {
  it.each([1, 2, 7, 4096, 4097])('is by the median of %i values, as sorting finds it', (count) => {
    const random = createRandom(count);
    const squares = Float32Array.from({ length: count }, () => random.normal() ** 2 * 1e5);
    if (count > 7) squares.fill(0, 0, 100).fill(squares[200], 200, 300);
    const sorted = squares.slice().sort();
    const middle = (sorted[Math.floor((count - 1) / 2)] + sorted[Math.ceil((count - 1) / 2)]) / 2;
    expect(noiseSd(squares, 7)).toBe(Math.sqrt(middle / chiSquareMedian(7)));
  });
});

describe('the threshold between background and tissue', () => {
  it('is that of a histogram of logarithms', () => {
    const random = createRandom(5);
    const values = Float32Array.from({ length: 20000 }, (_, i) =>
      Math.exp(0.5 * random.normal() + (i % 5 === 0 ? 6 : 2)),
    );
    // The same histogram by its definition, and Otsu's threshold by trying every split of it.
    const largest = Math.max(...values);
    const low = Math.log(largest * 1e-4);
    const width = Math.log(1e4) / 256;
    const binOf = (value: number) =>
      Math.min(255, Math.max(0, Math.floor((Math.log(value) - low) / width)));
    const counts = Array.from({ length: 256 }, () => 0);
    for (const value of values) counts[binOf(value)]++;
    const total = (from: number, to: number, weigh: (bin: number) => number) =>
      counts.slice(from, to).reduce((sum, n, b) => sum + n * weigh(from + b), 0);
    const between = (split: number) => {
      const [below, above] = [total(0, split, () => 1), total(split, 256, () => 1)];
      if (below === 0 || above === 0) return 0;
      const distance = total(0, split, (b) => b) / below - total(split, 256, (b) => b) / above;
      return below * above * distance ** 2;
    };
    const splits = Array.from({ length: 256 }, (_, b) => b);
    const split = splits.reduce((best, b) => (between(b) > between(best) * (1 + 1e-12) ? b : best));
    const half = total(0, split, () => 1) / 2;
    const median = splits.find((b) => total(0, b + 1, () => 1) >= half)!;
    const at = (bin: number) => Math.exp(low + bin * width);
    expect(backgroundThreshold(values)).toBeCloseTo(
      Math.min(at(split), 2.5 * at(median + 0.5)),
      10,
    );
  });
});

describe('Cramér–Rao bounds', () => {
  const rows = readCsv('voxels_noisy_summary.csv.gz');

  it.each(['common', 'indep'])('of the %s model equal the reference table', (name) => {
    for (const row of rows.filter((r) => r['model'] === name)) {
      const where = acquisitions[row['acq'] as '1p5T' | '3T'];
      const [pdff, r2star, snr] = [Number(row['pdff_pct']), Number(row['r2s']), Number(row['snr'])];
      const truth = { water: 1 - pdff / 100, fat: pdff / 100, r2star, fieldHz: 20, phase: 0.3 };
      const out = estimateVoxels(
        createSignalModel({ ...where, spectrum }),
        interleavedRun(Float32Array.from(echoesOf(truth, where, 'ismrm6')), 6),
        Float32Array.of(20),
        Float32Array.of(r2star),
        name === 'common',
      );
      const which = `${row['acq']} ${pdff} % ${r2star} /s SNR ${snr}`;
      expect(out.pdffSdPerNoise[0] / snr / Number(row['pdff_crlb_sd']), which).toBeCloseTo(1, 3);
      expect(out.r2starSdPerNoise[0] / snr / Number(row['r2s_crlb_sd']), which).toBeCloseTo(1, 3);
    }
  });
});

describe('message passing', () => {
  /** Random candidates on a grid small enough to try every labelling. */
  function problem(seed: number, size: [number, number, number], choices: number): FieldProblem {
    const random = createRandom(seed);
    const count = size[0] * size[1] * size[2];
    const fill = (value: (x: number) => number) =>
      Float32Array.from({ length: 4 * count }, (_, i) => value(i % 4));
    return {
      size,
      spacing: [1, 2, 3],
      voxels: Int32Array.from({ length: count }, (_, i) => i),
      fieldHz: fill(() => 800 * (random.uniform() - 0.5)),
      cost: fill((x) => (x < choices ? random.uniform() : Number.POSITIVE_INFINITY)),
      curvature: fill(() => 1e-5 * random.uniform()),
      periodHz: 870,
      smoothness: 1,
    };
  }

  function energy(p: FieldProblem, labels: ArrayLike<number>): number {
    const graph = voxelGraph(p.voxels, p.size);
    let sum = 0;
    for (let i = 0; i < p.voxels.length; i++) {
      const a = 4 * i + labels[i];
      sum += p.cost[a];
      graph.after.forEach((after, axis) => {
        if (after[i] < 0) return;
        const b = 4 * after[i] + labels[after[i]];
        const raw = p.fieldHz[a] - p.fieldHz[b];
        const d = p.periodHz < Infinity ? raw - p.periodHz * Math.round(raw / p.periodHz) : raw;
        const bend = Math.sqrt(p.curvature[a] * p.curvature[b]);
        sum += (0.5 * p.smoothness * bend * d * d) / p.spacing[axis];
      });
    }
    return sum;
  }

  function solve(p: FieldProblem): FieldChoice {
    const choice = new FieldChoice(p);
    for (let sweep = 0; sweep < 40 && choice.changed > 0; sweep++) {
      choice.forward();
      choice.backward();
    }
    return choice;
  }

  function leastEnergy(p: FieldProblem, choices: number): number {
    const count = p.voxels.length;
    let least = Number.POSITIVE_INFINITY;
    for (let code = 0; code < choices ** count; code++) {
      const labels = Array.from(
        { length: count },
        (_, i) => Math.floor(code / choices ** i) % choices,
      );
      least = Math.min(least, energy(p, labels));
    }
    return least;
  }

  it('states the energy of its labelling', () => {
    const p = problem(1, [4, 3, 2], 3);
    const choice = solve(p);
    expect(choice.energy).toBeCloseTo(energy(p, choice.labels), 6);
  });

  it('keeps a labelling that is offered until it finds a better one', () => {
    const p = problem(2, [4, 3, 2], 3);
    const best = solve(p).labels;
    const offered = new FieldChoice(p);
    offered.offer(best);
    expect(offered.energy).toBeCloseTo(energy(p, best), 6);
    offered.forward();
    expect(energy(p, offered.labels)).toBeLessThanOrEqual(energy(p, best) * (1 + 1e-6));
    const worst = new FieldChoice(p);
    worst.offer(Uint8Array.from(p.voxels, () => 2));
    worst.forward();
    expect(worst.energy).toBeLessThan(
      energy(
        p,
        Uint8Array.from(p.voxels, () => 2),
      ),
    );
  });

  it('takes fields without a period, too', () => {
    for (let seed = 0; seed < 10; seed++) {
      const p = { ...problem(seed, [4, 1, 1], 4), periodHz: Number.POSITIVE_INFINITY };
      const solution = solve(p);
      expect(solution.energy).toBeCloseTo(leastEnergy(p, 4), 5);
    }
  });

  it('is exact on a chain', () => {
    for (let seed = 0; seed < 20; seed++) {
      const p = problem(seed, [5, 1, 1], 4);
      expect(energy(p, solve(p).labels)).toBeCloseTo(leastEnergy(p, 4), 6);
    }
  });

  it('comes within 1 % of the optimum on small loopy grids, and mostly to it', () => {
    let optimal = 0;
    for (let seed = 0; seed < 20; seed++) {
      const p = problem(100 + seed, [3, 2, 2], 2);
      const found = energy(p, solve(p).labels);
      const least = leastEnergy(p, 2);
      expect(found).toBeLessThan(1.01 * least);
      if (found < least * (1 + 1e-6)) optimal++;
    }
    expect(optimal).toBeGreaterThanOrEqual(15);
  });
});

describe('the graph of a mask', () => {
  it('joins neighbours and nothing across the end of a row or slice', () => {
    // 3×2×2 voxels without the one at (1, 0, 0).
    const voxels = Int32Array.of(0, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
    const { after, before } = voxelGraph(voxels, [3, 2, 2]);
    expect([...after[0]]).toEqual([-1, -1, 3, 4, -1, 6, 7, -1, 9, 10, -1]);
    expect([...after[1]]).toEqual([2, 4, -1, -1, -1, 8, 9, 10, -1, -1, -1]);
    expect([...after[2]]).toEqual([5, 7, 8, 9, 10, -1, -1, -1, -1, -1, -1]);
    after.forEach((links, axis) =>
      links.forEach((j, i) => j >= 0 && expect(before[axis][j]).toBe(i)),
    );
  });
});

describe('summariseRoi', () => {
  const map = createVolume(Float32Array.of(1, 2, 3, 4, 5, 6), [3, 2, 1]);

  it('gives mean, sample SD and n in a mask or a box', () => {
    const mask = createVolume(Uint8Array.of(1, 0, 1, 0, 1, 0), [3, 2, 1]);
    expect(summariseRoi(map, mask)).toEqual({ mean: 3, sd: 2, n: 3 });
    expect(summariseRoi(map, { start: [1, 0, 0], size: [2, 2, 1] })).toEqual({
      mean: 4,
      sd: Math.sqrt(10 / 3),
      n: 4,
    });
    expect(summariseRoi(map, { start: [0, 0, 0], size: [1, 1, 1] })).toEqual({
      mean: 1,
      sd: Number.NaN,
      n: 1,
    });
  });

  it('refuses empty regions, other grids and values that are not finite', () => {
    const code = (call: () => unknown): string => {
      try {
        call();
      } catch (error) {
        if (isSteatosisError(error)) return error.code;
      }
      return 'none';
    };
    expect(code(() => summariseRoi(map, createVolume(new Uint8Array(6), [3, 2, 1])))).toBe(
      'INVALID_ARGUMENT',
    );
    expect(code(() => summariseRoi(map, createVolume(new Uint8Array(4), [2, 2, 1])))).toBe(
      'GRID_MISMATCH',
    );
    expect(code(() => summariseRoi(map, { start: [2, 0, 0], size: [2, 1, 1] }))).toBe(
      'INVALID_ARGUMENT',
    );
    const holes = createVolume(Float32Array.of(1, Number.NaN), [2, 1, 1]);
    expect(code(() => summariseRoi(holes, { start: [0, 0, 0], size: [2, 1, 1] }))).toBe(
      'INVALID_ARGUMENT',
    );
    const echoes = createVolume(new Float32Array(2), [1, 1, 1, 2]);
    expect(code(() => summariseRoi(echoes, { start: [0, 0, 0], size: [1, 1, 1] }))).toBe(
      'INVALID_ARGUMENT',
    );
  });
});
