/** Points of a plane as x, y pairs. */
export type Points = number[];

/**
 * The corners of the convex hull of points that come row by row with rising y, at most a leftmost and a
 * rightmost point in each row (Andrew's monotone chain, the two sides kept apart).
 *
 * @param rows triples of y, leftmost x, rightmost x
 */
export function hullOfRows(rows: readonly number[]): Points {
  const left: number[] = [];
  const right: number[] = [];
  for (let r = 0; r < rows.length; r += 3) {
    pushConvex(left, rows[r + 1], rows[r], -1);
    pushConvex(right, rows[r + 2], rows[r], 1);
  }
  return left.concat(right);
}

/** Add a point to one side of the hull and drop the points that it leaves inside. */
function pushConvex(side: number[], x: number, y: number, sign: 1 | -1): void {
  while (side.length >= 4) {
    const n = side.length;
    const ax = side[n - 4];
    const ay = side[n - 3];
    const turn = (side[n - 2] - ax) * (y - ay) - (side[n - 1] - ay) * (x - ax);
    if (turn * sign > 0) break;
    side.length = n - 2;
  }
  side.push(x, y);
}

/** Largest squared distance between two of the points. */
export function largestSquaredDistance(points: Points): number {
  let largest = 0;
  for (let i = 2; i < points.length; i += 2) {
    const x = points[i];
    const y = points[i + 1];
    for (let j = 0; j < i; j += 2) {
      const dx = x - points[j];
      const dy = y - points[j + 1];
      const squared = dx * dx + dy * dy;
      if (squared > largest) largest = squared;
    }
  }
  return largest;
}
