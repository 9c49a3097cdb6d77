import { describe, expect, it } from 'vitest';
import { AirBridges } from '../../src/dixon/field/air-bridges.js';
import { decideRegions } from '../../src/dixon/field/islands.js';
import { Labelling } from '../../src/dixon/field/labelling.js';
import { findBlocks, poolCandidates } from '../../src/dixon/field/pooling.js';
import { findRegions } from '../../src/dixon/field/regions.js';
import { solvePositive } from '../../src/dixon/field/solve-positive.js';
import { markSuspects } from '../../src/dixon/field/swap-suspect.js';
import { fitTrend } from '../../src/dixon/field/trend.js';
import type { FieldProblem } from '../../src/dixon/message-passing.js';

const SWAP = 217;

/** Voxels with two candidates a swap apart; `fields` are the true ones, `excess` is what the wrong one costs more. */
function twoChoices(
  size: [number, number, number],
  voxels: number[],
  fieldAt: (at: number) => number,
  excessAt: (at: number) => number,
): FieldProblem {
  const problem: FieldProblem = {
    size,
    spacing: [5, 5, 5],
    voxels: Int32Array.from(voxels),
    fieldHz: new Float32Array(4 * voxels.length),
    cost: new Float32Array(4 * voxels.length).fill(Infinity),
    curvature: new Float32Array(4 * voxels.length).fill(1e-4),
    periodHz: 870,
    smoothness: 0.01,
  };
  voxels.forEach((at, i) => {
    problem.fieldHz.set([fieldAt(at), fieldAt(at) + SWAP], 4 * i);
    problem.cost.set([0.01, 0.01 + excessAt(at)], 4 * i);
  });
  return problem;
}

const row = (from: number, to: number): number[] =>
  Array.from({ length: to - from }, (_, k) => from + k);

/** All voxels at candidate 0, but those from `from` on at 1. */
function labelled(problem: FieldProblem, from: number): Labelling {
  const state = new Labelling(problem, new Float32Array(problem.voxels.length));
  for (let i = 0; i < problem.voxels.length; i++) state.choose(i, problem.voxels[i] < from ? 0 : 1);
  return state;
}

describe('islands', () => {
  const voxels = [...row(0, 30), ...row(34, 50)];

  it('are the parts that air or a jump of the field cuts off, the largest first', () => {
    const state = labelled(
      twoChoices(
        [50, 1, 1],
        voxels,
        () => 10,
        () => 0.001,
      ),
      20,
    );
    const regions = findRegions(state, 80);
    expect([...regions.sizes]).toEqual([20, 16, 10]);
    expect([...regions.members(1)]).toEqual(row(30, 46));
    expect([...regions.members(2)]).toEqual(row(20, 30));
  });

  it('follow the sum of their residuals', () => {
    const state = labelled(
      twoChoices(
        [50, 1, 1],
        voxels,
        () => 10,
        () => 0.01,
      ),
      34,
    );
    const { report, margin } = decideRegions(state, 80, SWAP);
    expect([...state.labels].every((label) => label === 0)).toBe(true);
    expect(report).toEqual({
      regions: 1,
      turnedByCost: 1,
      turnedByContinuity: 0,
      voxelsTurned: 16,
    });
    expect(margin[0]).toBe(Infinity);
  });

  it('follow the residuals against the tissue across air', () => {
    const far = (at: number): number => (at < 34 ? 10 : 10 - SWAP);
    const state = labelled(
      twoChoices([50, 1, 1], voxels, far, () => 0.01),
      99,
    );
    const { report } = decideRegions(state, 80, SWAP);
    expect(report.voxelsTurned).toBe(0);
  });

  it('continue the tissue across air where the residuals tie', () => {
    const state = labelled(
      twoChoices(
        [50, 1, 1],
        voxels,
        () => 10,
        (at) => (at < 34 ? 0.01 : -1e-6),
      ),
      34,
    );
    const { report } = decideRegions(state, 80, SWAP);
    expect([...state.labels].every((label) => label === 0)).toBe(true);
    expect(report.turnedByContinuity).toBe(1);
  });

  it('that are too small stay, and are suspect', () => {
    const few = [...row(0, 30), ...row(34, 38)];
    const state = labelled(
      twoChoices(
        [50, 1, 1],
        few,
        () => 10,
        () => 0.01,
      ),
      34,
    );
    const decided = decideRegions(state, 80, SWAP);
    expect(decided.report.voxelsTurned).toBe(0);
    const scale = { jumpHz: 80, swapHz: SWAP, noiseVariance: 1e-4 };
    expect([...markSuspects(state, decided, scale)]).toEqual([...row(0, 30).fill(0), 1, 1, 1, 1]);
  });
});

