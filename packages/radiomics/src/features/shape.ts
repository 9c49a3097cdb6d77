import type { FeatureTable } from './family.js';
import type { ShapeMeasures } from './shape-measures.js';

/**
 * The 14 features of the form of a region in space. V and A are volume and area of its surface mesh,
 * λ₁ ≥ λ₂ ≥ λ₃ the variances of the voxel centres along their principal axes (divided by N). Lengths
 * in mm. Gray values play no part.
 */
export const shapeTable = {
  /**
   * √(λ₂/λ₁), 0 (line) to 1 (round in section).
   *
   * Low for long regions.
   * Degenerate: 0 for a line of voxels.
   * Unit: none.
   * Source: IBSI Q3CK.
   */
  Elongation: (m) => Math.sqrt(m.axes[1] / m.axes[0]),
  /**
   * √(λ₃/λ₁), 0 (flat) to 1 (sphere-like).
   *
   * Low for flat regions.
   * Degenerate: 0 for one slice.
   * Unit: none.
   * Source: IBSI N17B.
   */
  Flatness: (m) => Math.sqrt(m.axes[2] / m.axes[0]),
  /**
   * 4·√λ₃.
   *
   * Length of the shortest axis of an ellipsoid with the variances of the region. IBSI divides the
   * variance by N − 1, PyRadiomics by N.
   * Degenerate: 0 for one slice.
   * Unit: mm.
   * Source: IBSI 7J51.
   */
  LeastAxisLength: (m) => 4 * Math.sqrt(m.axes[2]),
  /**
   * 4·√λ₁.
   *
   * Length of the longest axis of an ellipsoid with the variances of the region. IBSI divides the
   * variance by N − 1, PyRadiomics by N.
   * Degenerate: none: positive for every region.
   * Unit: mm.
   * Source: IBSI TDIC.
   */
  MajorAxisLength: (m) => 4 * Math.sqrt(m.axes[0]),
  /**
   * max ‖a − b‖ over mesh corners a, b with the same y.
   *
   * Largest extent in a coronal plane (rows and slices).
   * Degenerate: none: positive for every region.
   * Unit: mm.
   * Source: PyRadiomics; van Griethuysen et al. 2017.
   */
  Maximum2DDiameterColumn: (m) => m.diameters.inY,
  /**
   * max ‖a − b‖ over mesh corners a, b with the same x.
   *
   * Largest extent in a sagittal plane (columns and slices).
   * Degenerate: none: positive for every region.
   * Unit: mm.
   * Source: PyRadiomics; van Griethuysen et al. 2017.
   */
  Maximum2DDiameterRow: (m) => m.diameters.inX,
  /**
   * max ‖a − b‖ over mesh corners a, b with the same z.
   *
   * Largest extent in an axial plane (rows and columns).
   * Degenerate: none: positive for every region.
   * Unit: mm.
   * Source: PyRadiomics; van Griethuysen et al. 2017.
   */
  Maximum2DDiameterSlice: (m) => m.diameters.inZ,
  /**
   * max ‖a − b‖ over mesh corners a, b.
   *
   * Largest extent in any direction (Feret diameter).
   * Degenerate: none: positive for every region.
   * Unit: mm.
   * Source: IBSI L0JK.
   */
  Maximum3DDiameter: (m) => m.diameters.whole,
  /**
   * V, the sum of the signed volumes of the tetrahedra between the origin and the triangles of the mesh.
   *
   * Size of the region: the mesh cuts its outer corners off and fills inner ones in.
   * Degenerate: may be 0 for a few scattered voxels, where the mesh has holes.
   * Unit: mm³.
   * Source: IBSI RNU0.
   */
  MeshVolume: (m) => m.mesh.volume,
  /**
   * 4·√λ₂.
   *
   * Length of the middle axis of an ellipsoid with the variances of the region. IBSI divides the
   * variance by N − 1, PyRadiomics by N.
   * Degenerate: 0 for a line of voxels.
   * Unit: mm.
   * Source: IBSI P9VJ.
   */
  MinorAxisLength: (m) => 4 * Math.sqrt(m.axes[1]),
  /**
   * ∛(36π·V²)/A, up to 1 for a sphere.
   *
   * Likeness to a sphere.
   * Degenerate: 0 where the mesh has no volume.
   * Unit: none.
   * Source: IBSI QCFX.
   */
  Sphericity: (m) => Math.cbrt(36 * Math.PI * m.mesh.volume ** 2) / m.mesh.area,
  /**
   * A, the sum of the areas of the triangles of the mesh.
   *
   * Size of the surface.
   * Degenerate: none: positive for every region.
   * Unit: mm².
   * Source: IBSI C0JK.
   */
  SurfaceArea: (m) => m.mesh.area,
  /**
   * A/V.
   *
   * High for small, thin or rugged regions.
   * Degenerate: NaN where the mesh of a few scattered voxels has no volume.
   * Unit: 1/mm.
   * Source: IBSI 2PR5.
   */
  SurfaceVolumeRatio: (m) => (m.mesh.volume === 0 ? NaN : m.mesh.area / m.mesh.volume),
  /**
   * N·v, N voxels of volume v each.
   *
   * Size of the region, counted.
   * Degenerate: none: positive for every region.
   * Unit: mm³.
   * Source: IBSI YEKZ.
   */
  VoxelVolume: (m) => m.voxelVolume,
} as const satisfies FeatureTable<ShapeMeasures>;

/** Computed only when asked for by name, as in PyRadiomics: each is a function of Sphericity. */
export const shapeDeprecatedTable = {
  /**
   * V/(√π·A^1.5), up to 1/(6π) ≈ 0.053 for a sphere.
   *
   * Likeness to a sphere.
   * Degenerate: 0 where the mesh has no volume.
   * Unit: none.
   * Deprecated: a function of Sphericity: √(Sphericity³)/(6π).
   * Source: IBSI SKGS.
   */
  Compactness1: (m) => m.mesh.volume / (Math.sqrt(Math.PI * m.mesh.area) * m.mesh.area),
  /**
   * 36π·V²/A³, up to 1 for a sphere.
   *
   * Likeness to a sphere.
   * Degenerate: 0 where the mesh has no volume.
   * Unit: none.
   * Deprecated: a function of Sphericity: its cube.
   * Source: IBSI BQWJ.
   */
  Compactness2: (m) => (36 * Math.PI * m.mesh.volume ** 2) / m.mesh.area ** 3,
  /**
   * A/∛(36π·V²), from 1 for a sphere.
   *
   * How many times the surface exceeds that of a sphere of the same volume.
   * Degenerate: Infinity where the mesh has no volume.
   * Unit: none.
   * Deprecated: a function of Sphericity: its inverse.
   * Source: IBSI KRCK.
   */
  SphericalDisproportion: (m) => m.mesh.area / Math.cbrt(36 * Math.PI * m.mesh.volume ** 2),
} as const satisfies FeatureTable<ShapeMeasures>;

/** Names of the shape features in space. */
export type ShapeFeatureName = keyof typeof shapeTable;
