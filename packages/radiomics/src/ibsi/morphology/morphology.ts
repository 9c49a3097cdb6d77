import type { IbsiTable } from '../ibsi-feature.js';
import type { MorphologyMeasures } from './morphology-measures.js';

/**
 * The morphological features of IBSI 1. V and A are volume and area of the surface mesh of the
 * morphological mask, λ₁ ≥ λ₂ ≥ λ₃ the variances of its voxel centres along their principal axes (divided
 * by N − 1). Gray values, which enter two of them, are those of the intensity mask.
 */
export const morphologyTable = {
  /**
   * V, from the signed volumes of the tetrahedra between the origin and each triangle of the mesh.
   *
   * Size of the region: the mesh cuts its outer corners off and fills inner ones in.
   * Degenerate: 0 for a few scattered voxels, where the mesh has holes.
   * Unit: mm³.
   * Source: IBSI RNU0.
   */
  morph_volume: { tag: 'morph_volume', name: 'Volume (mesh)', compute: (m) => m.mesh.volume },
  /**
   * N·v, N voxels of volume v each.
   *
   * Size of the region, counted.
   * Degenerate: none: positive for every region.
   * Unit: mm³.
   * Source: IBSI YEKZ.
   */
  morph_vol_approx: {
    tag: 'morph_vol_approx',
    name: 'Approximate volume (voxel counting)',
    compute: (m) => m.voxelVolume,
  },
  /**
   * A, the sum of the areas of the triangles of the mesh.
   *
   * Size of the surface.
   * Degenerate: none: positive for every region.
   * Unit: mm².
   * Source: IBSI C0JK.
   */
  morph_area_mesh: {
    tag: 'morph_area_mesh',
    name: 'Surface area (mesh)',
    compute: (m) => m.mesh.area,
  },
  /**
   * A/V.
   *
   * High for small, thin or rugged regions.
   * Degenerate: NaN where the mesh of a few scattered voxels encloses no volume.
   * Unit: 1/mm.
   * Source: IBSI 2PR5.
   */
  morph_av: {
    tag: 'morph_av',
    name: 'Surface to volume ratio',
    compute: (m) => (m.mesh.volume === 0 ? NaN : m.mesh.area / m.mesh.volume),
  },
  /**
   * V/(√π·A^1.5), up to 1/(6π) ≈ 0.053 for a sphere.
   *
   * Likeness to a sphere.
   * Degenerate: 0 where the mesh encloses no volume.
   * Unit: none.
   * Source: IBSI SKGS.
   */
  morph_comp_1: {
    tag: 'morph_comp_1',
    name: 'Compactness 1',
    compute: (m) => m.mesh.volume / (Math.sqrt(Math.PI * m.mesh.area) * m.mesh.area),
  },
  /**
   * 36π·V²/A³, up to 1 for a sphere.
   *
   * Likeness to a sphere; the cube of the sphericity.
   * Degenerate: 0 where the mesh encloses no volume.
   * Unit: none.
   * Source: IBSI BQWJ.
   */
  morph_comp_2: {
    tag: 'morph_comp_2',
    name: 'Compactness 2',
    compute: (m) => (36 * Math.PI * m.mesh.volume ** 2) / m.mesh.area ** 3,
  },
  /**
   * A/∛(36π·V²), from 1 for a sphere.
   *
   * How many times the surface exceeds that of a sphere of the same volume.
   * Degenerate: NaN where the mesh encloses no volume.
   * Unit: none.
   * Source: IBSI KRCK.
   */
  morph_sph_dispr: {
    tag: 'morph_sph_dispr',
    name: 'Spherical disproportion',
    compute: (m) => sphericalDisproportion(m),
  },
  /**
   * ∛(36π·V²)/A, up to 1 for a sphere.
   *
   * Likeness to a sphere.
   * Degenerate: 0 where the mesh encloses no volume.
   * Unit: none.
   * Source: IBSI QCFX.
   */
  morph_sphericity: {
    tag: 'morph_sphericity',
    name: 'Sphericity',
    compute: (m) => Math.cbrt(36 * Math.PI * m.mesh.volume ** 2) / m.mesh.area,
  },
  /**
   * ∛(A³/(36π·V²)) − 1, from 0 for a sphere.
   *
   * Unlikeness to a sphere.
   * Degenerate: NaN where the mesh encloses no volume.
   * Unit: none.
   * Source: IBSI 25C7.
   */
  morph_asphericity: {
    tag: 'morph_asphericity',
    name: 'Asphericity',
    compute: (m) => sphericalDisproportion(m) - 1,
  },
  /**
   * ‖c_mask − c_gray‖, the mean voxel centre of the morphological mask and the mean voxel centre of the
   * intensity mask weighted by gray value.
   *
   * How far high values lie to one side. Negative values weigh negatively, which IBSI leaves as it is: in
   * CT the weights may nearly cancel, and the shift exceed the region.
   * Degenerate: NaN where the gray values add up to 0.
   * Unit: mm.
   * Source: IBSI KLMA.
   */
  morph_com: {
    tag: 'morph_com',
    name: 'Centre of mass shift',
    compute: (m) => m.centreOfMassShift,
  },
  /**
   * max ‖a − b‖ over pairs of mesh corners.
   *
   * The longest extent in any direction.
   * Degenerate: none: positive for every region.
   * Unit: mm.
   * Source: IBSI L0JK.
   */
  morph_diam: {
    tag: 'morph_diam',
    name: 'Maximum 3D diameter',
    compute: (m) => m.maximumDiameter,
  },
  /**
   * 4·√λ₁.
   *
   * Length of the longest axis of an ellipsoid with the variances of the region.
   * Degenerate: none: positive for every region.
   * Unit: mm.
   * Source: IBSI TDIC.
   */
  morph_pca_maj_axis: {
    tag: 'morph_pca_maj_axis',
    name: 'Major axis length',
    compute: (m) => 2 * m.semiAxes[0],
  },
  /**
   * 4·√λ₂.
   *
   * Length of the middle axis of that ellipsoid.
   * Degenerate: 0 for a line of voxels.
   * Unit: mm.
   * Source: IBSI P9VJ.
   */
  morph_pca_min_axis: {
    tag: 'morph_pca_min_axis',
    name: 'Minor axis length',
    compute: (m) => 2 * m.semiAxes[1],
  },
  /**
   * 4·√λ₃.
   *
   * Length of the shortest axis of that ellipsoid.
   * Degenerate: 0 for one slice.
   * Unit: mm.
   * Source: IBSI 7J51.
   */
  morph_pca_least_axis: {
    tag: 'morph_pca_least_axis',
    name: 'Least axis length',
    compute: (m) => 2 * m.semiAxes[2],
  },
  /**
   * √(λ₂/λ₁), 0 (line) to 1 (round in section).
   *
   * Low for long regions.
   * Degenerate: 0 for a line of voxels.
   * Unit: none.
   * Source: IBSI Q3CK.
   */
  morph_pca_elongation: {
    tag: 'morph_pca_elongation',
    name: 'Elongation',
    compute: (m) => m.semiAxes[1] / m.semiAxes[0],
  },
  /**
   * √(λ₃/λ₁), 0 (flat) to 1 (sphere-like).
   *
   * Low for flat regions.
   * Degenerate: 0 for one slice.
   * Unit: none.
   * Source: IBSI N17B.
   */
  morph_pca_flatness: {
    tag: 'morph_pca_flatness',
    name: 'Flatness',
    compute: (m) => m.semiAxes[2] / m.semiAxes[0],
  },
  /**
   * V/V_box, the axis-aligned box around the mesh.
   *
   * How much of its box along the image axes the region fills.
   * Degenerate: 0 where the mesh encloses no volume.
   * Unit: none.
   * Source: IBSI PBX1.
   */
  morph_vol_dens_aabb: {
    tag: 'morph_vol_dens_aabb',
    name: 'Volume density (axis-aligned bounding box)',
    compute: (m) => m.mesh.volume / m.axisAlignedBox.volume,
  },
  /**
   * A/A_box, the axis-aligned box around the mesh.
   *
   * Surface compared with that of the box along the image axes.
   * Degenerate: none: positive for every region.
   * Unit: none.
   * Source: IBSI R59B.
   */
  morph_area_dens_aabb: {
    tag: 'morph_area_dens_aabb',
    name: 'Area density (axis-aligned bounding box)',
    compute: (m) => m.mesh.area / m.axisAlignedBox.area,
  },
  /**
   * V/V_box, the oriented box of least volume around the mesh.
   *
   * How much of the smallest box the region fills. IBSI has no reference value: implementations find
   * boxes of different quality.
   * Degenerate: 0 where the mesh encloses no volume.
   * Unit: none.
   * Source: IBSI ZH1A.
   */
  morph_vol_dens_ombb: {
    tag: 'morph_vol_dens_ombb',
    name: 'Volume density (oriented minimum bounding box)',
    compute: (m) => m.mesh.volume / m.orientedBox.volume,
  },
  /**
   * A/A_box, the oriented box of least volume around the mesh.
   *
   * Surface compared with that of the smallest box. IBSI has no reference value.
   * Degenerate: none: positive for every region.
   * Unit: none.
   * Source: IBSI IQYR.
   */
  morph_area_dens_ombb: {
    tag: 'morph_area_dens_ombb',
    name: 'Area density (oriented minimum bounding box)',
    compute: (m) => m.mesh.area / m.orientedBox.area,
  },
  /**
   * V/(4π/3·a·b·c), a, b, c = 2·√λ the semi-axes of the approximate enclosing ellipsoid.
   *
   * Volume compared with the ellipsoid that has the variances of the region.
   * Degenerate: NaN for one slice, whose ellipsoid is flat.
   * Unit: none.
   * Source: IBSI 6BDE.
   */
  morph_vol_dens_aee: {
    tag: 'morph_vol_dens_aee',
    name: 'Volume density (approximate enclosing ellipsoid)',
    compute: (m) => ratio(m.mesh.volume, m.approximateEllipsoid.volume),
  },
  /**
   * A/A_ell, A_ell = 4π·a·b·Σ_ν (αβ)^ν/(1 − 4ν²)·P_ν((α² + β²)/(2αβ)) over ν = 0 … 20,
   * α² = 1 − b²/a², β² = 1 − c²/a², P_ν Legendre polynomials.
   *
   * Surface compared with that of the ellipsoid that has the variances of the region. IBSI's series is kept
   * although it is not quite the area of an ellipsoid (4 % less for the digital phantom).
   * Degenerate: NaN for a line of voxels.
   * Unit: none.
   * Source: IBSI RDD2.
   */
  morph_area_dens_aee: {
    tag: 'morph_area_dens_aee',
    name: 'Area density (approximate enclosing ellipsoid)',
    compute: (m) => ratio(m.mesh.area, m.approximateEllipsoid.area),
  },
  /**
   * V/V_ell, the ellipsoid of least volume around the mesh.
   *
   * How much of that ellipsoid the region fills. IBSI has no reference value.
   * Degenerate: 0 where the mesh encloses no volume.
   * Unit: none.
   * Source: IBSI SWZ1; Khachiyan 1996; Todd and Yıldırım 2007.
   */
  morph_vol_dens_mvee: {
    tag: 'morph_vol_dens_mvee',
    name: 'Volume density (minimum volume enclosing ellipsoid)',
    compute: (m) => m.mesh.volume / m.enclosingEllipsoid.volume,
  },
  /**
   * A/A_ell, the ellipsoid of least volume around the mesh, its area by the same series as that of the
   * approximate ellipsoid.
   *
   * Surface compared with that of the ellipsoid. IBSI has no reference value.
   * Degenerate: none: positive for every region.
   * Unit: none.
   * Source: IBSI BRI8.
   */
  morph_area_dens_mvee: {
    tag: 'morph_area_dens_mvee',
    name: 'Area density (minimum volume enclosing ellipsoid)',
    compute: (m) => m.mesh.area / m.enclosingEllipsoid.area,
  },
  /**
   * V/V_hull, the convex hull of the mesh; up to 1.
   *
   * Low for regions with bays and arms (also called solidity).
   * Degenerate: 0 where the mesh encloses no volume.
   * Unit: none.
   * Source: IBSI R3ER.
   */
  morph_vol_dens_conv_hull: {
    tag: 'morph_vol_dens_conv_hull',
    name: 'Volume density (convex hull)',
    compute: (m) => m.mesh.volume / m.convexHull.volume,
  },
  /**
   * A/A_hull, the convex hull of the mesh.
   *
   * High for rugged surfaces.
   * Degenerate: none: positive for every region.
   * Unit: none.
   * Source: IBSI 7T7F.
   */
  morph_area_dens_conv_hull: {
    tag: 'morph_area_dens_conv_hull',
    name: 'Area density (convex hull)',
    compute: (m) => m.mesh.area / m.convexHull.area,
  },
  /**
   * V·mean of the gray values of the intensity mask.
   *
   * The sum of the values over space, such as the total lesion glycolysis of an uptake image.
   * Degenerate: 0 where the mesh encloses no volume.
   * Unit: mm³ × the unit of the image.
   * Source: IBSI 99N0.
   */
  morph_integ_int: {
    tag: 'morph_integ_int',
    name: 'Integrated intensity',
    compute: (m) => m.mesh.volume * m.meanIntensity,
  },
} as const satisfies IbsiTable<MorphologyMeasures>;

/** Tags of the morphological features. */
export type MorphologyTag = keyof typeof morphologyTable;

function sphericalDisproportion(m: MorphologyMeasures): number {
  return ratio(m.mesh.area, Math.cbrt(36 * Math.PI * m.mesh.volume ** 2));
}

function ratio(numerator: number, denominator: number): number {
  return denominator === 0 ? NaN : numerator / denominator;
}
