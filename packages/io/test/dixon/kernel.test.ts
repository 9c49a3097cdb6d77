import { createRandom } from '@steatosis/core';
import { beforeAll, describe, expect, it } from 'vitest';
import { CANDIDATES, findCandidates } from '../../src/dixon/candidates.js';
import { CURVE_R2STAR, curveTables } from '../../src/dixon/cost-curve.js';
import { interleavedRun } from '../../src/dixon/echo-run.js';
import { createSignalModel, type SignalModel } from '../../src/dixon/signal-model.js';
import { resolveSpectrum } from '../../src/dixon/spectra.js';
import { estimateVoxels, type VoxelEstimates } from '../../src/dixon/voxel-estimates.js';
import { BATCH } from '../../src/dixon/water-fat-kernel.js';
import type { Acquisition } from './fixtures.js';
import probeBytes from './kernels/probe.as.ts?wasm';
import {
  bestPhase,
  fit,
  fitWithPhase,
  independentColumns,
  jacobian,
  physicalCost,
  solve,
} from './least-squares.js';
import { echoesOf } from './simulate.js';

const spectrum = resolveSpectrum('ismrm6');

/** 3 to 16 echoes (and 64), evenly spaced from an echo time of its own, and uneven ones. */
const acquisitions: Acquisition[] = [
  { echoTimesMs: [1.1, 2.7, 4.3], fieldStrengthT: 1.5 },
  { echoTimesMs: [1.15, 2.3, 3.45, 4.6, 5.75, 6.9], fieldStrengthT: 1.5 },
  { echoTimesMs: [0.95, 1.65, 2.35, 3.05, 3.75, 4.45], fieldStrengthT: 3 },
  { echoTimesMs: [1.2, 2.1, 3.5, 4.4, 5.9], fieldStrengthT: 3 },
  { echoTimesMs: Array.from({ length: 16 }, (_, k) => 1 + 0.9 * k), fieldStrengthT: 1.5 },
  { echoTimesMs: Array.from({ length: 64 }, (_, k) => 1 + 0.7 * k), fieldStrengthT: 1.5 },
];
const named = acquisitions.map((where) => ({
  name: `${where.echoTimesMs.length} echoes from ${where.echoTimesMs.slice(0, 3).join(', ')} ms`,
  where,
  model: createSignalModel({ ...where, spectrum }),
}));

/** Echoes of voxels with water, fat, decay, field and phase drawn at random, and noise of SD `sd`. */
function voxels(where: Acquisition, model: SignalModel, count: number, sd: number): Float32Array {
  const random = createRandom(where.echoTimesMs.length);
  const between = (low: number, high: number) => low + (high - low) * random.uniform();
  const half = Number.isFinite(model.periodHz) ? model.periodHz / 2 : 300;
  return Float32Array.from(
    Array.from({ length: count }, () => {
      const fat = between(0, 1);
      const voxel = {
        water: 1 - fat,
        fat,
        r2star: between(0, 200),
        fieldHz: between(-half, half),
        phase: between(-3, 3),
      };
      return echoesOf(voxel, where, 'ismrm6').map((v) => v + sd * random.normal());
    }).flat(),
  );
}

function echoesOfVoxel(echoes: Float32Array, i: number, count: number): number[] {
  return [...echoes.subarray(2 * count * i, 2 * count * (i + 1))];
}

interface Probe {
  memory: WebAssembly.Memory;
  heapBase: WebAssembly.Global;
  expPair(from: number, to: number): void;
  turnPair(from: number, to: number): void;
  startModel(echoes: number, steps: number): void;
  setEchoes(real: number, imaginary: number, places: number): void;
  setCurve(...values: number[]): void;
  curves(): number;
  secondDecay(): number;
}

