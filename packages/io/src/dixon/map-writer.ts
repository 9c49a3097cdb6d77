import { noiseSd } from './noise.js';
import { wrapHz } from './signal-model.js';
import type { VoxelEstimates } from './voxel-estimates.js';

/** The arrays behind the maps, first axis fastest. */
export interface MapArrays {
  water: Float32Array;
  fat: Float32Array;
  pdffPercent: Float32Array;
  r2starPerSecond: Float32Array;
  /** Absent where the fit finds no field. */
  fieldMapHz: Float32Array | undefined;
  residual: Float32Array;
  /** Absent where the caller wants no optional maps. */
  sd: { pdffPercent: Float32Array; r2starPerSecond: Float32Array } | undefined;
}

/** Puts the estimates of voxels into maps and settles what only all voxels together can tell. */
export class MapWriter {
  readonly maps: MapArrays;
  notConverged = 0;
  negativeR2star = 0;
  pdffOutsideRange = 0;
  readonly #voxels: Int32Array;
  readonly #periodHz: number | undefined;
  readonly #residualSquares: Float32Array;

  /**
   * @param total voxels of the grid
   * @param voxels grid index of each fitted voxel
   * @param periodHz fields are wrapped into ± half of this; Infinity leaves them; without it no field map
   * @param withSd whether the SD maps are wanted
   */
  constructor(total: number, voxels: Int32Array, periodHz: number | undefined, withSd: boolean) {
    this.#voxels = voxels;
    this.#periodHz = periodHz;
    this.#residualSquares = new Float32Array(voxels.length);
    this.maps = {
      water: new Float32Array(total),
      fat: new Float32Array(total),
      pdffPercent: new Float32Array(total),
      r2starPerSecond: new Float32Array(total),
      fieldMapHz: periodHz === undefined ? undefined : new Float32Array(total),
      residual: new Float32Array(total),
      sd: withSd
        ? { pdffPercent: new Float32Array(total), r2starPerSecond: new Float32Array(total) }
        : undefined,
    };
  }

  /** Take the estimates of the voxels from position `from` of the list on. */
  write(from: number, estimates: VoxelEstimates): void {
    const { maps } = this;
    this.#residualSquares.set(estimates.residualSquares, from);
    this.notConverged += estimates.notConverged;
    for (let i = 0; i < estimates.water.length; i++) {
      const at = this.#voxels[from + i];
      const pdff = estimates.pdffPercent[i];
      const r2star = estimates.r2starPerSecond[i];
      if (r2star < 0) this.negativeR2star++;
      if (!(pdff >= 0 && pdff <= 100)) this.pdffOutsideRange++;
      maps.water[at] = estimates.water[i];
      maps.fat[at] = estimates.fat[i];
      maps.pdffPercent[at] = pdff;
      maps.r2starPerSecond[at] = r2star;
      if (maps.fieldMapHz !== undefined && this.#periodHz !== undefined) {
        maps.fieldMapHz[at] = wrapHz(estimates.fieldHz[i], this.#periodHz);
      }
      if (maps.sd !== undefined) {
        maps.sd.pdffPercent[at] = estimates.pdffSdPerNoise[i];
        maps.sd.r2starPerSecond[at] = estimates.r2starSdPerNoise[i];
      }
    }
  }

  /**
   * Scale the SD maps by the noise and fill the residual map; returns the SD of the noise. SDs that do not
   * exist, as where the Fisher matrix is singular, become NaN.
   *
   * @param echoes number of echoes
   * @param degrees real samples less real unknowns of a voxel
   * @param knownNoiseSd SD of the noise where it is known; otherwise the residuals tell
   */
  finish(echoes: number, degrees: number, knownNoiseSd?: number): number {
    const { residual, sd } = this.maps;
    const noise = knownNoiseSd ?? noiseSd(this.#residualSquares, degrees);
    for (let i = 0; i < this.#voxels.length; i++) {
      const at = this.#voxels[i];
      residual[at] = Math.sqrt(this.#residualSquares[i] / echoes);
      if (sd === undefined) continue;
      sd.pdffPercent[at] = finiteOrNaN(sd.pdffPercent[at] * noise);
      sd.r2starPerSecond[at] = finiteOrNaN(sd.r2starPerSecond[at] * noise);
    }
    return noise;
  }
}

function finiteOrNaN(value: number): number {
  return Number.isFinite(value) ? value : Number.NaN;
}
