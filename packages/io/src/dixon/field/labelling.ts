import { CANDIDATES } from '../candidates.js';
import type { FieldProblem } from '../message-passing.js';

/** Neighbours of a voxel at most. */
export const NEIGHBOURS = 6;

/** A choice of one candidate per voxel, and what it costs. */
export class Labelling {
  readonly problem: FieldProblem;
  /** Chosen candidate of each voxel. */
  readonly labels: Uint8Array;
  /** Field of the chosen candidate of each voxel without the trend. */
  readonly chosenHz: Float32Array;
  /** Slow part of the field in each voxel, by which neighbours are expected to differ. */
  readonly trendHz: Float32Array;
  /** Position in the list of voxels of each place of the grid, or −1. */
  readonly places: Int32Array;
  /** Positions of the neighbours of the voxel visited last: before and after it along x, y, z; −1 for none. */
  readonly near = new Int32Array(NEIGHBOURS);
  /** Weight of a link along x, y, z. */
  readonly weights: readonly number[];

  constructor(problem: FieldProblem, trendHz: Float32Array) {
    const [nx, ny, nz] = problem.size;
    this.problem = problem;
    this.trendHz = trendHz;
    this.labels = new Uint8Array(problem.voxels.length);
    this.chosenHz = new Float32Array(problem.voxels.length);
    this.places = new Int32Array(nx * ny * nz).fill(-1);
    this.weights = problem.spacing.map((mm) => (0.5 * problem.smoothness) / mm);
    for (let i = 0; i < problem.voxels.length; i++) this.places[problem.voxels[i]] = i;
  }

  /** Choose candidate `x` of voxel `i`. */
  choose(i: number, x: number): void {
    this.labels[i] = x;
    this.chosenHz[i] = this.flatHz(i, x);
  }

  /** Find the neighbours of voxel `i` and write them to {@link near}. */
  visit(i: number): void {
    const { size, voxels } = this.problem;
    const { near, places } = this;
    const [nx, ny, nz] = size;
    const at = voxels[i];
    const x = at % nx;
    const row = (at - x) / nx;
    const y = row % ny;
    const z = (row - y) / ny;
    const slice = nx * ny;
    near[0] = x > 0 ? places[at - 1] : -1;
    near[1] = x < nx - 1 ? places[at + 1] : -1;
    near[2] = y > 0 ? places[at - nx] : -1;
    near[3] = y < ny - 1 ? places[at + nx] : -1;
    near[4] = z > 0 ? places[at - slice] : -1;
    near[5] = z < nz - 1 ? places[at + slice] : -1;
  }

  /** Call `see` for each pair of neighbours, `j` being before `i` on the axis. */
  forEachLink(see: (i: number, j: number, axis: number) => void): void {
    const { size, voxels } = this.problem;
    const { places } = this;
    const [nx, ny] = size;
    const slice = nx * ny;
    let rowEnd = 0;
    let start = 0;
    let firstRow = true;
    for (let i = 0; i < voxels.length; i++) {
      const at = voxels[i];
      if (at >= rowEnd) {
        const row = Math.floor(at / nx);
        start = row * nx;
        rowEnd = start + nx;
        firstRow = row % ny === 0;
      }
      if (at > start && places[at - 1] >= 0) see(i, i - 1, 0);
      if (!firstRow && places[at - nx] >= 0) see(i, places[at - nx], 1);
      if (at >= slice && places[at - slice] >= 0) see(i, places[at - slice], 2);
    }
  }

  /** Field of candidate `x` of voxel `i` without the trend. */
  flatHz(i: number, x: number): number {
    return this.problem.fieldHz[i * CANDIDATES + x] - this.trendHz[i];
  }

  /** A difference of fields within ± half a period. */
  wrap(difference: number): number {
    const period = this.problem.periodHz;
    return period < Infinity
      ? difference - period * Math.floor(difference / period + 0.5)
      : difference;
  }

  /** Number of candidates of voxel `i`. */
  count(i: number): number {
    const { cost } = this.problem;
    let n = 1;
    while (n < CANDIDATES && cost[i * CANDIDATES + n] < Infinity) n++;
    return n;
  }

  /**
   * Cost of the link between candidate `x` of voxel `i` and `y` of `j`, `weight` being that of its axis.
   *
   * @param mostHz a difference above this counts as this
   */
  link(i: number, x: number, j: number, y: number, weight: number, mostHz = Infinity): number {
    const { curvature } = this.problem;
    const d = Math.min(mostHz, Math.abs(this.wrap(this.flatHz(i, x) - this.flatHz(j, y))));
    const bend = Math.sqrt(curvature[i * CANDIDATES + x] * curvature[j * CANDIDATES + y]);
    return weight * bend * d * d;
  }

  /** Whether voxel `i` goes on in its neighbour `j`, `jumpHz` being the least jump. */
  continues(i: number, j: number, jumpHz: number): boolean {
    return Math.abs(this.wrap(this.chosenHz[i] - this.chosenHz[j])) < jumpHz;
  }

  /** Candidate of voxel `i` whose flattened field lies nearest to `flatHz`. */
  nearest(i: number, flatHz: number): number {
    const count = this.count(i);
    let best = 0;
    let least = Infinity;
    for (let x = 0; x < count; x++) {
      const d = Math.abs(this.wrap(this.flatHz(i, x) - flatHz));
      if (d < least) {
        least = d;
        best = x;
      }
    }
    return best;
  }
}
