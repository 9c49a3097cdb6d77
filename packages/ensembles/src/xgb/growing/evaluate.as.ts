/**
 * Histograms and best splits of the nodes of a step. The work is cut into one unit per tile and task, which members take
 * as they get free: each unit's result depends on nothing that another one does.
 */
import { bestOf, clearBests } from './best-split.as';
import { partitionScratch, scanOneHot, scanPartition } from './categorical-scan.as';
import { buildTile } from './histograms.as';
import {
  BINS,
  BIN_BYTES,
  BIN_COUNTS,
  BUILD,
  GATHERED,
  GRADIENTS,
  HAS_MISSING,
  KINDS,
  LAMBDA,
  MIN_CHILD_WEIGHT,
  MOST_SLOTS,
  NEXT,
  NODE_BEST,
  NODE_FEATURES,
  NODE_SUMS,
  NUMERIC,
  ONE_HOT,
  ORDER,
  SCAN_BUILT,
  SCAN_REST,
  SCRATCH,
  SCRATCH_BYTES,
  SLOT_BYTES,
  TASKS,
  TASK_ALL_ROWS,
  TASK_BUILT,
  TASK_BUILT_NODE,
  TASK_BYTES,
  TASK_COUNT,
  TASK_PARENT,
  TASK_REST,
  TASK_REST_NODE,
  TASK_ROWS,
  TASK_START,
  TASK_WORK,
  TILES,
  TILE_BINS,
  TILE_BYTES,
  TILE_OFFSETS,
} from './layout';
import { scanNumeric } from './numeric-scan.as';
import { passOver, subtractTile } from './sides.as';

/** Bytes of scratch that a member needs, for tiles of so many slots and features of so many categories. */
export function growingScratch(mostSlots: usize, mostCategories: usize): usize {
  return mostSlots * (2 * SLOT_BYTES + 16) + SLOT_BYTES + 16 + partitionScratch(mostCategories);
}

/** Do units of work until none is left. */
export function evaluateNodes(settings: usize, member: usize): void {
  clearBests(settings, member);
  const tasks = load<u32>(settings + TASK_COUNT);
  const units = tasks * load<u32>(settings + TILES);
  for (
    let unit = atomic.add<u32>(settings + NEXT, 1);
    unit < units;
    unit = atomic.add<u32>(settings + NEXT, 1)
  ) {
    const task = <usize>load<u32>(settings + TASKS) + (unit % tasks) * TASK_BYTES;
    evaluateTile(settings, member, unit / tasks, task);
  }
}

function evaluateTile(settings: usize, member: usize, tile: u32, task: usize): void {
  const work = load<u32>(task + TASK_WORK);
  const scratch =
    <usize>load<u32>(settings + SCRATCH) + member * <usize>load<u32>(settings + SCRATCH_BYTES);
  const scratchTile = <usize>load<u32>(settings + MOST_SLOTS) * SLOT_BYTES;
  const offset = <usize>load<u32>(load<u32>(settings + TILE_OFFSETS) + (tile << 2));
  const bins = load<u32>(load<u32>(settings + TILE_BINS) + (tile << 2));
  const kept = <usize>load<u32>(task + TASK_BUILT);
  const slots = kept === 0 ? scratch : kept + offset;
  const parent = <usize>load<u32>(task + TASK_PARENT);
  const keptRest = <usize>load<u32>(task + TASK_REST);
  const rest = keptRest === 0 ? scratch + scratchTile : keptRest + offset;
  const values = scratch + 2 * scratchTile;
  if (work & BUILD) build(settings, tile, task, slots, bins);
  if (work & SCAN_BUILT) {
    const node = task + TASK_BUILT_NODE;
    const most = pass(settings, node, slots, 0, 0, bins, true, values);
    scanTile(settings, member, tile, node, slots, bins, values, most);
  }
  if (parent === 0) return;
  if (work & SCAN_REST) {
    const node = task + TASK_REST_NODE;
    const most = pass(settings, node, slots, parent + offset, rest, bins, true, values);
    scanTile(settings, member, tile, node, rest, bins, values, most);
  } else if (keptRest !== 0) subtractTile(slots, parent + offset, rest, bins);
}

