import type { Vector3 } from '@steatosis/core';
import { LevelSizes } from './level-sizes.js';
import type { Neighbourhood } from './neighbourhood.js';

/** Runs of equal gray levels in a neighbourhood, one direction after the other. */
export class LocalRuns {
  readonly sizes: LevelSizes;
  readonly #neighbourhood: Neighbourhood;
  readonly #directions: readonly Vector3[];
  readonly #steps: Int32Array;
  readonly #weights: readonly number[] | undefined;
  readonly #cells: Float64Array;
  readonly #width: number;
  /** The position of each voxel in its run; what another direction left is never read. */
  readonly #positions: Uint32Array;
  readonly #sums: Float64Array;

  /** @param weights one a direction; with them all directions are added up */
  constructor(
    neighbourhood: Neighbourhood,
    directions: readonly Vector3[],
    weights: readonly number[] | undefined,
  ) {
    const most = neighbourhood.levels.length;
    this.#width = Math.max(...neighbourhood.size);
    this.#cells = new Float64Array(most * this.#width);
    this.sizes = new LevelSizes(most, this.#width);
    this.#neighbourhood = neighbourhood;
    this.#directions = directions;
    this.#steps = neighbourhood.stepsOf(directions);
    this.#weights = weights;
    this.#positions = new Uint32Array(neighbourhood.ranks.length);
    this.#sums = new Float64Array(weights === undefined ? 0 : this.#cells.length);
  }

  /** Measure the neighbourhood; `visit` is called for every matrix that is not empty. */
  measure(visit: () => void): void {
    const weights = this.#weights;
    const used = this.#neighbourhood.present * this.#width;
    if (weights !== undefined) this.#sums.fill(0, 0, used);
    for (let d = 0; d < this.#steps.length; d++) {
      if (!this.#count(d)) continue;
      if (weights === undefined) {
        this.#measure(this.#cells);
        visit();
      } else {
        for (let c = 0; c < used; c++) this.#sums[c] += weights[d] * this.#cells[c];
      }
    }
    if (weights === undefined) return;
    this.#measure(this.#sums);
    if (this.sizes.total > 0) visit();
  }

  #measure(cells: Float64Array): void {
    const { levels, present } = this.#neighbourhood;
    this.sizes.begin(levels, present);
    this.sizes.addTable(cells, this.#width);
    this.sizes.finish();
  }

  /**
   * Count the runs of one direction.
   *
   * @returns false where no line along it has two voxels: PyRadiomics leaves such a direction out
   */
  #count(d: number): boolean {
    const { members, count, ranks, present } = this.#neighbourhood;
    const cells = this.#cells;
    const width = this.#width;
    const positions = this.#positions;
    const back = this.#steps[d];
    cells.fill(0, 0, present * width);
    let linked = false;
    for (let k = 0; k < count; k++) {
      const p = members[k];
      const rank = ranks[p];
      const before = ranks[p - back];
      if (before !== 0) linked = true;
      const position = before === rank ? positions[p - back] + 1 : 0;
      positions[p] = position;
      cells[(rank - 1) * width + position]++;
    }
    // Voxels in position l are runs longer than l: of these, those longer than l + 1 are taken away.
    for (let row = 0; row < present * width; row += width) {
      for (let l = 0; l + 1 < width; l++) cells[row + l] -= cells[row + l + 1];
    }
    return linked || this.#someLineHasTwo(d);
  }

  /** Whether two voxels lie on one line, neighbours or not. */
  #someLineHasTwo(d: number): boolean {
    const { members, count, ranks, pad, rowStep, sliceStep, size } = this.#neighbourhood;
    const step = this.#directions[d];
    for (let k = 0; k < count; k++) {
      let place = members[k];
      const at: Vector3 = [
        (place % rowStep) - pad,
        Math.floor((place % sliceStep) / rowStep) - pad,
        Math.floor(place / sliceStep) - pad,
      ];
      for (;;) {
        place += this.#steps[d];
        for (let axis = 0; axis < 3; axis++) at[axis] += step[axis];
        if (at.some((n, axis) => n < 0 || n >= size[axis])) break;
        if (ranks[place] !== 0) return true;
      }
    }
    return false;
  }
}
