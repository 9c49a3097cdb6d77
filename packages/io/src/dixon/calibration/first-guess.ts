import type { Vector3 } from '@steatosis/core';
import { voxelGraph } from '../voxel-graph.js';
import { TERMS } from './acquisition-errors.js';

/** Errors that are guessed smaller than this (rad) are left to the fit: the guess can be wrong by half of it. */
const WORTH_A_GUESS = 0.3;

/** Voxels of tissue with their echoes and places. */
export interface EchoedVoxels {
  /** Echoes (re, im, …) of the voxels, one voxel after the other. */
  echoes: Float32Array;
  /** Echoes of each voxel, ≥ 4. */
  count: number;
  /** Indices of the voxels in their grid, ascending … */
  voxels: Int32Array;
  /** … which has this size. */
  size: Readonly<Vector3>;
  /** (x, y, z) of each voxel from −1 to 1 across the grid of the errors. */
  coordinates: Float32Array;
  /** Distance of neighbouring voxels along x, y, z in these coordinates. */
  steps: Readonly<Vector3>;
}

/**
 * Guess the errors of evenly spaced echoes without knowing field, water or fat.
 *
 * In `s̄_k² s_{k−1} s_{k+1}` the phase at echo time 0 and the field cancel, and so does the shift of a voxel that
 * holds water only or fat only; what is left is ±4 times the bipolar phase (modulo 2π), and where k − 1 is the first
 * echo its phase besides. Voxels with water and fat only blur this. The mean turn between neighbours gives the
 * slopes, the mean over all voxels the constant. Good to about 0.1 rad, which is near enough to start from.
 *
 * @returns amounts of `TERMS`; 0 for a phase too small to need a guess
 */
export function guessErrors(sample: EchoedVoxels): Float64Array {
  const { echoes, count, voxels } = sample;
  const alternation = new Float32Array(2 * voxels.length);
  const first = new Float32Array(2 * voxels.length);
  const turn = new Float64Array(2);
  for (let v = 0; v < voxels.length; v++) {
    const at = 2 * v * count;
    let re = 0;
    let im = 0;
    for (let k = 2; k < count - 1; k++) {
      secondDifference(echoes, at + 2 * k, turn);
      re += turn[0];
      im += k % 2 === 0 ? -turn[1] : turn[1];
    }
    unit(alternation, v, re, im);
    secondDifference(echoes, at + 2, turn);
    unit(first, v, turn[0] * re + turn[1] * im, turn[1] * re - turn[0] * im);
  }
  const terms = new Float64Array(TERMS.length);
  const graph = voxelGraph(voxels, sample.size);
  for (const [field, kind, share] of [
    [alternation, 0, 0.25],
    [first, 1, 1],
  ] as const) {
    const phase = linearPhase(field, sample, graph.after);
    if (phase.reduce((sum, p) => sum + Math.abs(share * p), 0) < WORTH_A_GUESS) continue;
    TERMS.forEach((term, i) => {
      if (term.kind === kind) terms[i] = share * phase[term.space];
    });
  }
  return terms;
}

/** `s̄² · before · after` of the echo at place `at`. */
function secondDifference(echoes: Float32Array, at: number, out: Float64Array): void {
  const re = echoes[at];
  const im = echoes[at + 1];
  const aroundRe = echoes[at - 2] * echoes[at + 2] - echoes[at - 1] * echoes[at + 3];
  const aroundIm = echoes[at - 2] * echoes[at + 3] + echoes[at - 1] * echoes[at + 2];
  const ownRe = re * re - im * im;
  const ownIm = 2 * re * im;
  out[0] = aroundRe * ownRe + aroundIm * ownIm;
  out[1] = aroundIm * ownRe - aroundRe * ownIm;
}

function unit(field: Float32Array, v: number, re: number, im: number): void {
  const length = Math.hypot(re, im);
  if (length === 0) return;
  field[2 * v] = re / length;
  field[2 * v + 1] = im / length;
}

/** Constant and slopes (x, y, z; from centre to edge) of the phase of a field of unit numbers. */
function linearPhase(
  field: Float32Array,
  { coordinates, steps, voxels }: EchoedVoxels,
  after: readonly [Int32Array, Int32Array, Int32Array],
): [number, number, number, number] {
  const slopes = after.map((next, axis) => {
    let re = 0;
    let im = 0;
    for (let v = 0; v < next.length; v++) {
      const w = next[v];
      if (w < 0) continue;
      re += field[2 * w] * field[2 * v] + field[2 * w + 1] * field[2 * v + 1];
      im += field[2 * w + 1] * field[2 * v] - field[2 * w] * field[2 * v + 1];
    }
    return re === 0 && im === 0 ? 0 : Math.atan2(im, re) / steps[axis];
  });
  let re = 0;
  let im = 0;
  for (let v = 0; v < voxels.length; v++) {
    let angle = 0;
    for (let axis = 0; axis < 3; axis++) angle += slopes[axis] * coordinates[3 * v + axis];
    const cos = Math.cos(angle);
    const sin = Math.sin(angle);
    re += field[2 * v] * cos + field[2 * v + 1] * sin;
    im += field[2 * v + 1] * cos - field[2 * v] * sin;
  }
  return [Math.atan2(im, re), slopes[0], slopes[1], slopes[2]];
}
