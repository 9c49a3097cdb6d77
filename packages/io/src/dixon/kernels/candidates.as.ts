/** The fields that may be right for a voxel, from its echoes alone. */
import { FAT, solvePhase, WATER } from './common-phase-fit.as';
import { computeCurves, SCALED_ENERGY, second, values } from './cost-curve.as';
import { FIT } from './fit.as';
import { CURVATURE } from './independent-fit.as';
import { ENERGY, LANES } from './model.as';
import { B_FAT_IM, B_FAT_RE, B_WATER_IM, B_WATER_RE, FAT0, sum, WATER0 } from './moments.as';
import { div, dot, mul, select, splat, sub } from './pair.as';
import {
  clearQueue,
  descend,
  enqueue,
  entryOf,
  fieldHere,
  queueLength,
  r2starHere,
  replace,
  setLimits,
  startDescents,
} from './refine.as';

/** Candidate fields per voxel at most. */
const CANDIDATES: i32 = 4;

/** Candidates are only ranked here; the chosen one is refined to convergence later. */
const POLISH_EVALUATIONS: f64 = 4;

/** Steps below this (1/s, rad/s) change no ranking. */
const POLISH_TOLERANCE: f64 = 5;

/** R2* of a candidate, 1/s: a decay that is physical; the final fit is not bound by it. */
const LOWEST_R2STAR: f64 = 0;
const HIGHEST_R2STAR: f64 = 2000;

/**
 * A minimum this share of the signal's energy above the best one explains the echoes too badly to be
 * true, and a voxel too noisy for that has no minimum so high.
 */
const HOPELESS: f64 = 0.25;

/** Candidates that end nearer than this share of a grid step are one and the same. */
const SAME_WITHIN_STEPS: f64 = 0.5;

let points: i32 = 0;
let cyclic: bool = false;
let stepHz: f64 = 0;
/** 0 where the field has no period. */
let periodHz: f64 = 0;
let decay0: f64 = 0;
let decay1: f64 = 0;

/** Descents of the queue that are done: field, R2*, cost and curvature (f64) of each. */
let polished: usize = 0;
/** For each voxel the number of its entries in the queue, u32. */
let entriesOfVoxel: usize = 0;
/** What is written: `capacity` float32 places for each of field, R2*, cost and curvature. */
let out: usize = 0;
let plane: usize = 0;

export function setSearch(
  pointCount: i32,
  isCyclic: bool,
  gridStepHz: f64,
  fieldPeriodHz: f64,
  firstDecay: f64,
  secondDecay: f64,
): void {
  points = pointCount;
  cyclic = isCyclic;
  stepHz = gridStepHz;
  periodHz = fieldPeriodHz;
  decay0 = firstDecay;
  decay1 = secondDecay;
}

export function setCandidates(
  scratch: usize,
  counts: usize,
  address: usize,
  capacity: usize,
): void {
  polished = scratch;
  entriesOfVoxel = counts;
  out = address;
  plane = 4 * capacity;
}

/** Write the candidates of `count` voxels. */
export function findCandidates(count: i32): void {
  clearQueue();
  for (let i = 0; i < count; i += 4) {
    computeCurves(i);
    collectMinima();
    const end = min(4, count - i);
    for (let lane = 0; lane < end; lane++) enqueueMinima(i + lane, lane);
  }
  setLimits(POLISH_EVALUATIONS, 2 * stepHz, LOWEST_R2STAR, HIGHEST_R2STAR, POLISH_TOLERANCE);
  let working = startDescents();
  while (working) {
    const done = descend(false);
    if (done == 0) continue;
    const curvature = mul(v128.load(FIT + CURVATURE), splat(4 * Math.PI * Math.PI));
    const cost = physicalCost();
    if (done & 1) keep(0, f64x2.extract_lane(cost, 0), f64x2.extract_lane(curvature, 0));
    if (done & 2) keep(1, f64x2.extract_lane(cost, 1), f64x2.extract_lane(curvature, 1));
    working = replace(done);
  }
  let entry = 0;
  for (let i = 0; i < count; i++) {
    const end = entry + load<i32>(entriesOfVoxel + 4 * i);
    let kept = 0;
    for (; entry < end; entry++) kept = insert(4 * CANDIDATES * i, kept, polished + 32 * entry);
    for (; kept < CANDIDATES; kept++) {
      put(4 * (CANDIDATES * i + kept), 0, 0, <f32>Infinity, 0);
    }
  }
}

/** For each of the four voxels its lowest minima, lowest first: value (f32) and grid point (i32). */
const MINIMA = memory.data(128, 16);
const FOUND = memory.data(16, 16);

/** Find the local minima of the four curves. */
function collectMinima(): void {
  v128.store(FOUND, i32x4.splat(0));
  const edge = f32x4.splat(<f32>Infinity);
  const end = values + LANES * points;
  let before = cyclic ? v128.load(end - LANES) : edge;
  let value = v128.load(values);
  for (let g = 0; g < points; g++) {
    const next = values + LANES * (g + 1);
    const after = next < end ? v128.load(next) : cyclic ? v128.load(values) : edge;
    let lanes = i32x4.bitmask(v128.and(f32x4.lt(value, before), f32x4.le(value, after)));
    while (lanes != 0) {
      addMinimum(ctz(lanes), g);
      lanes &= lanes - 1;
    }
    before = value;
    value = after;
  }
}

