/** The final fit: descends to the maximum-likelihood solution next to a start, with its Cramér–Rao bounds. */
import {
  COV_FF,
  COV_WF,
  COV_WW,
  FAT,
  FAT_PER_FIELD,
  FAT_PER_R2STAR,
  SCHUR_FF,
  SCHUR_RF,
  SCHUR_RR,
  solvePhase,
  WATER,
  WATER_PER_FIELD,
  WATER_PER_R2STAR,
} from './common-phase-fit.as';
import { COST, FIT } from './fit.as';
import {
  CURVATURE,
  FAT_IM,
  FAT_RE,
  solveIndependent,
  varianceAlong,
  WATER_IM,
  WATER_RE,
} from './independent-fit.as';
import { loadVoxel } from './model.as';
import { evaluateMoments } from './moments.as';
import { add, cross, div, dot, mul, neg, select, splat, sqrt, sub } from './pair.as';
import {
  clearQueue,
  descend,
  enqueue,
  fieldHere,
  hasConverged,
  r2starHere,
  replace,
  setLimits,
  startDescents,
  voxelOf,
} from './refine.as';

/** R2* in 1/s: wide enough never to bind where there is a signal. */
const LOWEST_R2STAR: f64 = -3000;
const HIGHEST_R2STAR: f64 = 10000;

/** Converged when R2* moves less than this, 1/s, and 2π·field less than this, rad/s. */
const TOLERANCE: f64 = 1e-4;

const MOST_EVALUATIONS: f64 = 100;

/** Decays tried, in 1/s, where only a field is known. */
const STARTS = memory.data<f64>([30, 100, 200, 400, 800]);
const START_COUNT: usize = 5;

/** What is written: `capacity` float32 places for each quantity, in this order. */
let out: usize = 0;
let capacity: usize = 0;
const OUT_WATER: usize = 0;
const OUT_FAT: usize = 1;
const OUT_PDFF: usize = 2;
const OUT_R2STAR: usize = 3;
const OUT_FIELD: usize = 4;
const OUT_RESIDUAL: usize = 5;
const OUT_PDFF_SD: usize = 6;
const OUT_R2STAR_SD: usize = 7;

export function setEstimates(address: usize, places: usize): void {
  out = address;
  capacity = places;
}

/**
 * Fit `count` voxels from the fields (f32) at `fields` and the decays (f32) at `decays`; 0 there tries
 * several. Returns how many did not converge.
 */
export function estimate(
  count: i32,
  fields: usize,
  decays: usize,
  commonPhase: bool,
  fieldStepHz: f64,
): i32 {
  clearQueue();
  if (decays != 0) {
    for (let i = 0; i < count; i++) {
      enqueue(i, load<f32>(fields + 4 * i), load<f32>(decays + 4 * i));
    }
  } else {
    enqueueBestDecays(count, fields, commonPhase);
  }
  setLimits(MOST_EVALUATIONS, fieldStepHz, LOWEST_R2STAR, HIGHEST_R2STAR, TOLERANCE);
  let notConverged = 0;
  let working = startDescents();
  while (working) {
    const done = descend(commonPhase);
    if (done == 0) continue;
    if (commonPhase) writeCommon(done);
    else writeIndependent(done);
    if (done & 1 && !hasConverged(0)) notConverged++;
    if (done & 2 && !hasConverged(1)) notConverged++;
    working = replace(done);
  }
  return notConverged;
}

/** Queue each voxel with that of the {@link STARTS} which leaves the least residual. */
function enqueueBestDecays(count: i32, fields: usize, commonPhase: bool): void {
  for (let i = 0; i < count; i += 2) {
    const second = min(i + 1, count - 1);
    loadVoxel(i, 0);
    loadVoxel(second, 1);
    const field = f64x2.replace_lane(
      splat(load<f32>(fields + 4 * i)),
      1,
      load<f32>(fields + 4 * second),
    );
    let least = splat(Infinity);
    let best = splat(load<f64>(STARTS));
    for (let s: usize = 0; s < START_COUNT; s++) {
      const decay = splat(load<f64>(STARTS + 8 * s));
      evaluateMoments(field, decay);
      const cost = commonPhase ? solvePhase() : independentCost();
      const better = f64x2.lt(cost, least);
      least = select(better, cost, least);
      best = select(better, decay, best);
    }
    enqueue(i, f64x2.extract_lane(field, 0), f64x2.extract_lane(best, 0));
    if (second > i) enqueue(second, f64x2.extract_lane(field, 1), f64x2.extract_lane(best, 1));
  }
}

function independentCost(): v128 {
  solveIndependent();
  return v128.load(FIT + COST);
}

