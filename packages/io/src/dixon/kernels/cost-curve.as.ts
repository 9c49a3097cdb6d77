/**
 * The residuals of four voxels as functions of the field, water and fat projected out, in float32: good to
 * a millionth of the signal's energy, which is plenty for finding minima. The formula stands in
 * `cost-curve.ts`, which computes the tables.
 */
import { echoCount, imaginaryOf, LANES, realOf } from './model.as';

let points: i32 = 0;
let half: i32 = 0;
let lags: i32 = 0;
/** For each lag the number of its pairs, u32. */
let pairsOfLag: usize = 0;
/** Pairs k > l by lag: k and l (u32), then Re P and Im P for both decays (f32). */
let pairs: usize = 0;
/** P_kk of each echo for both decays, f32. */
let diagonal: usize = 0;
/** For each grid point from 0 up and each lag 2 cos and 2 sin, f32. */
let waves: usize = 0;
/** Scratch: Re and Im of each lag sum for both decays. */
let lagSums: usize = 0;
/** The curves: the lesser residual at each grid point … */
export let values: usize = 0;
/** … and a mask, set where it belongs to the second decay. */
export let second: usize = 0;

/** Echoes over the largest part of any, so that no square leaves the range of float32. */
const SCALED = memory.data(2048, 16);
/** Σ|s|² of the scaled echoes. */
export const SCALED_ENERGY = memory.data(16, 16);

const SMALLEST_SCALE: f32 = 1e-30;

export function setCurve(
  pointCount: i32,
  lagCount: i32,
  countsAddress: usize,
  pairsAddress: usize,
  diagonalAddress: usize,
  wavesAddress: usize,
  scratchAddress: usize,
): void {
  points = pointCount;
  half = pointCount / 2;
  lags = lagCount;
  pairsOfLag = countsAddress;
  pairs = pairsAddress;
  diagonal = diagonalAddress;
  waves = wavesAddress;
  lagSums = scratchAddress;
  values = lagSums + 4 * LANES * lags;
  second = values + LANES * points;
}

/** Compute the curves of the voxels `voxel` … `voxel + 3`. */
export function computeCurves(voxel: usize): void {
  const echoes = <usize>echoCount;
  let largest = f32x4.splat(SMALLEST_SCALE);
  for (let k: usize = 0; k < echoes; k++) {
    const re = v128.load(realOf(k) + 4 * voxel);
    const im = v128.load(imaginaryOf(k) + 4 * voxel);
    largest = f32x4.max(largest, f32x4.max(f32x4.abs(re), f32x4.abs(im)));
  }
  const scale = f32x4.div(f32x4.splat(1), largest);
  let energy = f32x4.splat(0);
  let first0 = f32x4.splat(0);
  let first1 = f32x4.splat(0);
  for (let k: usize = 0; k < echoes; k++) {
    const re = f32x4.mul(v128.load(realOf(k) + 4 * voxel), scale);
    const im = f32x4.mul(v128.load(imaginaryOf(k) + 4 * voxel), scale);
    v128.store(SCALED + 2 * LANES * k, re);
    v128.store(SCALED + 2 * LANES * k, im, 16);
    const square = f32x4.add(f32x4.mul(re, re), f32x4.mul(im, im));
    energy = f32x4.add(energy, square);
    first0 = f32x4.add(first0, f32x4.mul(square, v128.load32_splat(diagonal + 8 * k)));
    first1 = f32x4.add(first1, f32x4.mul(square, v128.load32_splat(diagonal + 8 * k, 4)));
  }
  v128.store(SCALED_ENERGY, energy);
  sumLags();
  lowerEnvelope(f32x4.sub(energy, first0), f32x4.sub(energy, first1));
}

/** Add up the products of echoes by lag. */
function sumLags(): void {
  let pair = pairs;
  for (let d: usize = 0; d < <usize>lags; d++) {
    let re0 = f32x4.splat(0);
    let im0 = f32x4.splat(0);
    let re1 = f32x4.splat(0);
    let im1 = f32x4.splat(0);
    const end = pair + 24 * load<u32>(pairsOfLag + 4 * d);
    for (; pair < end; pair += 24) {
      const k = SCALED + 2 * LANES * load<u32>(pair);
      const l = SCALED + 2 * LANES * load<u32>(pair, 4);
      const ar = v128.load(k);
      const ai = v128.load(k, 16);
      const br = v128.load(l);
      const bi = v128.load(l, 16);
      const xr = f32x4.add(f32x4.mul(ar, br), f32x4.mul(ai, bi));
      const xi = f32x4.sub(f32x4.mul(ar, bi), f32x4.mul(ai, br));
      const pr0 = v128.load32_splat(pair, 8);
      const pi0 = v128.load32_splat(pair, 12);
      const pr1 = v128.load32_splat(pair, 16);
      const pi1 = v128.load32_splat(pair, 20);
      re0 = f32x4.add(re0, f32x4.sub(f32x4.mul(xr, pr0), f32x4.mul(xi, pi0)));
      im0 = f32x4.add(im0, f32x4.add(f32x4.mul(xr, pi0), f32x4.mul(xi, pr0)));
      re1 = f32x4.add(re1, f32x4.sub(f32x4.mul(xr, pr1), f32x4.mul(xi, pi1)));
      im1 = f32x4.add(im1, f32x4.add(f32x4.mul(xr, pi1), f32x4.mul(xi, pr1)));
    }
    const to = lagSums + 4 * LANES * d;
    v128.store(to, re0);
    v128.store(to, im0, 16);
    v128.store(to, re1, 32);
    v128.store(to, im1, 48);
  }
}

/** Points ±g share their products: the even part adds, the odd part changes sign. */
function lowerEnvelope(constant0: v128, constant1: v128): void {
  let wave = waves;
  for (let g = 0; g <= half; g++) {
    let even0 = constant0;
    let even1 = constant1;
    let odd0 = f32x4.splat(0);
    let odd1 = f32x4.splat(0);
    let lag = lagSums;
    for (let d = 0; d < lags; d++, wave += 8, lag += 4 * LANES) {
      const cos = v128.load32_splat(wave);
      const sin = v128.load32_splat(wave, 4);
      even0 = f32x4.sub(even0, f32x4.mul(v128.load(lag), cos));
      odd0 = f32x4.add(odd0, f32x4.mul(v128.load(lag, 16), sin));
      even1 = f32x4.sub(even1, f32x4.mul(v128.load(lag, 32), cos));
      odd1 = f32x4.add(odd1, f32x4.mul(v128.load(lag, 48), sin));
    }
    if (g < half) keepLesser(half + g, f32x4.add(even0, odd0), f32x4.add(even1, odd1));
    keepLesser(half - g, f32x4.sub(even0, odd0), f32x4.sub(even1, odd1));
  }
}

function keepLesser(point: usize, first: v128, other: v128): void {
  const less = f32x4.lt(other, first);
  v128.store(values + LANES * point, v128.bitselect(other, first, less));
  v128.store(second + LANES * point, less);
}
