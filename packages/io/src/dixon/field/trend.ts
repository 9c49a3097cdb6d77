import { CANDIDATES } from '../candidates.js';
import type { FieldProblem } from '../message-passing.js';
import { wrapHz } from '../signal-model.js';
import { type VoxelGraph, voxelGraph } from '../voxel-graph.js';
import { solvePositive } from './solve-positive.js';

/** Powers of x, y and z of one term. */
type Powers = readonly [number, number, number];

/** Degree of the polynomial. */
const DEGREE = 3;

/** Links used for the fit at most; more are thinned out evenly. */
const MOST_LINKS = 10_000;

/** An axis with fewer links has no trend: what so few show may as well be a swap. */
const FEWEST_LINKS = 200;

/** Residuals beyond this (Hz) lose their weight: first, after each pass, and at last. */
const ROBUST = { firstHz: 160, shrink: 0.75, leastHz: 25, passes: 10 } as const;

/** Classes of the histogram of differences over a period, or over {@link UNBOUND_SPAN_HZ} without one. */
const CLASSES = 36;
const UNBOUND_SPAN_HZ = 1000;

/** A polynomial of degree 3 in x, y and z (no constant): the slow part of a field map. */
export class FieldTrend {
  readonly #terms: readonly Powers[];
  readonly #coefficients: readonly number[];
  readonly #size: readonly number[];

  constructor(terms: readonly Powers[], coefficients: readonly number[], size: readonly number[]) {
    this.#terms = terms;
    this.#coefficients = coefficients;
    this.#size = size;
  }

  /** Value in Hz along a row, at places in units of voxels of the grid that was fitted. */
  row(y: number, z: number): (x: number) => number {
    const v = scaled(y, this.#size[1]);
    const w = scaled(z, this.#size[2]);
    let [c0, c1, c2, c3] = [0, 0, 0, 0];
    this.#terms.forEach(([a, b, c], k) => {
      const value = this.#coefficients[k] * monomial([0, b, c], 1, v, w);
      if (a === 0) c0 += value;
      else if (a === 1) c1 += value;
      else if (a === 2) c2 += value;
      else c3 += value;
    });
    const size = this.#size[0];
    return (x) => {
      const u = scaled(x, size);
      return c0 + u * (c1 + u * (c2 + u * c3));
    };
  }
}

/**
 * Fit the trend to the differences between neighbours of a labelling, within the period.
 *
 * Differences do not change when water and fat are swapped in both neighbours, and jumps between right
 * and swapped regions are outliers, which the fit (iteratively reweighted least squares, the scale
 * shrinking from pass to pass) leaves out. It starts from the most frequent difference along each axis.
 */
export function fitTrend(problem: FieldProblem, labels: Uint8Array): FieldTrend {
  const { size, periodHz } = problem;
  const { after } = voxelGraph(problem.voxels, [size[0], size[1], size[2]]);
  const axes = [0, 1, 2].filter((a) => countLinks(after[a]) >= FEWEST_LINKS);
  const terms = usableTerms(size, axes);
  const count = terms.length;
  if (count === 0) return new FieldTrend([], [], size);
  const { difference, weight, axis, design } = collectLinks(problem, labels, terms, after, axes);
  const links = difference.length;
  const coefficients = terms.map((powers) =>
    powers[0] + powers[1] + powers[2] === 1
      ? startOfAxis(powers.indexOf(1), size, difference, weight, axis, periodHz)
      : 0,
  );
  let robustHz: number = ROBUST.firstHz;
  for (let pass = 0; pass < ROBUST.passes; pass++) {
    const matrix = new Float64Array(count * count);
    const right = new Float64Array(count);
    let total = 0;
    for (let l = 0; l < links; l++) {
      const row = l * count;
      let predicted = 0;
      for (let k = 0; k < count; k++) predicted += coefficients[k] * design[row + k];
      const residual = wrapHz(difference[l] - predicted, periodHz);
      const w = weight[l] / (1 + (residual / robustHz) ** 2) ** 2;
      total += w;
      for (let k = 0; k < count; k++) {
        const scaledTerm = w * design[row + k];
        right[k] += scaledTerm * residual;
        for (let m = 0; m <= k; m++) matrix[k * count + m] += scaledTerm * design[row + m];
      }
    }
    // A little ridge keeps terms that the mask cannot tell apart from running away.
    for (let k = 0; k < count; k++) {
      matrix[k * count + k] += 1e-4 * matrix[k * count + k] + 1e-9 * total;
    }
    const step = solvePositive(matrix, right);
    if (step === undefined) break;
    for (let k = 0; k < count; k++) coefficients[k] += step[k];
    robustHz = Math.max(ROBUST.leastHz, robustHz * ROBUST.shrink);
  }
  return new FieldTrend(terms, coefficients, size);
}

