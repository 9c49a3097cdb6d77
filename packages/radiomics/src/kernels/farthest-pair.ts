/** Points that a leaf of the tree may hold. */
const LEAF = 12;

/** Points in space, sorted into boxes within boxes. */
interface PointTree {
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly z: Float64Array;
  /** First point, and first after the last, of each node; the children of node n are 2n + 1 and 2n + 2. */
  readonly from: Int32Array;
  readonly to: Int32Array;
  /** Least and most x, y, z of each node. */
  readonly boxes: Float64Array;
}

/**
 * The largest squared distance between two of some points.
 *
 * Pairs of boxes that cannot hold a farther pair than the best so far are passed over (branch and bound),
 * so that only points nearly opposite are compared, on a sphere too.
 *
 * @param points x, y, z of each
 */
export function largestSquaredDistance3(points: Float64Array): number {
  const guess = firstGuess(points);
  const outer = outerPoints(points, guess);
  if (outer.length <= 3) return guess;
  return search(buildTree(outer), 0, 0, guess);
}

function buildTree(points: Float64Array): PointTree {
  const n = points.length / 3;
  const depth = Math.max(0, Math.ceil(Math.log2(n / LEAF)));
  const nodes = 2 ** (depth + 1) - 1;
  const order = Int32Array.from({ length: n }, (_, i) => i);
  const from = new Int32Array(nodes);
  const to = new Int32Array(nodes);
  const boxes = new Float64Array(6 * nodes);
  to[0] = n;
  for (let node = 0; node < nodes; node++) {
    boundPoints(points, order.subarray(from[node], to[node]), boxes, 6 * node);
    if (2 * node + 2 >= nodes) continue;
    const axis = widestAxis(boxes, 6 * node);
    order
      .subarray(from[node], to[node])
      .sort((a, b) => points[3 * a + axis] - points[3 * b + axis]);
    const middle = (from[node] + to[node]) >> 1;
    from[2 * node + 1] = from[node];
    to[2 * node + 1] = from[2 * node + 2] = middle;
    to[2 * node + 2] = to[node];
  }
  const along = (axis: number) => Float64Array.from(order, (i) => points[3 * i + axis]);
  return { x: along(0), y: along(1), z: along(2), from, to, boxes };
}

function boundPoints(
  points: Float64Array,
  order: Int32Array,
  boxes: Float64Array,
  at: number,
): void {
  for (let axis = 0; axis < 3; axis++) {
    let least = Infinity;
    let most = -Infinity;
    for (const i of order) {
      const value = points[3 * i + axis];
      if (value < least) least = value;
      if (value > most) most = value;
    }
    boxes[at + axis] = least;
    boxes[at + 3 + axis] = most;
  }
}

function widestAxis(boxes: Float64Array, at: number): number {
  const widths = [0, 1, 2].map((axis) => boxes[at + 3 + axis] - boxes[at + axis]);
  return widths.indexOf(Math.max(...widths));
}

/** The squared distance from the point farthest from the first to the one farthest from that, and so on. */
function firstGuess(points: Float64Array): number {
  let at = 0;
  let best = 0;
  for (let step = 0; step < 4; step++) {
    let farthest = at;
    for (let i = 0; i < points.length; i += 3) {
      const dx = points[at] - points[i];
      const dy = points[at + 1] - points[i + 1];
      const dz = points[at + 2] - points[i + 2];
      const squared = dx * dx + dy * dy + dz * dz;
      if (squared <= best) continue;
      best = squared;
      farthest = i;
    }
    at = farthest;
  }
  return best;
}

/**
 * The points far enough from the centre of their box to have a partner farther away than the guess: their
 * distance from the centre and that of the farthest point add up to it at least.
 */
function outerPoints(points: Float64Array, guess: number): Float64Array {
  const n = points.length / 3;
  const box = new Float64Array(6);
  boundPoints(
    points,
    Int32Array.from({ length: n }, (_, i) => i),
    box,
    0,
  );
  const radii = new Float64Array(n);
  let largest = 0;
  for (let i = 0; i < n; i++) {
    const dx = points[3 * i] - (box[0] + box[3]) / 2;
    const dy = points[3 * i + 1] - (box[1] + box[4]) / 2;
    const dz = points[3 * i + 2] - (box[2] + box[5]) / 2;
    radii[i] = Math.sqrt(dx * dx + dy * dy + dz * dz);
    if (radii[i] > largest) largest = radii[i];
  }
  // A little less than needed, for rounding.
  const least = Math.sqrt(guess) * (1 - 1e-9) - largest;
  const outer = new Float64Array(points.length);
  let count = 0;
  for (let i = 0; i < n; i++) {
    if (radii[i] < least) continue;
    outer.set(points.subarray(3 * i, 3 * i + 3), count);
    count += 3;
  }
  return outer.subarray(0, count);
}

function search(tree: PointTree, a: number, b: number, best: number): number {
  if (bound(tree.boxes, 6 * a, 6 * b) <= best) return best;
  const children = 2 * a + 1;
  const leaf = 2 * Math.max(a, b) + 1 >= tree.from.length;
  if (leaf) return comparePoints(tree, a, b, best);
  if (a === b) {
    const across = search(tree, children, children + 1, best);
    return search(tree, children + 1, children + 1, search(tree, children, children, across));
  }
  // Both are split: the nodes of a pair are on the same level.
  const others = 2 * b + 1;
  const pairs = [
    [children, others],
    [children, others + 1],
    [children + 1, others],
    [children + 1, others + 1],
  ] as const;
  const bounds = pairs.map(([c, d]) => bound(tree.boxes, 6 * c, 6 * d));
  for (let k = 0; k < 4; k++) {
    const first = bounds.indexOf(Math.max(...bounds));
    if (bounds[first] <= best) return best;
    best = search(tree, pairs[first][0], pairs[first][1], best);
    bounds[first] = -1;
  }
  return best;
}

/** No point of one box is farther from any of the other, squared; exact also after rounding. */
function bound(boxes: Float64Array, a: number, b: number): number {
  let sum = 0;
  for (let axis = 0; axis < 3; axis++) {
    const ahead = boxes[a + 3 + axis] - boxes[b + axis];
    const behind = boxes[b + 3 + axis] - boxes[a + axis];
    const widest = ahead > behind ? ahead : behind;
    sum += widest * widest;
  }
  return sum;
}

function comparePoints(tree: PointTree, a: number, b: number, best: number): number {
  for (let i = tree.from[a]; i < tree.to[a]; i++) {
    for (let j = tree.from[b]; j < tree.to[b]; j++) {
      const squared = squaredDistance(tree, i, j);
      if (squared > best) best = squared;
    }
  }
  return best;
}

function squaredDistance({ x, y, z }: PointTree, i: number, j: number): number {
  const dx = x[i] - x[j];
  const dy = y[i] - y[j];
  const dz = z[i] - z[j];
  return dx * dx + dy * dy + dz * dz;
}
