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
  const { ranks, runs, rowStep, sliceStep } = grid;
  const table = representatives(directions);
  const n = directions.length;
  const back = Int32Array.from(directions, ([x, y, z]) => x + y * rowStep + z * sliceStep);
  // For each voxel the index of another one of its zone, or −(voxels of the zone) for one of them.
  const parent = workspace.int32Unset('zoneParent', ranks.length);
  let zones = grid.count;
  for (let r = 0; r < runs.length; r += 2) {
    const end = runs[r + 1];
    for (let p = runs[r]; p < end; p++) {
      const rank = ranks[p];
      let equal = 0;
      for (let d = 0; d < n; d++) equal |= (((ranks[p - back[d]] ^ rank) - 1) >>> 31) << d;
      let root = p;
      let size = 1;
      for (let pending = table[equal]; pending !== 0; pending &= pending - 1) {
        let other = p - back[31 - Math.clz32(pending & -pending)];
        for (let above = parent[other]; above >= 0; above = parent[other]) {
          // Halve the way for those who come later.
          const further = parent[above];
          if (further >= 0) parent[other] = further;
          other = above;
        }
        if (other === root) continue;
        size -= parent[other];
        zones--;
        // The lower index stays the one with the size, so that the result depends on nothing else.
        if (other < root) {
          if (root !== p) parent[root] = other;
          root = other;
        } else {
          parent[other] = root;
        }
      }
      if (root !== p) parent[p] = root;
      parent[root] = -size;
    }
  }
  return listZones(grid, parent, zones, workspace);
}

function listZones(
  grid: LevelGrid,
  parent: Int32Array,
  zones: number,
  workspace: Workspace,
): Zones {
  const { ranks, runs } = grid;
  const zoneRanks = workspace.uint16Unset('zoneRanks', zones);
  const sizes = workspace.uint32('zoneSizes', zones);
  let zone = 0;
  for (let r = 0; r < runs.length; r += 2) {
    for (let p = runs[r]; p < runs[r + 1]; p++) {
      const size = -parent[p];
      if (size <= 0) continue;
      zoneRanks[zone] = ranks[p];
      sizes[zone++] = size;
    }
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
