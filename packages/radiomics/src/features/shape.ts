import type { FeatureTable } from './family.js';
import type { ShapeMeasures } from './shape-measures.js';

/**
 * The 14 features of the form of a region in space. V and A are volume and area of its surface mesh,
 * λ₁ ≥ λ₂ ≥ λ₃ the variances of the voxel centres along their principal axes (divided by N). Lengths
 * in mm. Gray values play no part.
 */
export const shapeTable = {
  /** √(λ₂/λ₁), 0 (line) to 1 (round in section). */
  Elongation: (m) => Math.sqrt(m.axes[1] / m.axes[0]),
  /** √(λ₃/λ₁), 0 (flat: one slice) to 1 (sphere-like). */
  Flatness: (m) => Math.sqrt(m.axes[2] / m.axes[0]),
  /** 4·√λ₃. 0 for one slice. */
  LeastAxisLength: (m) => 4 * Math.sqrt(m.axes[2]),
  /** 4·√λ₁. */
  MajorAxisLength: (m) => 4 * Math.sqrt(m.axes[0]),
  /** Largest distance of two mesh corners in a plane of constant y (coronal). */
  Maximum2DDiameterColumn: (m) => m.diameters.inY,
  /** Largest distance of two mesh corners in a plane of constant x (sagittal). */
  Maximum2DDiameterRow: (m) => m.diameters.inX,
  /** Largest distance of two mesh corners in a plane of constant z (axial). */
  Maximum2DDiameterSlice: (m) => m.diameters.inZ,
  /** Largest distance of two mesh corners. */
  Maximum3DDiameter: (m) => m.diameters.whole,
  /** V, mm³: below VoxelVolume, since the mesh cuts corners. */
  MeshVolume: (m) => m.mesh.volume,
  /** 4·√λ₂. */
  MinorAxisLength: (m) => 4 * Math.sqrt(m.axes[1]),
  /** ∛(36π·V²)/A, up to 1 for a sphere. */
  Sphericity: (m) => Math.cbrt(36 * Math.PI * m.mesh.volume ** 2) / m.mesh.area,
  /** A, mm². */
  SurfaceArea: (m) => m.mesh.area,
  /** A/V, 1/mm. NaN where the mesh of a few scattered voxels has no volume. */
  SurfaceVolumeRatio: (m) => (m.mesh.volume === 0 ? NaN : m.mesh.area / m.mesh.volume),
  /** Voxels times the volume of one, mm³. */
  VoxelVolume: (m) => m.voxelVolume,
} as const satisfies FeatureTable<ShapeMeasures>;

/** Computed only when asked for by name, as in PyRadiomics: each is a function of Sphericity. */
export const shapeDeprecatedTable = {
  /** V/(√π·A^1.5). */
  Compactness1: (m) => m.mesh.volume / (m.mesh.area ** 1.5 * Math.sqrt(Math.PI)),
  /** 36π·V²/A³. */
  Compactness2: (m) => (36 * Math.PI * m.mesh.volume ** 2) / m.mesh.area ** 3,
  /** A/∛(36π·V²) = 1/Sphericity. */
  SphericalDisproportion: (m) => m.mesh.area / Math.cbrt(36 * Math.PI * m.mesh.volume ** 2),
} as const satisfies FeatureTable<ShapeMeasures>;

/** Names of the shape features in space. */
export type ShapeFeatureName = keyof typeof shapeTable;