/** Write one quantity of the lanes that are done. */
function write(done: i32, quantity: usize, value: v128): void {
  const to = out + 4 * capacity * quantity;
  if (done & 1) store<f32>(to + 4 * <usize>voxelOf(0), <f32>f64x2.extract_lane(value, 0));
  if (done & 2) store<f32>(to + 4 * <usize>voxelOf(1), <f32>f64x2.extract_lane(value, 1));
}

/**
 * PDFF = 100·F/(W + F), unclamped. Cramér–Rao bound: the inverse of the 5×5 Fisher matrix JᵀJ/σ² by
 * blocks, carried to PDFF by its gradient (−F, W)·100/(W + F)².
 */
function writeCommon(done: i32): void {
  const water = v128.load(FIT + WATER);
  const fat = v128.load(FIT + FAT);
  const rr = v128.load(FIT + SCHUR_RR);
  const rf = v128.load(FIT + SCHUR_RF);
  const ff = v128.load(FIT + SCHUR_FF);
  const total = add(water, fat);
  const scale = div(splat(1), cross(rr, ff, rf, rf));
  const perTotal = div(splat(100), mul(total, total));
  const gw = neg(mul(fat, perTotal));
  const gf = mul(water, perTotal);
  const two = splat(2);
  const direct = add(
    dot(mul(gw, gw), v128.load(FIT + COV_WW), mul(gf, gf), v128.load(FIT + COV_FF)),
    mul(mul(two, gw), mul(gf, v128.load(FIT + COV_WF))),
  );
  const perR = dot(gw, v128.load(FIT + WATER_PER_R2STAR), gf, v128.load(FIT + FAT_PER_R2STAR));
  const perF = dot(gw, v128.load(FIT + WATER_PER_FIELD), gf, v128.load(FIT + FAT_PER_FIELD));
  const coupled = sub(
    dot(mul(perR, perR), ff, mul(perF, perF), rr),
    mul(mul(two, rf), mul(perR, perF)),
  );
  write(done, OUT_WATER, water);
  write(done, OUT_FAT, fat);
  write(done, OUT_PDFF, div(mul(splat(100), fat), total));
  write(done, OUT_R2STAR, r2starHere());
  write(done, OUT_FIELD, fieldHere());
  write(done, OUT_RESIDUAL, v128.load(FIT + COST));
  write(done, OUT_PDFF_SD, sqrt(add(direct, mul(coupled, scale))));
  write(done, OUT_R2STAR_SD, sqrt(mul(ff, scale)));
}

/**
 * PDFF by magnitude discrimination (Liu et al., MRM 2007;58:354): 1 − |W|/|W + F| where water
 * dominates, |F|/|W + F| elsewhere, so that noise is not rectified in lean tissue.
 */
function writeIndependent(done: i32): void {
  const wr = v128.load(FIT + WATER_RE);
  const wi = v128.load(FIT + WATER_IM);
  const fr = v128.load(FIT + FAT_RE);
  const fi = v128.load(FIT + FAT_IM);
  const water = sqrt(dot(wr, wr, wi, wi));
  const fat = sqrt(dot(fr, fr, fi, fi));
  const totalRe = add(wr, fr);
  const totalIm = add(wi, fi);
  const total = sqrt(dot(totalRe, totalRe, totalIm, totalIm));
  const lean = f64x2.gt(water, fat);
  const one = splat(1);
  const share = div(select(lean, water, fat), total);
  // Gradient of |dominant|/|W + F| as complex weights of δW and δF (both estimates are circular).
  const main = select(lean, water, fat);
  const own = div(one, mul(main, total));
  const toTotal = neg(div(share, mul(total, total)));
  const bothRe = mul(toTotal, totalRe);
  const bothIm = mul(toTotal, totalIm);
  const mainRe = add(bothRe, mul(own, select(lean, wr, fr)));
  const mainIm = add(bothIm, mul(own, select(lean, wi, fi)));
  const variance = varianceAlong(
    select(lean, mainRe, bothRe),
    select(lean, mainIm, bothIm),
    select(lean, bothRe, mainRe),
    select(lean, bothIm, mainIm),
  );
  const hundred = splat(100);
  write(done, OUT_WATER, water);
  write(done, OUT_FAT, fat);
  write(done, OUT_PDFF, mul(hundred, select(lean, sub(one, share), share)));
  write(done, OUT_R2STAR, r2starHere());
  write(done, OUT_FIELD, fieldHere());
  write(done, OUT_RESIDUAL, v128.load(FIT + COST));
  write(done, OUT_PDFF_SD, mul(hundred, sqrt(variance)));
  write(done, OUT_R2STAR_SD, sqrt(div(one, v128.load(FIT + CURVATURE))));
}
