/** Rows of lattice points of one plane: of each row only the two outermost points matter. */
export interface LatticeRows {
  /** Number of rows that have points. */
  count: number;
  /** Coordinate of each row, rising. */
  readonly at: Int32Array;
  /** Outermost points of each row. */
  readonly least: Int32Array;
  readonly most: Int32Array;
  /** The index by which the caller knows each row. */
  readonly index: Int32Array;
}

/** The rows whose outermost points are corners of the convex hull. */
export interface LatticeHull {
  leastCount: number;
  readonly leastRows: Int32Array;
  mostCount: number;
  readonly mostRows: Int32Array;
}

export function latticeRows(capacity: number): LatticeRows {
  const array = () => new Int32Array(capacity);
  return { count: 0, at: array(), least: array(), most: array(), index: array() };
}

export function latticeHull(capacity: number): LatticeHull {
  const array = () => new Int32Array(capacity);
  return { leastCount: 0, leastRows: array(), mostCount: 0, mostRows: array() };
}

/** Find the corners of the convex hull (Andrew's monotone chain, its two sides kept apart). */
export function findHull(rows: LatticeRows, hull: LatticeHull): void {
  hull.leastCount = convexSide(rows.at, rows.least, rows.count, -1, hull.leastRows);
  hull.mostCount = convexSide(rows.at, rows.most, rows.count, 1, hull.mostRows);
}

/** Coordinates are small integers, so that the turns are exact. */
function convexSide(
  at: Int32Array,
  end: Int32Array,
  count: number,
  sign: 1 | -1,
  side: Int32Array,
): number {
  let n = 0;
  for (let r = 0; r < count; r++) {
    while (n >= 2) {
      const a = side[n - 2];
      const b = side[n - 1];
      const turn = (end[b] - end[a]) * (at[r] - at[a]) - (at[b] - at[a]) * (end[r] - end[a]);
      if (turn * sign > 0) break;
      n--;
    }
    side[n++] = r;
  }
  return n;
}

/**
 * The largest squared distance between two corners of a hull, if it is larger than one that is known. A
 * farthest pair has one corner on each side: of two on the same side, one could be moved outwards.
 */
export function farthestCorners(
  rows: LatticeRows,
  hull: LatticeHull,
  rowSpacing: number,
  spacing: number,
  known: number,
): number {
  const { at, least, most } = rows;
  let largest = known;
  for (let i = 0; i < hull.leastCount; i++) {
    const a = hull.leastRows[i];
    const x = least[a] * spacing;
    const y = at[a] * rowSpacing;
    for (let j = 0; j < hull.mostCount; j++) {
      const b = hull.mostRows[j];
      const dx = x - most[b] * spacing;
      const dy = y - at[b] * rowSpacing;
      const squared = dx * dx + dy * dy;
      if (squared > largest) largest = squared;
    }
  }
  return largest;
}

/** The squared diagonal of the box around the rows: no two of their points are further apart. */
export function squaredDiagonal(rows: LatticeRows, rowSpacing: number, spacing: number): number {
  const { count, at, least, most } = rows;
  let from = Infinity;
  let to = -Infinity;
  for (let r = 0; r < count; r++) {
    if (least[r] < from) from = least[r];
    if (most[r] > to) to = most[r];
  }
  const dx = to * spacing - from * spacing;
  const dy = at[count - 1] * rowSpacing - at[0] * rowSpacing;
  return dx * dx + dy * dy;
}