describe('parts of the kernel', () => {
  let probe: Probe;
  let free = 0;
  beforeAll(() => {
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(probeBytes()));
    probe = exports as unknown as Probe;
    probe.memory.grow(64);
    free = Math.ceil(Number(probe.heapBase.value) / 16) * 16;
  });

  it('exp is right to 4e-16, and finite and not 0 beyond its range', () => {
    const pair = new Float64Array(probe.memory.buffer, free, 4);
    const random = createRandom(2);
    const xs = Array.from({ length: 4000 }, (_, i) =>
      i % 2 === 0 ? 1416 * random.uniform() - 708 : 4 * random.normal(),
    );
    for (let i = 0; i < xs.length; i += 2) {
      pair.set(xs.slice(i, i + 2));
      probe.expPair(free, free + 16);
      for (const lane of [0, 1]) {
        expect(Math.abs(pair[2 + lane] / Math.exp(xs[i + lane]) - 1)).toBeLessThan(4e-16);
      }
    }
    pair.set([-1e5, 1e5]);
    probe.expPair(free, free + 16);
    expect(pair[2]).toBeGreaterThan(0);
    expect(pair[3]).toBeLessThan(Number.POSITIVE_INFINITY);
    pair.set([0, Number.NaN]);
    probe.expPair(free, free + 16);
    expect([...pair.subarray(2)]).toEqual([1, Number.NaN]);
  });

  it('cos 2πx and sin 2πx are right to 4e-16, and exact at quarter turns', () => {
    const pair = new Float64Array(probe.memory.buffer, free, 6);
    const random = createRandom(3);
    for (let i = 0; i < 4000; i++) {
      const xs = [20 * random.normal(), random.uniform() - 0.5];
      pair.set(xs);
      probe.turnPair(free, free + 16);
      xs.forEach((x, lane) => {
        const angle = 2 * Math.PI * (x - Math.round(x));
        expect(Math.abs(pair[2 + lane] - Math.cos(angle))).toBeLessThan(4e-16);
        expect(Math.abs(pair[4 + lane] - Math.sin(angle))).toBeLessThan(4e-16);
      });
    }
    const quarters = [-1, -0.75, -0.5, -0.25, 0, 0.25, 0.5, 0.75, 1, 7.25];
    for (const x of quarters) {
      pair.set([x, x]);
      probe.turnPair(free, free + 16);
      expect(pair[2]).toBeCloseTo(Math.cos(2 * Math.PI * x), 13);
      expect(pair[4]).toBeCloseTo(Math.sin(2 * Math.PI * x), 13);
      expect(Math.abs(pair[2] * pair[4])).toBe(0);
    }
  });

  it.each(named.slice(0, 5))(
    'the cost curve is the least-squares fit at every field ($name)',
    ({ where, model }) => {
      const count = where.echoTimesMs.length;
      const echoes = voxels(where, model, 4, 0.1);
      const tables = curveTables(model);
      let at = free;
      const place = (source: Uint32Array | Float32Array): number => {
        const here = at;
        new Uint8Array(probe.memory.buffer, here).set(new Uint8Array(source.buffer));
        at = Math.ceil((here + source.byteLength) / 16) * 16;
        return here;
      };
      const part = (offset: 0 | 1) =>
        Float32Array.from({ length: 4 * count }, (_, i) => {
          const [k, voxel] = [Math.floor(i / 4), i % 4];
          return echoes[2 * (voxel * count + k) + offset];
        });
      probe.startModel(count, 1);
      probe.setEchoes(place(part(0)), place(part(1)), 4);
      probe.setCurve(
        tables.points,
        tables.pairsOfLag.length,
        place(tables.pairsOfLag),
        place(tables.pairs),
        place(tables.diagonal),
        place(tables.waves),
        at,
      );
      const values = new Float32Array(probe.memory.buffer, probe.curves(), 4 * tables.points);
      const second = new Int32Array(probe.memory.buffer, probe.secondDecay(), 4 * tables.points);
      for (let voxel = 0; voxel < 4; voxel++) {
        const signal = echoesOfVoxel(echoes, voxel, count);
        const largest = Math.max(...signal.map(Math.abs));
        const scaled = signal.map((v) => v / largest);
        const energy = scaled.reduce((sum, v) => sum + v * v, 0);
        for (let g = 0; g < tables.points; g++) {
          const field = (g - tables.points / 2) * tables.stepHz;
          const costs = CURVE_R2STAR.map(
            (r2star) => fit(independentColumns(model, field, r2star), scaled).cost,
          );
          const got = values[4 * g + voxel];
          expect(Math.abs(got - Math.min(...costs))).toBeLessThan(4e-6 * energy);
          const chosen = costs[second[4 * g + voxel] === 0 ? 0 : 1];
          expect(Math.abs(got - chosen)).toBeLessThan(4e-6 * energy);
        }
      }
    },
  );
});

