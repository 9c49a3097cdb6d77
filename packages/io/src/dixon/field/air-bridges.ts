import type { Labelling } from './labelling.js';

/** Air is bridged over so many mm at most. */
const GAP_MM = 60;

/** Links between the tissue on both sides of air, straight along x, y and z. */
export class AirBridges {
  /** Where the bridges of each voxel start in {@link ends}; one more than there are voxels. */
  readonly starts: Int32Array;
  /** The voxel at the other end. */
  readonly ends: Int32Array;
  /** Weight of the link, as of neighbours at the bridge's length. */
  readonly weights: Float32Array;

  constructor(state: Labelling) {
    const count = state.labels.length;
    const from: number[] = [];
    const to: number[] = [];
    const weight: number[] = [];
    for (let axis = 0; axis < 3; axis++) findBridges(state, axis, from, to, weight);
    this.starts = new Int32Array(count + 1);
    for (const list of [from, to]) for (const i of list) this.starts[i + 1]++;
    for (let i = 0; i < count; i++) this.starts[i + 1] += this.starts[i];
    this.ends = new Int32Array(2 * from.length);
    this.weights = new Float32Array(2 * from.length);
    const next = this.starts.slice();
    from.forEach((i, b) => {
      this.ends[next[i]] = to[b];
      this.weights[next[i]++] = weight[b];
      this.ends[next[to[b]]] = i;
      this.weights[next[to[b]]++] = weight[b];
    });
  }
}

function findBridges(
  { problem, places }: Labelling,
  axis: number,
  from: number[],
  to: number[],
  weight: number[],
): void {
  const { size, spacing, smoothness } = problem;
  const strides = [1, size[0], size[0] * size[1]];
  const [p, q] = [(axis + 1) % 3, (axis + 2) % 3];
  const most = Math.floor(GAP_MM / spacing[axis]);
  for (let b = 0; b < size[q]; b++) {
    for (let a = 0; a < size[p]; a++) {
      let last = -1;
      let lastAt = 0;
      let at = a * strides[p] + b * strides[q];
      for (let c = 0; c < size[axis]; c++, at += strides[axis]) {
        const i = places[at];
        if (i < 0) continue;
        const steps = c - lastAt;
        if (last >= 0 && steps > 1 && steps <= most) {
          from.push(last);
          to.push(i);
          weight.push((0.5 * smoothness) / (steps * spacing[axis]));
        }
        last = i;
        lastAt = c;
      }
    }
  }
}