/** The terms that a grid can tell apart: no more powers along an axis than it has steps. */
function usableTerms(size: readonly number[], axes: readonly number[]): Powers[] {
  const terms: Powers[] = [];
  for (let a = 0; a <= DEGREE; a++) {
    for (let b = 0; a + b <= DEGREE; b++) {
      for (let c = 0; a + b + c <= DEGREE; c++) {
        const powers: Powers = [a, b, c];
        const told = powers.every(
          (power, k) => power < size[k] && (power === 0 || axes.includes(k)),
        );
        if (a + b + c > 0 && told) terms.push(powers);
      }
    }
  }
  return terms;
}

interface Links {
  difference: Float64Array;
  weight: Float64Array;
  axis: Uint8Array;
  /** Differences of the terms, link after link. */
  design: Float64Array;
}

function countLinks(next: Int32Array): number {
  let count = 0;
  for (let i = 0; i < next.length; i++) if (next[i] >= 0) count++;
  return count;
}

function collectLinks(
  problem: FieldProblem,
  labels: Uint8Array,
  terms: readonly Powers[],
  after: VoxelGraph['after'],
  axes: readonly number[],
): Links {
  const { voxels, size, fieldHz, curvature, periodHz } = problem;
  const all = axes.reduce((sum, a) => sum + countLinks(after[a]), 0);
  const every = Math.max(1, Math.ceil(all / MOST_LINKS));
  const links = Math.ceil(all / every);
  const out: Links = {
    difference: new Float64Array(links),
    weight: new Float64Array(links),
    axis: new Uint8Array(links),
    design: new Float64Array(links * terms.length),
  };
  let seen = 0;
  let l = 0;
  for (const a of axes) {
    for (let i = 0; i < voxels.length; i++) {
      const j = after[a][i];
      if (j < 0 || seen++ % every !== 0) continue;
      const from = i * CANDIDATES + labels[i];
      const to = j * CANDIDATES + labels[j];
      out.difference[l] = wrapHz(fieldHz[to] - fieldHz[from], periodHz);
      out.weight[l] = Math.min(curvature[from], curvature[to]);
      out.axis[l] = a;
      const at = voxels[i];
      const x = at % size[0];
      const row = (at - x) / size[0];
      const y = row % size[1];
      const z = (row - y) / size[1];
      const [u, v, w] = [scaled(x, size[0]), scaled(y, size[1]), scaled(z, size[2])];
      const [p, q, r] = [
        scaled(a === 0 ? x + 1 : x, size[0]),
        scaled(a === 1 ? y + 1 : y, size[1]),
        scaled(a === 2 ? z + 1 : z, size[2]),
      ];
      for (let k = 0; k < terms.length; k++) {
        out.design[l * terms.length + k] =
          monomial(terms[k], p, q, r) - monomial(terms[k], u, v, w);
      }
      l++;
    }
  }
  capWeights(out.weight);
  return out;
}

/** Bright voxels shall not rule: weights above the 90th percentile count as that one. */
function capWeights(weight: Float64Array): void {
  const sorted = weight.slice().sort();
  const cap = sorted[Math.floor(0.9 * sorted.length)] || 1;
  for (let l = 0; l < weight.length; l++) weight[l] = Math.min(1, weight[l] / cap);
}

/** Coefficient of the linear term of an axis from the most frequent difference along it. */
function startOfAxis(
  along: number,
  size: readonly number[],
  difference: Float64Array,
  weight: Float64Array,
  axis: Uint8Array,
  periodHz: number,
): number {
  const span = periodHz < Infinity ? periodHz : UNBOUND_SPAN_HZ;
  const histogram = new Float64Array(CLASSES);
  for (let l = 0; l < difference.length; l++) {
    if (axis[l] !== along) continue;
    const bin = Math.floor((difference[l] / span + 0.5) * CLASSES);
    histogram[((bin % CLASSES) + CLASSES) % CLASSES] += weight[l];
  }
  let best = 0;
  let height = 0;
  for (let b = 0; b < CLASSES; b++) {
    const sides = histogram[(b + CLASSES - 1) % CLASSES] + histogram[(b + 1) % CLASSES];
    if (histogram[b] + 0.5 * sides > height) {
      height = histogram[b] + 0.5 * sides;
      best = b;
    }
  }
  if (height === 0) return 0;
  return ((best + 0.5) / CLASSES - 0.5) * span * 0.5 * (size[along] - 1);
}

function scaled(place: number, size: number): number {
  return size > 1 ? (2 * place) / (size - 1) - 1 : 0;
}

function monomial(powers: Powers, u: number, v: number, w: number): number {
  let value = 1;
  for (let k = 0; k < powers[0]; k++) value *= u;
  for (let k = 0; k < powers[1]; k++) value *= v;
  for (let k = 0; k < powers[2]; k++) value *= w;
  return value;
}