function addMinimum(lane: i32, g: i32): void {
  const value = load<f32>(values + LANES * g + 4 * lane);
  const list = MINIMA + 32 * lane;
  const found = load<i32>(FOUND + 4 * lane);
  let i = found;
  for (; i > 0 && load<f32>(list + 8 * (i - 1)) > value; i--) {
    if (i < CANDIDATES) store<u64>(list + 8 * i, load<u64>(list + 8 * (i - 1)));
  }
  if (i == CANDIDATES) return;
  store<f32>(list + 8 * i, value);
  store<i32>(list + 8 * i, g, 4);
  store<i32>(FOUND + 4 * lane, min(found + 1, CANDIDATES));
}

/** Queue the minima of one lane that are not hopeless; a curve without any starts at its first point. */
function enqueueMinima(voxel: i32, lane: i32): void {
  const list = MINIMA + 32 * lane;
  const found = load<i32>(FOUND + 4 * lane);
  let queued = 1;
  enqueueAt(voxel, lane, found > 0 ? load<i32>(list, 4) : 0);
  const limit = load<f32>(list) + HOPELESS * load<f32>(SCALED_ENERGY + 4 * lane);
  while (queued < found && load<f32>(list + 8 * queued) <= limit) {
    enqueueAt(voxel, lane, load<i32>(list + 8 * queued, 4));
    queued++;
  }
  store<i32>(entriesOfVoxel + 4 * voxel, queued);
}

function enqueueAt(voxel: i32, lane: i32, g: i32): void {
  const isSecond = load<i32>(second + LANES * g + 4 * lane) != 0;
  const steps = <f64>(g - points / 2) + offsetInSteps(lane, g);
  enqueue(voxel, steps * stepHz, isSecond ? decay1 : decay0);
}

/** Vertex of the parabola through a minimum and its neighbours, in grid steps. */
function offsetInSteps(lane: i32, g: i32): f64 {
  if (!cyclic && (g == 0 || g == points - 1)) return 0;
  const at = values + 4 * lane;
  const before = <f64>load<f32>(at + LANES * (g > 0 ? g - 1 : points - 1));
  const here = <f64>load<f32>(at + LANES * g);
  const after = <f64>load<f32>(at + LANES * (g < points - 1 ? g + 1 : 0));
  const bend = before - 2 * here + after;
  return bend > 0 ? max(-0.5, min(0.5, (0.5 * (before - after)) / bend)) : 0;
}

/**
 * The least residual, where the moments stand, with one phase, water ≥ 0 and fat ≥ 0: a negative amount
 * is no candidate.
 */
function physicalCost(): v128 {
  const cost = solvePhase();
  const zero = splat(0);
  const physical = v128.and(
    f64x2.ge(v128.load(FIT + WATER), zero),
    f64x2.ge(v128.load(FIT + FAT), zero),
  );
  const bwr = sum(B_WATER_RE);
  const bwi = sum(B_WATER_IM);
  const bfr = sum(B_FAT_RE);
  const bfi = sum(B_FAT_IM);
  const water = div(dot(bwr, bwr, bwi, bwi), sum(WATER0));
  const fat = div(dot(bfr, bfr, bfi, bfi), sum(FAT0));
  const alone = f64x2.max(zero, sub(v128.load(ENERGY), f64x2.max(water, fat)));
  return select(physical, cost, alone);
}

/** Remember where the descent in a lane ended. */
function keep(lane: i32, cost: f64, curvature: f64): void {
  const to = polished + 32 * <usize>entryOf(lane);
  const field = fieldHere();
  const r2star = r2starHere();
  store<f64>(to, lane ? f64x2.extract_lane(field, 1) : f64x2.extract_lane(field, 0));
  store<f64>(to, lane ? f64x2.extract_lane(r2star, 1) : f64x2.extract_lane(r2star, 0), 8);
  store<f64>(to, cost, 16);
  store<f64>(to, curvature, 24);
}

/** Insert into the list at `list`, which holds `kept`, sorted by cost and free of duplicates. */
function insert(list: usize, kept: i32, from: usize): i32 {
  const field = load<f64>(from);
  const cost = load<f64>(from, 16);
  for (let i = 0; i < kept; i++) {
    if (distanceHz(load<f32>(out + list + 4 * i), field) > SAME_WITHIN_STEPS * stepHz) continue;
    if (<f64>load<f32>(out + 2 * plane + list + 4 * i) <= cost) return kept;
    for (let j = i; j < kept - 1; j++) move(list + 4 * (j + 1), list + 4 * j);
    kept--;
    break;
  }
  let i = kept;
  for (; i > 0 && <f64>load<f32>(out + 2 * plane + list + 4 * (i - 1)) > cost; i--) {
    move(list + 4 * (i - 1), list + 4 * i);
  }
  put(list + 4 * i, <f32>field, <f32>load<f64>(from, 8), <f32>cost, <f32>load<f64>(from, 24));
  return kept + 1;
}

function distanceHz(a: f64, b: f64): f64 {
  const raw = a - b;
  return abs(periodHz > 0 ? raw - periodHz * nearest(raw / periodHz) : raw);
}

function put(at: usize, field: f32, r2star: f32, cost: f32, curvature: f32): void {
  store<f32>(out + at, field);
  store<f32>(out + plane + at, r2star);
  store<f32>(out + 2 * plane + at, cost);
  store<f32>(out + 3 * plane + at, curvature);
}

function move(from: usize, to: usize): void {
  for (let p: usize = 0; p < 4; p++) {
    store<f32>(out + p * plane + to, load<f32>(out + p * plane + from));
  }
}
