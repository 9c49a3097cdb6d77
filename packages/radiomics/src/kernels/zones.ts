import type { Vector3 } from '@steatosis/core';
import type { LevelGrid } from '../discretise/gray-levels.js';

interface ZoneKernels {
  findZones(
    ranks: number,
    rankBytes: number,
    runs: number,
    runsEnd: number,
    steps: number,
    directions: number,
    table: number,
    labels: number,
    zones: number,
  ): number;
  countZones(zones: number, count: number, width: number, table: number): number;
}

/** Connected zones of equal rank: the small ones counted, the large ones listed. */
export interface Zones {
  readonly count: number;
  /** Sizes up to this are counted in `cells`. */
  readonly width: number;
  /** Zones by rank and size: cell `(rank − 1)·width + size − 1`. */
  readonly cells: Uint32Array;
  /** Rank and size of each larger zone, in no particular order. */
  readonly large: Uint32Array;
}

/** Zones up to this size are counted in a table, as long as that stays small. */
const SMALL_ZONE = 64;
const MOST_CELLS = 2 ** 22;

let tableOf13: Uint16Array | undefined;
let tablesOfPlanes: Map<number, Uint16Array> | undefined;

/**
 * Find the zones: voxels of equal rank that are connected through the given steps and their opposites
 * (26-connected in a volume, 8-connected in a plane).
 *
 * @param directions the half of the unit steps; see `halfDirections`
 */
export function findZones(grid: LevelGrid, directions: readonly Vector3[]): Zones {
  const { arena, ranksAddress, rankBytes, runsAddress, runsEnd } = grid;
  const kernels = arena.exports as unknown as ZoneKernels;
  const sets = representatives(directions);
  const n = grid.grayLevels.length;
  const width = Math.max(1, Math.min(SMALL_ZONE, Math.floor(MOST_CELLS / n)));
  const mark = arena.mark();
  const steps = grid.reserveSteps([...directions, [0, 0, 0]]);
  const table = arena.reserve(2 * sets.length);
  const cells = arena.reserveZeroed(4 * n * width);
  const zones = arena.reserve(8 * grid.count);
  const labels = arena.reserve(4 * grid.paddedLength);
  arena.shorts.set(sets, table >> 1);
  const count = kernels.findZones(
    ranksAddress,
    rankBytes,
    runsAddress,
    runsEnd,
    steps,
    directions.length,
    table,
    labels,
    zones,
  );
  const listed = kernels.countZones(zones, count, width, cells);
  arena.release(mark);
  return {
    count,
    width,
    cells: arena.u32(cells, n * width).slice(),
    large: arena.u32(zones, 2 * listed).slice(),
  };
}

/**
 * For each set of equal back-neighbours, a subset with one member of each connected group; for the empty
 * set one more bit, which stands for the voxel itself.
 */
function representatives(directions: readonly Vector3[]): Uint16Array {
  if (directions.length === 13) return (tableOf13 ??= buildRepresentatives(directions));
  // One number for the steps of a plane: three cases each way along three axes, at most four steps.
  const plane = directions.reduce(
    (key, [x, y, z]) => key * 27 + (x + 1) * 9 + (y + 1) * 3 + z + 2,
    0,
  );
  tablesOfPlanes ??= new Map();
  let table = tablesOfPlanes.get(plane);
  if (table === undefined) {
    table = buildRepresentatives(directions);
    tablesOfPlanes.set(plane, table);
  }
  return table;
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
  table[0] = 1 << n;
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
    table[set] = lowest | (set === group ? 0 : table[set ^ group]);
  }
  return table;
}
