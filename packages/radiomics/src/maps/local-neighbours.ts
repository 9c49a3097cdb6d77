import type { Vector3 } from '@steatosis/core';
import type { NgtdmMeasures } from '../features/ngtdm.js';
import { LevelSizes } from './level-sizes.js';
import type { Neighbourhood } from './neighbourhood.js';

/** Voxels of a neighbourhood by gray level and dependent neighbours. */
export class LocalDependences {
  readonly sizes: LevelSizes;
  readonly #neighbourhood: Neighbourhood;
  readonly #steps: Int32Array;
  readonly #tolerance: number;
  readonly #cells: Float64Array;

  /** @param tolerance largest difference of gray levels at which voxels depend on each other */
  constructor(neighbourhood: Neighbourhood, directions: readonly Vector3[], tolerance: number) {
    const most = neighbourhood.levels.length;
    const width = 2 * directions.length + 1;
    this.sizes = new LevelSizes(most, width);
    this.#cells = new Float64Array(most * width);
    this.#neighbourhood = neighbourhood;
    this.#steps = neighbourhood.stepsOf(directions);
    this.#tolerance = tolerance;
  }

  measure(): void {
    const { members, count, ranks, levels, present } = this.#neighbourhood;
    const cells = this.#cells;
    const width = 2 * this.#steps.length + 1;
    cells.fill(0, 0, present * width);
    for (let k = 0; k < count; k++) {
      const p = members[k];
      cells[(ranks[p] - 1) * width + this.#dependent(p)]++;
    }
    this.sizes.begin(levels, present);
    this.sizes.addTable(cells, width);
    this.sizes.finish();
  }

  /** Neighbours whose level is near enough. */
  #dependent(p: number): number {
    const { ranks, levels } = this.#neighbourhood;
    const steps = this.#steps;
    const tolerance = this.#tolerance;
    const level = levels[ranks[p] - 1];
    let dependent = 0;
    for (let d = 0; d < steps.length; d++) {
      const ahead = ranks[p + steps[d]];
      const behind = ranks[p - steps[d]];
      if (ahead !== 0 && Math.abs(levels[ahead - 1] - level) <= tolerance) dependent++;
      if (behind !== 0 && Math.abs(levels[behind - 1] - level) <= tolerance) dependent++;
    }
    return dependent;
  }
}

/** Differences between the voxels of a neighbourhood and the mean of those around them. */
export class LocalDifferences implements NgtdmMeasures {
  levels = new Float64Array();
  p = new Float64Array();
  s = new Float64Array();
  voxels = 0;
  readonly #neighbourhood: Neighbourhood;
  readonly #steps: Int32Array;
  /** The gray level of each rank, 0 of rank 0. */
  readonly #levelOf: Float64Array;

  constructor(neighbourhood: Neighbourhood, directions: readonly Vector3[]) {
    this.#neighbourhood = neighbourhood;
    this.#steps = neighbourhood.stepsOf(directions);
    this.#levelOf = new Float64Array(neighbourhood.levels.length + 1);
  }

  measure(): void {
    const { members, count, ranks, levels, frequencies, present } = this.#neighbourhood;
    const steps = this.#steps;
    const levelOf = this.#levelOf;
    for (let i = 0; i < present; i++) levelOf[i + 1] = levels[i];
    const differences = new Float64Array(present);
    for (let k = 0; k < count; k++) {
      const p = members[k];
      let sum = 0;
      let around = 0;
      for (let d = 0; d < steps.length; d++) {
        const ahead = ranks[p + steps[d]];
        const behind = ranks[p - steps[d]];
        // Rank 0, the outside, has level 0: there is nothing to predict for the processor.
        sum += levelOf[ahead] + levelOf[behind];
        around += (ahead === 0 ? 0 : 1) + (behind === 0 ? 0 : 1);
      }
      if (around > 0) {
        differences[ranks[p] - 1] += Math.abs(levels[ranks[p] - 1] - sum / around);
      }
    }
    this.levels = levels.slice(0, present);
    this.p = frequencies.slice(0, present);
    for (let i = 0; i < present; i++) this.p[i] /= count;
    this.s = differences;
    this.voxels = count;
  }
}