/** The four sums of a pass stand behind its values. */
function sumsOf(settings: usize, values: usize): usize {
  return values + ((<usize>load<u32>(settings + MOST_SLOTS)) << 4);
}

function pass(
  settings: usize,
  node: usize,
  slots: usize,
  parent: usize,
  rest: usize,
  bins: u32,
  upwards: bool,
  values: usize,
): v128 {
  return passOver(
    slots,
    parent,
    rest,
    bins,
    upwards,
    v128.load(node + NODE_SUMS),
    load<f32>(settings + LAMBDA),
    load<f32>(settings + MIN_CHILD_WEIGHT),
    values,
    sumsOf(settings, values),
  );
}

function build(settings: usize, tile: u32, task: usize, slots: usize, bins: u32): void {
  const missing = load<u32>(settings + HAS_MISSING);
  const allRows = load<u32>(task + TASK_ALL_ROWS) !== 0;
  const start = <usize>load<u32>(task + TASK_START);
  buildTile(
    slots,
    bins + missing,
    load<u32>(settings + BINS) + tile * load<u32>(settings + TILE_BYTES),
    load<u32>(settings + BIN_BYTES),
    <usize>load<u32>(settings + ORDER) + (start << 2),
    <usize>load<u32>(settings + (allRows ? GRADIENTS : GATHERED)) + (start << 3),
    load<u32>(task + TASK_ROWS),
  );
  if (missing === 0) return;
  // Nothing asks for the sums of missing values: a node's totals less its bins tell them.
  const counts = <usize>load<u32>(settings + BIN_COUNTS) + (tile << 4);
  for (let lane: usize = 0; lane < 4; lane++) {
    const count = <usize>load<u32>(counts + (lane << 2));
    v128.store(slots + count * SLOT_BYTES + (lane << 4), f64x2.splat(0));
  }
}

/** Offer the splits of a tile's features, after the pass upwards. */
function scanTile(
  settings: usize,
  member: usize,
  tile: u32,
  node: usize,
  slots: usize,
  bins: u32,
  values: usize,
  most: v128,
): void {
  const best = bestOf(settings, member, load<u32>(node + NODE_BEST));
  const sums = sumsOf(settings, values);
  const total = v128.load(node + NODE_SUMS);
  // The values below are overwritten by a pass downwards, so what that pass needs is settled first.
  const mosts = sums + SLOT_BYTES;
  v128.store(mosts, most);
  let backwards: u32 = 0;
  for (let lane: u32 = 0; lane < 4; lane++) {
    const feature = tile * 4 + lane;
    const kind = kindOf(settings, node, feature);
    if (kind === 0) continue;
    const count = load<i32>(load<u32>(settings + BIN_COUNTS) + (feature << 2));
    const pairs = slots + (lane << 4);
    if (kind === ONE_HOT) scanOneHot(settings, node, best, pairs, count, feature);
    else if (kind !== NUMERIC) {
      scanPartition(settings, node, best, pairs, count, feature, mosts + 16);
    } else {
      const value = load<f32>(mosts + (lane << 2));
      scanNumeric(settings, node, best, pairs, count, feature, values + (lane << 2), value, true);
      // Where the bins do not sum up to the node's totals to the last bit, values are missing, or rounding differs.
      if (v128.any_true(f64x2.ne(v128.load(sums + (lane << 4)), total))) backwards |= 1 << lane;
    }
  }
  if (backwards === 0) return;
  v128.store(mosts, pass(settings, node, slots, 0, 0, bins, false, values));
  for (let lane: u32 = 0; lane < 4; lane++) {
    if (((backwards >> lane) & 1) === 0) continue;
    const feature = tile * 4 + lane;
    scanNumeric(
      settings,
      node,
      best,
      slots + (lane << 4),
      load<i32>(load<u32>(settings + BIN_COUNTS) + (feature << 2)),
      feature,
      values + (lane << 2),
      load<f32>(mosts + (lane << 2)),
      false,
    );
  }
}

/** How a feature may be split in a node, 0 if not at all. */
function kindOf(settings: usize, node: usize, feature: u32): u32 {
  const features = load<u32>(node + NODE_FEATURES);
  if (features !== 0 && load<u8>(features + feature) === 0) return 0;
  return load<u8>(load<u32>(settings + KINDS) + feature);
}
