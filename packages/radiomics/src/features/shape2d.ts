import type { FeatureTable } from './family.js';
import type { PlanarShapeMeasures } from './shape-measures.js';

/**
 * The 9 features of the form of a region of one slice. S and P are area and length of its outline mesh,
 * λ₁ ≥ λ₂ the variances of the pixel centres along their principal axes (divided by N). Lengths in mm.
 */
export const shape2DTable = {
  /**
   * √(λ₂/λ₁), 0 (line) to 1 (round).
   *
   * Low for long regions.
   * Degenerate: 0 for a line of pixels.
   * Unit: none.
   * Source: PyRadiomics; van Griethuysen et al. 2017.
   */
  Elongation: (m) => Math.sqrt(m.axes[1] / m.axes[0]),
  /**
   * 4·√λ₁.
   *
   * Length of the longer axis of an ellipse with the variances of the region.
   * Degenerate: none: positive for every region.
   * Unit: mm.
   * Source: PyRadiomics; van Griethuysen et al. 2017.
   */
  MajorAxisLength: (m) => 4 * Math.sqrt(m.axes[0]),
  /**
   * max ‖a − b‖ over corners a, b of the outline.
   *
   * Largest extent in any direction.
   * Degenerate: none: positive for every region.
   * Unit: mm.
   * Source: PyRadiomics; van Griethuysen et al. 2017.
   */
  MaximumDiameter: (m) => m.diameter,
  /**
   * S, the area inside the outline.
   *
   * Size of the region: the outline cuts its outer corners off and fills inner ones in.
   * Degenerate: none: positive for every region.
   * Unit: mm².
   * Source: PyRadiomics; van Griethuysen et al. 2017.
   */
  MeshSurface: (m) => m.outline.area,
  /**
   * 4·√λ₂.
   *
   * Length of the shorter axis of an ellipse with the variances of the region.
   * Degenerate: 0 for a line of pixels.
   * Unit: mm.
   * Source: PyRadiomics; van Griethuysen et al. 2017.
   */
  MinorAxisLength: (m) => 4 * Math.sqrt(m.axes[1]),
  /**
   * P, the length of the outline.
   *
   * Length of the border, holes included.
   * Degenerate: none: positive for every region.
   * Unit: mm.
   * Source: PyRadiomics; van Griethuysen et al. 2017.
   */
  Perimeter: (m) => m.outline.perimeter,
  /**
   * P/S.
   *
   * High for small, thin or rugged regions.
   * Degenerate: none: positive for every region.
   * Unit: 1/mm.
   * Source: PyRadiomics; van Griethuysen et al. 2017.
   */
  PerimeterSurfaceRatio: (m) => m.outline.perimeter / m.outline.area,
  /**
   * N·a, N pixels of area a each.
   *
   * Size of the region, counted.
   * Degenerate: none: positive for every region.
   * Unit: mm².
   * Source: PyRadiomics; van Griethuysen et al. 2017.
   */
  PixelSurface: (m) => m.pixelSurface,
  /**
   * 2·√(π·S)/P, up to 1 for a disc.
   *
   * Likeness to a disc.
   * Degenerate: none: positive for every region.
   * Unit: none.
   * Source: PyRadiomics; van Griethuysen et al. 2017.
   */
  Sphericity: (m) => (2 * Math.sqrt(Math.PI * m.outline.area)) / m.outline.perimeter,
} as const satisfies FeatureTable<PlanarShapeMeasures>;

/** Computed only when asked for by name, as in PyRadiomics. */
export const shape2DDeprecatedTable = {
  /**
   * P/(2·√(π·S)), from 1 for a disc.
   *
   * How many times the border exceeds that of a disc of the same area.
   * Degenerate: none: positive for every region.
   * Unit: none.
   * Deprecated: the inverse of Sphericity.
   * Source: PyRadiomics; van Griethuysen et al. 2017.
   */
  SphericalDisproportion: (m) => m.outline.perimeter / (2 * Math.sqrt(Math.PI * m.outline.area)),
} as const satisfies FeatureTable<PlanarShapeMeasures>;

/** Names of the shape features in the plane. */
export type Shape2DFeatureName = keyof typeof shape2DTable;
