import type { FeatureTable } from './family.js';
import type { PlanarShapeMeasures } from './shape-measures.js';

/**
 * The 9 features of the form of a region of one slice. S and P are area and length of its outline mesh,
 * λ₁ ≥ λ₂ the variances of the pixel centres along their principal axes (divided by N). Lengths in mm.
 */
export const shape2DTable = {
  /** √(λ₂/λ₁), 0 (line) to 1 (round). */
  Elongation: (m) => Math.sqrt(m.axes[1] / m.axes[0]),
  /** 4·√λ₁. */
  MajorAxisLength: (m) => 4 * Math.sqrt(m.axes[0]),
  /** Largest distance of two corners of the outline. */
  MaximumDiameter: (m) => m.diameter,
  /** S, mm²: below PixelSurface, since the outline cuts corners. */
  MeshSurface: (m) => m.outline.area,
  /** 4·√λ₂. */
  MinorAxisLength: (m) => 4 * Math.sqrt(m.axes[1]),
  /** P, mm. */
  Perimeter: (m) => m.outline.perimeter,
  /** P/S, 1/mm. */
  PerimeterSurfaceRatio: (m) => m.outline.perimeter / m.outline.area,
  /** Pixels times the area of one, mm². */
  PixelSurface: (m) => m.pixelSurface,
  /** 2·√(π·S)/P, up to 1 for a disc. */
  Sphericity: (m) => (2 * Math.sqrt(Math.PI * m.outline.area)) / m.outline.perimeter,
} as const satisfies FeatureTable<PlanarShapeMeasures>;

/** Computed only when asked for by name, as in PyRadiomics. */
export const shape2DDeprecatedTable = {
  /** P/(2·√(π·S)) = 1/Sphericity. */
  SphericalDisproportion: (m) => m.outline.perimeter / (2 * Math.sqrt(Math.PI * m.outline.area)),
} as const satisfies FeatureTable<PlanarShapeMeasures>;

/** Names of the shape features in the plane. */
export type Shape2DFeatureName = keyof typeof shape2DTable;