describe.each(named)('candidates of $name', ({ where, model }) => {
  const count = where.echoTimesMs.length;
  const echoes = voxels(where, model, 24, 0.05);
  const found = findCandidates(model, interleavedRun(echoes, count));

  it('have the residual of a plain fit, best first, none twice', () => {
    const { stepHz } = curveTables(model);
    for (let i = 0; i < 24; i++) {
      const signal = echoesOfVoxel(echoes, i, count);
      const energy = signal.reduce((sum, v) => sum + v * v, 0);
      const at = Array.from({ length: CANDIDATES }, (_, x) => CANDIDATES * i + x);
      const used = at.filter((x) => found.cost[x] < Number.POSITIVE_INFINITY);
      expect(used.length).toBeGreaterThan(0);
      expect(used).toEqual(at.slice(0, used.length));
      used.forEach((x, rank) => {
        const expected = physicalCost(model, signal, found.fieldHz[x], found.r2starPerSecond[x]);
        expect(Math.abs(found.cost[x] - expected)).toBeLessThan(1e-5 * energy);
        expect(found.r2starPerSecond[x]).toBeGreaterThanOrEqual(0);
        if (rank > 0) expect(found.cost[x]).toBeGreaterThanOrEqual(found.cost[x - 1]);
        for (const other of used.slice(0, rank)) {
          const raw = found.fieldHz[x] - found.fieldHz[other];
          const turns = Number.isFinite(model.periodHz) ? Math.round(raw / model.periodHz) : 0;
          const apart = raw - (turns === 0 ? 0 : turns * model.periodHz);
          expect(Math.abs(apart)).toBeGreaterThan(0.5 * stepHz);
        }
      });
    }
  });
});

describe.each(named.flatMap((n) => [true, false].map((commonPhase) => ({ ...n, commonPhase }))))(
  'estimates of $name, common phase $commonPhase',
  ({ where, model, commonPhase }) => {
    const count = where.echoTimesMs.length;
    const echoes = voxels(where, model, 30, 0.01);
    const found = findCandidates(model, interleavedRun(echoes, count));
    const first = (values: Float32Array) => values.filter((_, i) => i % CANDIDATES === 0);
    const out = estimateVoxels(
      model,
      interleavedRun(echoes, count),
      first(found.fieldHz),
      first(found.r2starPerSecond),
      commonPhase,
    );

    /** Complex amounts of least residual at the estimated field and decay. */
    function amountsAt(i: number): [number, number][] {
      const signal = echoesOfVoxel(echoes, i, count);
      const [field, r2star] = [out.fieldHz[i], out.r2starPerSecond[i]];
      if (!commonPhase) {
        const { x } = fit(independentColumns(model, field, r2star), signal);
        return [
          [x[0], x[1]],
          [x[2], x[3]],
        ];
      }
      const phase = bestPhase(model, signal, field, r2star);
      return fitWithPhase(model, signal, field, r2star, phase).x.map((a) => [
        a * Math.cos(phase),
        a * Math.sin(phase),
      ]);
    }

    it('stand where the residual has no slope', () => {
      expect(out.notConverged).toBe(0);
      for (let i = 0; i < 30; i++) {
        const signal = echoesOfVoxel(echoes, i, count);
        const at = jacobian(
          model,
          out.fieldHz[i],
          out.r2starPerSecond[i],
          amountsAt(i),
          commonPhase,
        );
        const left = signal.map((v, k) => v - at.signal[k]);
        const cost = left.reduce((sum, v) => sum + v * v, 0);
        const energy = signal.reduce((sum, v) => sum + v * v, 0);
        expect(Math.abs(out.residualSquares[i] - cost)).toBeLessThan(1e-6 * cost + 1e-11 * energy);
        for (const column of at.columns) {
          const length = Math.hypot(...column);
          const slope = column.reduce((sum, v, k) => sum + v * left[k], 0) / length;
          expect(Math.abs(slope)).toBeLessThan(1e-5 * Math.sqrt(energy));
        }
      }
    });

    it('have the standard deviations of the inverse Fisher matrix', () => {
      for (let i = 0; i < 30; i++) {
        const amounts = amountsAt(i);
        const { columns } = jacobian(
          model,
          out.fieldHz[i],
          out.r2starPerSecond[i],
          amounts,
          commonPhase,
        );
        const fisher = columns.map((a) =>
          columns.map((b) => a.reduce((s, v, k) => s + v * b[k], 0)),
        );
        const sdAlong = (gradient: number[]) =>
          Math.sqrt(solve(fisher, gradient).reduce((sum, v, k) => sum + v * gradient[k], 0));
        const n = columns.length;
        const r2star = columns.map((_, k) => (k === n - 1 ? 1 : 0));
        expect(out.r2starSdPerNoise[i] / sdAlong(r2star)).toBeCloseTo(1, 4);
        expect(out.pdffSdPerNoise[i] / sdAlong(pdffGradient(amounts, n))).toBeCloseTo(1, 4);
      }
    });

    /** By central differences of the definition of PDFF. */
    function pdffGradient(amounts: [number, number][], n: number): number[] {
      const signs = amounts.map(([re, im]) => [re, im]);
      const [water, fat] = signs;
      if (commonPhase) {
        // The estimates' own signs: along the phase, which is that of water + fat.
        const total = Math.hypot(water[0] + fat[0], water[1] + fat[1]);
        const along = (z: number[]) =>
          (z[0] * (water[0] + fat[0]) + z[1] * (water[1] + fat[1])) / total;
        // A column points along its own amount, so a negative amount turns its sign.
        const perWater = (-100 * along(fat)) / total ** 2;
        const perFat = (100 * along(water)) / total ** 2;
        return [
          perWater * Math.sign(along(water)),
          perFat * Math.sign(along(fat)),
          ...Array.from({ length: n - 2 }, () => 0),
        ];
      }
      const lean = Math.hypot(...water) > Math.hypot(...fat);
      const share = (w: number[], f: number[]) =>
        (100 * Math.hypot(...(lean ? w : f))) / Math.hypot(w[0] + f[0], w[1] + f[1]);
      const h = 1e-6;
      return Array.from({ length: n }, (_, k) => {
        if (k > 3) return 0;
        const shifted = (d: number) => {
          const x = [...water, ...fat];
          x[k] += d;
          return share(x.slice(0, 2), x.slice(2));
        };
        return (shifted(h) - shifted(-h)) / (2 * h);
      });
    }
  },
);

