/**
 * Gauss–Newton descent that halves a step which does not descend. Two voxels descend side by side; when one
 * is done the next of the queue takes its lane.
 */
import { solveCommonPhase } from './common-phase-fit.as';
import { COST, FIT, STEP_FIELD, STEP_R2STAR } from './fit.as';
import { solveIndependent } from './independent-fit.as';
import { ENERGY, loadVoxel } from './model.as';
import { evaluateMoments } from './moments.as';
import { add, clamp, mul, neg, select, splat, sub } from './pair.as';

/** Longest single step of R2*, 1/s. */
const LONGEST_R2STAR_STEP: f64 = 300;

/** A rise of the cost below this share of the signal's energy is rounding. */
const ROUNDING: f64 = 1e-13;

/** What a lane holds. */
const STATE = memory.data(160, 16);
const FIELD: usize = 0;
const R2STAR: usize = 16;
const FIELD_STEP: usize = 32;
const R2STAR_STEP: usize = 48;
/** Cost at (FIELD, R2STAR). */
const HERE: usize = 64;
const EVALUATIONS: usize = 80;
/** Nothing was evaluated yet. */
const FIRST: usize = 96;
/** No step descends: the last evaluation is at (FIELD, R2STAR). */
const LAST: usize = 112;
const CONVERGED: usize = 128;

/** The queue: for each entry the voxel (u32), 4 bytes of nothing, the field and the decay to start from. */
const ENTRY: usize = 24;
let queue: usize = 0;
let queued: i32 = 0;
let taken: i32 = 0;
/** Lanes at work, as bits. */
let working: i32 = 0;
/** Entry in each lane. */
let entry0: i32 = 0;
let entry1: i32 = 0;

let mostEvaluations: f64 = 0;
let longestFieldStep: f64 = 0;
let lowestR2star: f64 = 0;
let highestR2star: f64 = 0;
let tolerance: f64 = 0;

/** Where the queue lies; room for all entries of one call. */
export function setQueue(address: usize): void {
  queue = address;
}

/**
 * How far and how long a descent may go: evaluations at most, longest step of the field in Hz, bounds of
 * R2* in 1/s, and the steps of R2* (1/s) and 2π·field (rad/s) below which it has converged.
 */
export function setLimits(
  evaluations: f64,
  fieldStepHz: f64,
  lowest: f64,
  highest: f64,
  small: f64,
): void {
  mostEvaluations = evaluations;
  longestFieldStep = fieldStepHz;
  lowestR2star = lowest;
  highestR2star = highest;
  tolerance = small;
}

export function clearQueue(): void {
  queued = 0;
  taken = 0;
  working = 0;
}

export function enqueue(voxel: u32, fieldHz: f64, r2star: f64): void {
  const at = queue + ENTRY * queued++;
  store<u32>(at, voxel);
  store<f64>(at, fieldHz, 8);
  store<f64>(at, r2star, 16);
}

export function queueLength(): i32 {
  return queued;
}

/** Fill both lanes; false when the queue is empty. */
export function startDescents(): bool {
  take(0);
  take(1);
  return working != 0;
}

/** Give the lanes that are done to the next entries; false when none is at work. */
export function replace(done: i32): bool {
  if (done & 1) take(0);
  if (done & 2) take(1);
  return working != 0;
}

function take(lane: i32): void {
  if (taken == queued) {
    working &= ~(1 << lane);
    return;
  }
  const entry = taken++;
  const at = queue + ENTRY * entry;
  loadVoxel(load<u32>(at), lane);
  const to = STATE + 8 * lane;
  store<f64>(to, load<f64>(at, 8), FIELD);
  store<f64>(to, load<f64>(at, 16), R2STAR);
  store<f64>(to, 0, FIELD_STEP);
  store<f64>(to, 0, R2STAR_STEP);
  store<f64>(to, 0, EVALUATIONS);
  store<i64>(to, -1, FIRST);
  store<i64>(to, 0, LAST);
  working |= 1 << lane;
  if (lane) entry1 = entry;
  else entry0 = entry;
}

/** Entry in a lane. */
export function entryOf(lane: i32): i32 {
  return lane ? entry1 : entry0;
}
/** Voxel in a lane. */
export function voxelOf(lane: i32): u32 {
  return load<u32>(queue + ENTRY * entryOf(lane));
}
export function fieldHere(): v128 {
  return v128.load(STATE + FIELD);
}
export function r2starHere(): v128 {
  return v128.load(STATE + R2STAR);
}
/** Whether the descent that ended in a lane had converged. */
export function hasConverged(lane: i32): bool {
  return load<i64>(STATE + CONVERGED + 8 * lane) != 0;
}

/**
 * One evaluation in each lane. Returns the lanes that are done, as bits; the moments and the fit then
 * stand at {@link fieldHere} and {@link r2starHere}.
 */
export function descend(commonPhase: bool): i32 {
  let field = v128.load(STATE + FIELD);
  let r2star = v128.load(STATE + R2STAR);
  const fieldStep = v128.load(STATE + FIELD_STEP);
  const r2starStep = v128.load(STATE + R2STAR_STEP);
  const first = v128.load(STATE + FIRST);
  const last = v128.load(STATE + LAST);
  const here = v128.load(STATE + HERE);
  const triedField = add(field, fieldStep);
  const triedR2star = add(r2star, r2starStep);
  evaluateMoments(triedField, triedR2star);
  if (commonPhase) solveCommonPhase();
  else solveIndependent();
  const cost = v128.load(FIT + COST);

  const slack = mul(v128.load(ENERGY), splat(ROUNDING));
  const descends = v128.or(first, f64x2.le(cost, add(here, slack)));
  const limit = splat(tolerance);
  const small = v128.andnot(
    v128.and(
      f64x2.lt(f64x2.abs(mul(fieldStep, splat(2 * Math.PI))), limit),
      f64x2.lt(f64x2.abs(r2starStep), limit),
    ),
    first,
  );
  const evaluations = add(v128.load(STATE + EVALUATIONS), splat(1));
  const ends = v128.or(small, f64x2.ge(evaluations, splat(mostEvaluations)));
  const done = v128.or(last, v128.and(descends, ends));
  const giveUp = v128.andnot(ends, descends);

  field = select(descends, triedField, field);
  r2star = select(descends, triedR2star, r2star);
  const longest = splat(longestFieldStep);
  const longestDecay = splat(LONGEST_R2STAR_STEP);
  const nextField = clamp(v128.load(FIT + STEP_FIELD), neg(longest), longest);
  const wanted = clamp(v128.load(FIT + STEP_R2STAR), neg(longestDecay), longestDecay);
  const bounded = clamp(add(r2star, wanted), splat(lowestR2star), splat(highestR2star));
  const half = splat(0.5);
  const step = select(descends, nextField, mul(fieldStep, half));
  const decayStep = select(descends, sub(bounded, r2star), mul(r2starStep, half));
  v128.store(STATE + FIELD, field);
  v128.store(STATE + R2STAR, r2star);
  v128.store(STATE + FIELD_STEP, v128.andnot(step, giveUp));
  v128.store(STATE + R2STAR_STEP, v128.andnot(decayStep, giveUp));
  v128.store(STATE + HERE, select(descends, cost, here));
  v128.store(STATE + EVALUATIONS, evaluations);
  v128.store(STATE + FIRST, splat(0));
  v128.store(STATE + LAST, giveUp);
  v128.store(STATE + CONVERGED, select(last, v128.load(STATE + CONVERGED), small));
  return i64x2.bitmask(done) & working;
}
