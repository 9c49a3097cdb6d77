/**
 * Sequential tree-reweighted message passing (Kolmogorov, IEEE PAMI 2006;28:1568) over the candidates of the
 * voxels of a mask, in float32: the four candidates of a voxel in the lanes of a register. The energy stands in
 * `message-passing.ts`.
 */

/** Bytes of a voxel: four candidates (unused ones cost Infinity), three messages, its neighbours. */
const RECORD: usize = 128;
const FIELD: usize = 0;
const COST: usize = 16;
const CURVATURE: usize = 32;
/** Messages on the links to the next voxel along x, y, z; 0 where there is none. */
const MESSAGES: usize = 48;
/** Next voxel along x, y, z, or −1. */
const AFTER: usize = 96;
/** Previous voxel along x, y, z, or −1. */
const BEFORE: usize = 108;
/** 1 over the longer chain of links, f32. */
const SHARE: usize = 120;
/** Number of candidates, i32. */
const COUNT: usize = 124;

export const heapBase: usize = __heap_base;

let voxels: i32 = 0;
let records: usize = 0;
/** Candidate of each voxel, u8. */
let labels: usize = 0;
let period: f32 = 0;
let perPeriod: f32 = 0;
/** Half the smoothness over the distance along x, y, z. */
const WEIGHTS = memory.data(16, 16);

let changes: i32 = 0;

export function setProblem(
  count: i32,
  recordsAddress: usize,
  labelsAddress: usize,
  periodHz: f32,
  weightX: f32,
  weightY: f32,
  weightZ: f32,
): void {
  voxels = count;
  records = recordsAddress;
  labels = labelsAddress;
  period = periodHz;
  perPeriod = 1 / periodHz;
  store<f32>(WEIGHTS, weightX);
  store<f32>(WEIGHTS, weightY, 4);
  store<f32>(WEIGHTS, weightZ, 8);
}

/** Voxels whose label the last forward pass changed. */
export function changed(): i32 {
  return changes;
}

/** Label all voxels in raster order and send messages ahead; returns the energy of the labels. */
export function forward(): f64 {
  let energy: f64 = 0;
  changes = 0;
  for (let i = 0; i < voxels; i++) {
    const at = records + RECORD * i;
    const own = costBehind(at);
    const label = bestOf(f32x4.add(own, messagesOf(at)));
    energy += <f64>laneOf(own, label);
    if (<i32>load<u8>(labels + i) != label) {
      store<u8>(labels + i, label);
      changes++;
    }
    const belief = beliefOf(at);
    for (let axis: usize = 0; axis < 3; axis++) {
      const j = load<i32>(at + AFTER + 4 * axis);
      if (j >= 0) send(axis, belief, at, records + RECORD * j, at);
    }
  }
  return energy;
}

/** Send messages back in the opposite order; the second half of a sweep. */
export function backward(): void {
  for (let i = voxels - 1; i >= 0; i--) {
    const at = records + RECORD * i;
    const belief = beliefOf(at);
    for (let axis: usize = 0; axis < 3; axis++) {
      const j = load<i32>(at + BEFORE + 4 * axis);
      if (j < 0) continue;
      const to = records + RECORD * j;
      send(axis, belief, at, to, to);
    }
  }
}

/** Energy of the labels as they are. */
export function energyOfLabels(): f64 {
  let energy: f64 = 0;
  for (let i = 0; i < voxels; i++) {
    energy += <f64>laneOf(costBehind(records + RECORD * i), load<u8>(labels + i));
  }
  return energy;
}

/** Differences of fields brought into ± half a period. */
function wrap(difference: v128): v128 {
  const turns = f32x4.nearest(f32x4.mul(difference, f32x4.splat(perPeriod)));
  return f32x4.sub(difference, f32x4.mul(turns, f32x4.splat(period)));
}

/** Energy of the links from each candidate at `at` to the candidate `y` at `other`. */
function linkTo(axis: usize, at: usize, other: usize, y: usize): v128 {
  const d = wrap(f32x4.sub(v128.load(at, FIELD), v128.load32_splat(other + 4 * y, FIELD)));
  const bend = f32x4.sqrt(
    f32x4.mul(v128.load(at, CURVATURE), v128.load32_splat(other + 4 * y, CURVATURE)),
  );
  const weight = v128.load32_splat(WEIGHTS + 4 * axis);
  return f32x4.mul(f32x4.mul(weight, bend), f32x4.mul(d, d));
}

/** Cost of each candidate and of its links to the labels of the voxels before. */
function costBehind(at: usize): v128 {
  let energy = v128.load(at, COST);
  for (let axis: usize = 0; axis < 3; axis++) {
    const j = load<i32>(at + BEFORE + 4 * axis);
    if (j < 0) continue;
    const label = <usize>load<u8>(labels + j);
    energy = f32x4.add(energy, linkTo(axis, at, records + RECORD * j, label));
  }
  return energy;
}

/** Sum of the messages from the voxels after. */
function messagesOf(at: usize): v128 {
  const x = v128.load(at, MESSAGES);
  const y = v128.load(at, MESSAGES + 16);
  const z = v128.load(at, MESSAGES + 32);
  return f32x4.add(f32x4.add(x, y), z);
}

/** Cost and all messages of a voxel, weighted by its longer chain of links. */
function beliefOf(at: usize): v128 {
  let belief = f32x4.add(v128.load(at, COST), messagesOf(at));
  for (let axis: usize = 0; axis < 3; axis++) {
    const j = load<i32>(at + BEFORE + 4 * axis);
    if (j < 0) continue;
    belief = f32x4.add(belief, v128.load(records + RECORD * j + 16 * axis, MESSAGES));
  }
  return f32x4.mul(belief, v128.load32_splat(at, SHARE));
}

const SENT = memory.data(16, 16);

/** Send the message from the voxel `at` to the voxel `to`; the link belongs to its first voxel, `owner`. */
function send(axis: usize, belief: v128, at: usize, to: usize, owner: usize): void {
  const message = owner + MESSAGES + 16 * axis;
  const source = f32x4.sub(belief, v128.load(message));
  const targets = load<i32>(to + COUNT);
  v128.store(SENT, f32x4.splat(0));
  let least: f32 = Infinity;
  for (let y = 0; y < targets; y++) {
    const best = leastOf(f32x4.add(source, linkTo(axis, at, to, y)));
    store<f32>(SENT + 4 * y, best);
    least = min(least, best);
  }
  for (let y = 0; y < targets; y++) store<f32>(message + 4 * y, load<f32>(SENT + 4 * y) - least);
}

function leastOf(x: v128): f32 {
  const pairs = f32x4.pmin(x, v128.shuffle<f32>(x, x, 2, 3, 0, 1));
  return f32x4.extract_lane(f32x4.pmin(pairs, v128.shuffle<f32>(pairs, pairs, 1, 0, 3, 2)), 0);
}

/** First lane of the least value. */
function bestOf(x: v128): i32 {
  return ctz(i32x4.bitmask(f32x4.eq(x, f32x4.splat(leastOf(x)))));
}

const LANE = memory.data(16, 16);

function laneOf(x: v128, lane: i32): f32 {
  v128.store(LANE, x);
  return load<f32>(LANE + 4 * lane);
}
