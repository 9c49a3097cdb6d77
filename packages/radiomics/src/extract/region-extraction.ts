import type { Vector3 } from '@steatosis/core';
import { levelGrid, type LevelGrid } from '../discretise/gray-levels.js';
import { axisAcross, halfDirections } from '../kernels/directions.js';
import { stepLengths } from '../kernels/step-lengths.js';
import type { Workspace } from '../kernels/workspace.js';
import type { Region } from '../roi/region.js';
import type { ResolvedSettings } from '../settings/settings.js';

/** One region on its way through the families of features; what several need is made once. */
export class RegionExtraction {
  readonly region: Region;
  readonly settings: ResolvedSettings;
  readonly workspace: Workspace;
  #grid: LevelGrid | undefined;

  constructor(region: Region, settings: ResolvedSettings, workspace: Workspace) {
    this.region = region;
    this.settings = settings;
    this.workspace = workspace;
  }

  /** The discretised region. */
  get grid(): LevelGrid {
    if (this.#grid === undefined) {
      const { binWidth, binCount } = this.settings;
      const rule = { binWidth, binCount: binCount ?? undefined };
      this.#grid = levelGrid(this.region, rule, this.workspace);
    }
    return this.#grid;
  }

  /** The discretised region, if anything needed it. */
  get gridIfMade(): LevelGrid | undefined {
    return this.#grid;
  }

  /** Half of the steps to neighbours. */
  directions(distances: readonly number[]): Vector3[] {
    const { force2D, force2Ddimension } = this.settings;
    const forbiddenAxis = force2D ? axisAcross(force2Ddimension) : undefined;
    return halfDirections(this.region.size, { distances, forbiddenAxis });
  }

  /** The length of each step in mm under the weighting norm, or undefined without weighting. */
  stepLengths(directions: readonly Vector3[]): number[] | undefined {
    return stepLengths(directions, this.region.spacing, this.settings.weightingNorm);
  }
}
