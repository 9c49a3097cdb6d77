/** The gray values at which an intensity–volume histogram is taken, level 1 to `levels`. */
export interface IntensityAxis {
  /** Number of levels; a level that does not occur counts too. */
  readonly levels: number;
  /** Gray value of level 1. */
  readonly first: number;
  /** Difference of gray value between levels. */
  readonly step: number;
}

/**
 * An intensity–volume histogram: for each level i of its axis the share ν(i) of the voxels with that level
 * or a higher one; γ(i) = (i − 1)/(levels − 1) is the intensity fraction. Of the curve only the levels that
 * occur are kept, so that a long axis costs nothing.
 */
export class VolumeHistogram {
  readonly #levels: Float64Array;
  readonly #axis: IntensityAxis;
  /** Voxels with the k-th level that occurs or a higher one; 0 behind the last. */
  readonly #voxelsFrom: Float64Array;

  /**
   * @param levels levels that occur, ascending, integers from 1 to the last of the axis
   * @param counts voxels of each
   */
  constructor(levels: Float64Array, counts: Float64Array, axis: IntensityAxis) {
    this.#levels = levels;
    this.#axis = axis;
    this.#voxelsFrom = new Float64Array(counts.length + 1);
    for (let k = counts.length - 1; k >= 0; k--) {
      this.#voxelsFrom[k] = this.#voxelsFrom[k + 1] + counts[k];
    }
  }

  /** The largest volume fraction with an intensity fraction of at least x; 1 where there is one level only. */
  volumeAtIntensityFraction(x: number): number {
    const last = this.#axis.levels - 1;
    if (last === 0) return 1;
    const k = this.#levels.findIndex((level) => (level - 1) / last >= x);
    return k < 0 ? 0 : this.#voxelsFrom[k] / this.#voxelsFrom[0];
  }

  /**
   * The lowest gray value that at most the share x of the voxels reach; that of the last level where more
   * reach it.
   */
  intensityAtVolumeFraction(x: number): number {
    const { levels, first, step } = this.#axis;
    const voxels = x * this.#voxelsFrom[0];
    const k = this.#voxelsFrom.findIndex((count) => count <= voxels);
    const level = k === 0 ? 1 : Math.min(levels, this.#levels[k - 1] + 1);
    return first + (level - 1) * step;
  }

  /** The area under ν(γ), by trapezoids; 1 where there is one level only. */
  area(): number {
    const last = this.#axis.levels;
    if (last === 1) return 1;
    // Σ ν over the axis is the mean number of levels that a voxel reaches.
    let reached = 0;
    for (let k = 0; k < this.#levels.length; k++) {
      reached += this.#levels[k] * (this.#voxelsFrom[k] - this.#voxelsFrom[k + 1]);
    }
    const total = this.#voxelsFrom[0];
    const occurs = this.#levels.at(-1) === last;
    const atLast = occurs ? this.#voxelsFrom[this.#levels.length - 1] / total : 0;
    return (reached / total - (1 + atLast) / 2) / (last - 1);
  }
}
