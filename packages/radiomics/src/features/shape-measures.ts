import { type BitRows, bitRows } from '../kernels/bit-rows.js';
import type { Diameters } from '../kernels/diameters.js';
import { measureDiameters } from '../kernels/diameters.js';
import { maskMoments, principalVariances } from '../kernels/mask-moments.js';
import { measureOutline } from '../kernels/outline.js';
import { largestSquaredDistance, hullOfRows } from '../kernels/planar-hull.js';
import { measureMesh, type MeshMeasures } from '../kernels/surface-mesh.js';
import type { Workspace } from '../kernels/workspace.js';
import { type Region, regionMask } from '../roi/region.js';

/** The form of a region in space; each part is measured when it is first asked for. */
export class ShapeMeasures {
  readonly #region: Region;
  readonly #workspace: Workspace;
  #mask: BitRows | undefined;
  #mesh: MeshMeasures | undefined;
  #diameters: Diameters | undefined;
  #axes: readonly number[] | undefined;

  constructor(region: Region, workspace: Workspace) {
    this.#region = region;
    this.#workspace = workspace;
  }

  /** Voxels times the volume of a voxel, mm³. */
  get voxelVolume(): number {
    const [x, y, z] = this.#region.spacing;
    return this.#region.count * (x * y * z);
  }

  /** Surface mesh: area (mm²) and volume (mm³). */
  get mesh(): MeshMeasures {
    return (this.#mesh ??= measureMesh(this.#bits(), this.#region.spacing, this.#workspace));
  }

  /** mm */
  get diameters(): Diameters {
    return (this.#diameters ??= measureDiameters(
      this.#bits(),
      this.#region.spacing,
      this.#workspace,
    ));
  }

  /** Variances along the principal axes of the voxel centres, mm², descending. */
  get axes(): readonly number[] {
    return (this.#axes ??= principalVariances(
      maskMoments(this.#region),
      this.#region.spacing,
      [0, 1, 2],
      this.#workspace,
    ));
  }

  #bits(): BitRows {
    return (this.#mask ??= bitRows(this.#region, this.#workspace));
  }
}

/** The form of a region of one slice in its plane. */
export class PlanarShapeMeasures {
  readonly #region: Region;
  readonly #workspace: Workspace;
  /** Axes 0–2 of the plane, the faster first. */
  readonly #u: number;
  readonly #v: number;
  #outline: { perimeter: number; area: number } | undefined;
  #diameter: number | undefined;
  #axes: readonly number[] | undefined;

  constructor(region: Region, axisAcross: 0 | 1 | 2, workspace: Workspace) {
    this.#region = region;
    this.#workspace = workspace;
    this.#u = axisAcross === 0 ? 1 : 0;
    this.#v = axisAcross === 2 ? 1 : 2;
  }

  /** Pixels times the area of a pixel, mm². */
  get pixelSurface(): number {
    const { count, spacing } = this.#region;
    return count * (spacing[this.#u] * spacing[this.#v]);
  }

  /** Length (mm) and enclosed area (mm²) of the outline. */
  get outline(): { perimeter: number; area: number } {
    return (this.#outline ??= measureOutline(this.#plane(), [
      this.#region.spacing[this.#u],
      this.#region.spacing[this.#v],
    ]));
  }

  /** Largest distance between two corners of the outline, mm. */
  get diameter(): number {
    return (this.#diameter ??= Math.sqrt(
      largestSquaredDistance(
        hullOfRows(
          outlineRows(this.#plane(), this.#region.spacing[this.#u], this.#region.spacing[this.#v]),
        ),
      ),
    ));
  }

  /** Variances along the principal axes of the pixel centres, mm², descending. */
  get axes(): readonly number[] {
    return (this.#axes ??= principalVariances(
      maskMoments(this.#region),
      this.#region.spacing,
      [this.#u, this.#v],
      this.#workspace,
    ));
  }

  #plane(): { inside: Uint8Array; width: number; height: number } {
    const { size, pad, rowStep, sliceStep } = this.#region;
    const mask = regionMask(this.#region, this.#workspace);
    const steps = [1, rowStep, sliceStep];
    const width = size[this.#u] + 2;
    const height = size[this.#v] + 2;
    const inside = this.#workspace.uint8('plane', width * height);
    const corner = pad * (1 + rowStep + sliceStep);
    for (let v = 0; v < size[this.#v]; v++) {
      for (let u = 0; u < size[this.#u]; u++) {
        const p = corner + u * steps[this.#u] + v * steps[this.#v];
        inside[(v + 1) * width + u + 1] = mask[p];
      }
    }
    return { inside, width, height };
  }
}

/** Leftmost and rightmost corner of the outline in each row and half row, in mm. */
function outlineRows(
  plane: { inside: Uint8Array; width: number; height: number },
  spacingU: number,
  spacingV: number,
): number[] {
  const { inside, width, height } = plane;
  const rows: number[] = [];
  const push = (v: number, least: number, most: number): void => {
    if (most >= 0) rows.push((v * spacingV) / 2, (least * spacingU) / 2, (most * spacingU) / 2);
  };
  for (let v = 0; v < height - 1; v++) {
    const sides = { least: Infinity, most: -1 };
    const ends = { least: Infinity, most: -1 };
    for (let u = 0; u < width - 1; u++) {
      const p = v * width + u;
      if (inside[p] !== inside[p + 1]) widen(sides, 2 * u + 1);
      if (inside[p] !== inside[p + width]) widen(ends, 2 * u);
    }
    push(2 * v, sides.least, sides.most);
    push(2 * v + 1, ends.least, ends.most);
  }
  return rows;
}

function widen(range: { least: number; most: number }, at: number): void {
  if (at < range.least) range.least = at;
  if (at > range.most) range.most = at;
}