describe('parts of the choice', () => {
  it('air is bridged along the axes, up to 60 mm, with the weight of its length', () => {
    const problem = twoChoices(
      [40, 1, 1],
      [0, 1, 5, 30],
      () => 0,
      () => 1,
    );
    const { starts, ends, weights } = new AirBridges(labelled(problem, 99));
    expect([...starts]).toEqual([0, 0, 1, 2, 2]);
    expect([...ends]).toEqual([2, 1]);
    expect(weights[0]).toBeCloseTo((0.5 * 0.01) / 20, 10);
  });

  it('the trend is found beside a region that is swapped', () => {
    const size: [number, number, number] = [20, 16, 6];
    const slow = (at: number): number => {
      const x = at % 20;
      const y = Math.floor(at / 20) % 16;
      const z = Math.floor(at / 320);
      return 6 * x - 4 * y + 90 * z + 0.5 * (x - 10) ** 2 - 0.3 * (y - 8) * (z - 3) * 10;
    };
    const problem = twoChoices(size, row(0, 20 * 16 * 6), slow, () => 0.01);
    const labels = Uint8Array.from(problem.voxels, (at) => (at % 20 > 14 ? 1 : 0));
    const trend = fitTrend(problem, labels);
    for (const at of [0, 333, 1000, 1700, 1900]) {
      const [x, y, z] = [at % 20, Math.floor(at / 20) % 16, Math.floor(at / 320)];
      const change = trend.row(y, z)(x) - trend.row(8, 3)(10);
      expect(Math.abs(change - (slow(at) - slow(10 + 20 * 8 + 320 * 3)))).toBeLessThan(8);
    }
  });

  it('too few voxels show no trend', () => {
    const problem = twoChoices(
      [50, 1, 1],
      row(0, 50),
      (at) => 30 * at,
      () => 0.01,
    );
    expect(fitTrend(problem, new Uint8Array(50)).row(0, 0)(40)).toBe(0);
  });

  it('blocks hold the field that their voxels agree on', () => {
    // Each voxel prefers the wrong candidate or the right one by turns; the field is the same in all.
    const problem = twoChoices(
      [8, 8, 1],
      row(0, 64),
      () => -431,
      (at) => (at % 3 === 0 ? -0.004 : 0.01),
    );
    const pooled = poolCandidates(problem, findBlocks(problem), undefined);
    expect(pooled.size).toEqual([4, 4, 1]);
    for (let j = 0; j < 16; j++) {
      const d = pooled.fieldHz[4 * j] + 431;
      expect(Math.abs(d - 870 * Math.round(d / 870))).toBeLessThan(10);
      expect(pooled.cost[4 * j]).toBeLessThan(pooled.cost[4 * j + 1]);
    }
  });

  it('positive definite systems are solved, others refused', () => {
    const x = solvePositive(new Float64Array([4, 0, 2, 3]), new Float64Array([10, 8]));
    expect(Array.from(x!, (v) => Number(v.toFixed(12)))).toEqual([1.75, 1.5]);
    expect(solvePositive(new Float64Array([0]), new Float64Array([1]))).toBeUndefined();
  });
});
