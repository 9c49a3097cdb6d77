import type { Vector3 } from '@steatosis/core';
import type { LevelGrid } from '../discretise/gray-levels.js';
import type { Workspace } from './workspace.js';

/** Connected zones of equal rank, one entry a zone, in no particular order. */
export interface Zones {
  readonly count: number;
  readonly ranks: Uint16Array;
  readonly sizes: Uint32Array;
}

let tableOf13: Uint16Array | undefined;

/**
 * Find the zones: voxels of equal rank that are connected through the given steps and their opposites
 * (26-connected in a volume, 8-connected in a plane).
 *
 * One pass of union–find. Of the neighbours already seen, only one of each group that is connected
 * without the voxel itself has to be joined; a table tells which.
 *
 * @param directions the half of the unit steps; see `halfDirections`
 */
export function findZones(
  grid: LevelGrid,
  directions: readonly Vector3[],
  workspace: Workspace,
): Zones {
  const { ranks, positions, count, rowStep, sliceStep } = grid;
  const table = representatives(directions);
  const n = directions.length;
  const back = Int32Array.from(directions, ([x, y, z]) => x + y * rowStep + z * sliceStep);
  // For each voxel another one of its zone, itself for one a zone: indices in the padded box.
  const parent = workspace.int32Unset('zoneParent', ranks.length);
  for (let k = 0; k < count; k++) {
    const p = positions[k];
    const rank = ranks[p];
    let equal = 0;
    for (let d = 0; d < n; d++) equal |= (((ranks[p - back[d]] ^ rank) - 1) >>> 31) << d;
    let root = p;
    for (let pending = table[equal]; pending !== 0; pending &= pending - 1) {
      let other = parent[p - back[31 - Math.clz32(pending & -pending)]];
      for (let above = parent[other]; above !== other; above = parent[other]) {
        parent[other] = parent[above];
        other = above;
      }
      // The lower index stays root, so that the result depends on nothing else.
      if (other < root) {
        parent[root] = other;
        root = other;
      } else {
        parent[other] = root;
      }
    }
    parent[p] = root;
  }
  return measureZones(grid, parent, workspace);
}

function measureZones(grid: LevelGrid, parent: Int32Array, workspace: Workspace): Zones {
  const { ranks, positions, count } = grid;
  const sizeOf = workspace.uint32('zoneSizeOf', ranks.length);
  let zones = 0;
  // A parent always has the lower index, so that one ascending pass makes every link direct.
  for (let k = 0; k < count; k++) {
    const p = positions[k];
    const root = parent[parent[p]];
    parent[p] = root;
    if (sizeOf[root]++ === 0) zones++;
  }
  const zoneRanks = workspace.uint16Unset('zoneRanks', zones);
  const sizes = workspace.uint32('zoneSizes', zones);
  let zone = 0;
  for (let k = 0; k < count; k++) {
    const p = positions[k];
    if (sizeOf[p] === 0) continue;
    zoneRanks[zone] = ranks[p];
    sizes[zone++] = sizeOf[p];
  }
  return { count: zones, ranks: zoneRanks, sizes };
}

/** For each set of equal back-neighbours, a subset with one member of each connected group. */
function representatives(directions: readonly Vector3[]): Uint16Array {
  if (directions.length === 13) return (tableOf13 ??= buildRepresentatives(directions));
  return buildRepresentatives(directions);
}

function buildRepresentatives(directions: readonly Vector3[]): Uint16Array {
  const n = directions.length;
  const touching = directions.map((a) =>
    directions.reduce(
      (bits, b, j) => bits | (a.every((v, axis) => Math.abs(v - b[axis]) <= 1) ? 1 << j : 0),
      0,
    ),
  );
  const table = new Uint16Array(1 << n);
  for (let set = 1; set < table.length; set++) {
    const lowest = set & -set;
    let group = lowest;
    for (;;) {
      let grown = group;
      for (let rest = group; rest !== 0; rest &= rest - 1) {
        grown |= touching[31 - Math.clz32(rest & -rest)] & set;
      }
      if (grown === group) break;
      group = grown;
    }
    table[set] = lowest | table[set ^ group];
  }
  return table;
}
