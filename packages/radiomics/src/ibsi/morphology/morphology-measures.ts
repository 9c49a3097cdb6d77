import { sameGridOrThrow, type Vector3, type Volume } from '@steatosis/core';
import { ShapeMeasures } from '../../features/shape-measures.js';
import type { MeshMeasures } from '../../kernels/surface-mesh.js';
import { Workspace } from '../../kernels/workspace.js';
import { cutRegion, type Region } from '../../roi/region.js';
import { cutIntensityRegion, forEachVoxel } from '../region-voxels.js';
import { type ConvexHull, convexHull, measureHull } from './convex-hull.js';
import { measureEllipsoid, type SolidMeasures } from './ellipsoids.js';
import { enclosingEllipsoid } from './enclosing-ellipsoid.js';
import { hullCandidates } from './hull-candidates.js';
import { smallOrientedBox } from './oriented-box.js';

/**
 * Measure the form of a region, and where its gray values lie in it.
 *
 * @param image gray values, three dimensions
 * @param intensityMask 1 inside: the region after resegmentation
 * @param morphologicalMask 1 inside: the region before it; both masks on the grid of the image
 * @throws GridMismatchError EmptyMaskError LabelAbsentError RegionTooSmallError NonFiniteRegionError
 */
export function measureMorphology(
  image: Volume,
  intensityMask: Volume,
  morphologicalMask: Volume,
): MorphologyMeasures {
  return new MorphologyMeasures(image, intensityMask, morphologicalMask);
}

/** What the morphological features are computed from; each part is measured when it is first asked for. */
export class MorphologyMeasures {
  /** Mean gray value of the intensity mask. */
  readonly meanIntensity: number;
  /**
   * Distance between the mean voxel centre of the morphological mask and that of the intensity mask
   * weighted by gray value, mm; NaN where the gray values add up to 0.
   */
  readonly centreOfMassShift: number;
  readonly #region: Region;
  readonly #workspace = new Workspace();
  readonly #shape: ShapeMeasures;
  #semiAxes: readonly [number, number, number] | undefined;
  #hull: ConvexHull | undefined;
  #measured: Partial<Record<SolidName, SolidMeasures>> = {};

  constructor(image: Volume, intensityMask: Volume, morphologicalMask: Volume) {
    sameGridOrThrow(image, morphologicalMask);
    const options = { label: 1, reach: 1, minimumDimensions: 1, minimumSize: 0, allowNaN: false };
    // Of the gray values under the morphological mask none is needed.
    this.#region = cutRegion(morphologicalMask, morphologicalMask, options, this.#workspace);
    this.#shape = new ShapeMeasures(this.#region, this.#workspace);
    const intensity = cutIntensityRegion(image, intensityMask, new Workspace());
    const weighted = weightedCentre(intensity);
    this.meanIntensity = weighted.total / intensity.count;
    const centre = meanCentre(this.#region);
    this.centreOfMassShift =
      weighted.total === 0
        ? NaN
        : Math.hypot(...centre.map((c, axis) => c - weighted.centre[axis]));
  }

  /** Voxels times the volume of a voxel, mm³. */
  get voxelVolume(): number {
    return this.#shape.voxelVolume;
  }

  /** The surface mesh. */
  get mesh(): MeshMeasures {
    return this.#shape.mesh;
  }

  /** Largest distance of two corners of the mesh, mm. */
  get maximumDiameter(): number {
    return this.#shape.diameters.whole;
  }

  /** 2·√λ for the variances λ of the voxel centres along their principal axes (divided by N − 1), mm. */
  get semiAxes(): readonly [number, number, number] {
    const { count } = this.#region;
    return (this.#semiAxes ??= this.#shape.axes.map(
      (variance) => 2 * Math.sqrt((variance * count) / (count - 1)),
    ) as [number, number, number]);
  }

  /** The box around the mesh along the image axes, which is that of the voxels. */
  get axisAlignedBox(): SolidMeasures {
    const [x, y, z] = this.#region.size.map((n, axis) => n * this.#region.spacing[axis]) as Vector3;
    return { volume: x * y * z, area: 2 * (x * y + y * z + z * x) };
  }

  /** A box around the mesh of small volume, turned as it may be. */
  get orientedBox(): SolidMeasures {
    return this.#once('orientedBox', () => smallOrientedBox(this.#convexHull(), this.#halfVoxel()));
  }

  /** The ellipsoid with the semi-axes of the voxel centres' variances. */
  get approximateEllipsoid(): SolidMeasures {
    return this.#once('approximateEllipsoid', () => measureEllipsoid(this.semiAxes));
  }

  /** The ellipsoid of least volume around the mesh. */
  get enclosingEllipsoid(): SolidMeasures {
    return this.#once('enclosingEllipsoid', () => {
      const half = this.#halfVoxel();
      const corners = Float64Array.from(this.#convexHull().points, (n, i) => n * half[i % 3]);
      return measureEllipsoid(enclosingEllipsoid(corners, this.#workspace).semiAxes);
    });
  }

  /** The convex hull of the mesh. */
  get convexHull(): SolidMeasures {
    return this.#once('convexHull', () => measureHull(this.#convexHull(), this.#halfVoxel()));
  }

  #once(name: SolidName, measure: () => SolidMeasures): SolidMeasures {
    return (this.#measured[name] ??= measure());
  }

  #convexHull(): ConvexHull {
    return (this.#hull ??= convexHull(hullCandidates(this.#region, this.#workspace)));
  }

  #halfVoxel(): Vector3 {
    return this.#region.spacing.map((s) => s / 2) as Vector3;
  }
}

type SolidName = 'orientedBox' | 'approximateEllipsoid' | 'enclosingEllipsoid' | 'convexHull';

/** Mean voxel centre in mm from voxel (0, 0, 0) of the image, along its axes. */
function meanCentre(region: Region): Vector3 {
  const sums: Vector3 = [0, 0, 0];
  forEachVoxel(region, (x, y, z) => {
    sums[0] += x;
    sums[1] += y;
    sums[2] += z;
  });
  return sums.map(
    (sum, axis) => (region.start[axis] + sum / region.count) * region.spacing[axis],
  ) as Vector3;
}

/** Sum of the gray values, and the mean voxel centre weighted by them. */
function weightedCentre(region: Region): { total: number; centre: Vector3 } {
  let total = 0;
  const sums: Vector3 = [0, 0, 0];
  forEachVoxel(region, (x, y, z, value) => {
    total += value;
    sums[0] += value * x;
    sums[1] += value * y;
    sums[2] += value * z;
  });
  const centre = sums.map(
    (sum, axis) => (region.start[axis] + sum / total) * region.spacing[axis],
  ) as Vector3;
  return { total, centre };
}