describe('batches', () => {
  const { where, model } = named[1];
  const count = where.echoTimesMs.length;

  function bits(out: VoxelEstimates): number[] {
    return [out.pdffPercent, out.r2starPerSecond, out.fieldHz, out.pdffSdPerNoise].flatMap(
      (plane) => [...new Uint32Array(plane.buffer)],
    );
  }

  it('do not matter: a voxel gets the same bits alone and among others', () => {
    const total = BATCH + 3;
    const echoes = voxels(where, model, total, 0.05);
    const field = Float32Array.from({ length: total }, (_, i) => (i % 7) * 10 - 30);
    const all = estimateVoxels(model, interleavedRun(echoes, count), field, undefined, true);
    const candidates = findCandidates(model, interleavedRun(echoes, count));
    for (const i of [0, 1, 2, 5, BATCH - 1, BATCH, BATCH + 2]) {
      const own = interleavedRun(echoes.slice(2 * count * i, 2 * count * (i + 1)), count);
      const alone = estimateVoxels(model, own, field.slice(i, i + 1), undefined, true);
      const planes = [all.pdffPercent, all.r2starPerSecond, all.fieldHz, all.pdffSdPerNoise];
      expect(bits(alone)).toEqual(
        planes.flatMap((plane) => [...new Uint32Array(plane.slice(i, i + 1).buffer)]),
      );
      const ownCandidates = findCandidates(model, own);
      const places = [CANDIDATES * i, CANDIDATES * (i + 1)] as const;
      expect(ownCandidates.fieldHz).toEqual(candidates.fieldHz.slice(...places));
      expect(ownCandidates.cost).toEqual(candidates.cost.slice(...places));
    }
  });

  it('take echoes of any size', () => {
    const echoes = voxels(where, model, 8, 0.02);
    const run = (scale: number) =>
      estimateVoxels(
        model,
        interleavedRun(
          echoes.map((v) => v * scale),
          count,
        ),
        new Float32Array(8),
        undefined,
        true,
      ).pdffPercent;
    const small = findCandidates(
      model,
      interleavedRun(
        echoes.map((v) => v * 2 ** -60),
        count,
      ),
    );
    const plain = findCandidates(model, interleavedRun(echoes, count));
    expect(small.fieldHz).toEqual(plain.fieldHz);
    expect(run(2 ** 40)).toEqual(run(1));
  });
});
