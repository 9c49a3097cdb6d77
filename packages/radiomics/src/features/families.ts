import { NotPlanarError } from '../errors.js';
import type { RegionExtraction } from '../extract/region-extraction.js';
import { axisAcross } from '../kernels/directions.js';
import { evaluateGlcm } from './evaluate-glcm.js';
import { evaluateGldm, evaluateGlrlm, evaluateGlszm } from './evaluate-level-size.js';
import { evaluateNgtdm } from './evaluate-ngtdm.js';
import type { Feature, FeatureTable } from './family.js';
import { firstorderDeprecatedTable, firstorderTable } from './firstorder.js';
import { glcmDeprecatedTable, glcmTable } from './glcm.js';
import { gldmDeprecatedTable, gldmTable } from './gldm.js';
import { glrlmTable } from './glrlm.js';
import { glszmTable } from './glszm.js';
import { ngtdmTable } from './ngtdm.js';
import { PlanarShapeMeasures, ShapeMeasures } from './shape-measures.js';
import { shapeDeprecatedTable, shapeTable } from './shape.js';
import { shape2DDeprecatedTable, shape2DTable } from './shape2d.js';
import { valueStatistics } from './value-distribution.js';

/** A family of features: its names, and how some of them are computed for a region. */
export interface Family<Measured> {
  readonly current: FeatureTable<Measured>;
  /** Computed only when asked for by name. */
  readonly deprecated: FeatureTable<Measured>;
  evaluate(features: readonly Feature<Measured>[], extraction: RegionExtraction): number[];
}

/** Every family by PyRadiomics' name, in the order of results. */
export const families = {
  shape: {
    current: shapeTable,
    deprecated: shapeDeprecatedTable,
    evaluate(features: readonly Feature<ShapeMeasures>[], { region, workspace }: RegionExtraction) {
      const measures = new ShapeMeasures(region, workspace);
      return features.map((feature) => feature(measures));
    },
  },
  shape2D: {
    current: shape2DTable,
    deprecated: shape2DDeprecatedTable,
    evaluate(
      features: readonly Feature<PlanarShapeMeasures>[],
      { region, settings, workspace }: RegionExtraction,
    ) {
      const across = axisAcross(settings.force2Ddimension);
      const slices = region.size[across];
      if (slices > 1) throw new NotPlanarError((['x', 'y', 'z'] as const)[across], slices);
      const measures = new PlanarShapeMeasures(region, across, workspace);
      return features.map((feature) => feature(measures));
    },
  },
  firstorder: {
    current: firstorderTable,
    deprecated: firstorderDeprecatedTable,
    evaluate(
      features: readonly Feature<Parameters<typeof firstorderTable.Entropy>[0]>[],
      { region, settings, grid }: RegionExtraction,
    ) {
      const [x, y, z] = region.spacing;
      const measures = {
        distribution: valueStatistics(region),
        frequencies: grid.frequencies,
        shift: settings.voxelArrayShift,
        voxelVolume: x * y * z,
      };
      return features.map((feature) => feature(measures));
    },
  },
  glcm: {
    current: glcmTable,
    deprecated: glcmDeprecatedTable,
    evaluate(
      features: readonly Feature<Parameters<typeof glcmTable.Contrast>[0]>[],
      extraction: RegionExtraction,
    ) {
      const { grid, settings } = extraction;
      const directions = extraction.directions(settings.distances);
      const lengths = extraction.stepLengths(directions);
      const none = settings.weightingNorm === 'no_weighting';
      const weights = lengths?.map((length) => (none ? 1 : Math.exp(-length * length)));
      const options = { symmetric: settings.symmetricalGLCM, weights };
      return evaluateGlcm(features, grid, directions, options);
    },
  },
  glrlm: {
    current: glrlmTable,
    deprecated: {},
    evaluate(
      features: readonly Feature<Parameters<typeof glrlmTable.RunEntropy>[0]>[],
      extraction: RegionExtraction,
    ) {
      const { grid, settings } = extraction;
      const directions = extraction.directions([1]);
      const none = settings.weightingNorm === 'no_weighting';
      const weights = extraction.stepLengths(directions)?.map((length) => (none ? 1 : length));
      return evaluateGlrlm(features, grid, directions, weights);
    },
  },
  glszm: {
    current: glszmTable,
    deprecated: {},
    evaluate(
      features: readonly Feature<Parameters<typeof glszmTable.ZoneEntropy>[0]>[],
      extraction: RegionExtraction,
    ) {
      const { grid } = extraction;
      return evaluateGlszm(features, grid, extraction.directions([1]));
    },
  },
  ngtdm: {
    current: ngtdmTable,
    deprecated: {},
    evaluate(
      features: readonly Feature<Parameters<typeof ngtdmTable.Contrast>[0]>[],
      extraction: RegionExtraction,
    ) {
      const { grid, settings } = extraction;
      return evaluateNgtdm(features, grid, extraction.directions(settings.distances));
    },
  },
  gldm: {
    current: gldmTable,
    deprecated: gldmDeprecatedTable,
    evaluate(
      features: readonly Feature<Parameters<typeof gldmTable.DependenceEntropy>[0]>[],
      extraction: RegionExtraction,
    ) {
      const { grid, settings } = extraction;
      const directions = extraction.directions(settings.distances);
      return evaluateGldm(features, grid, directions, settings.gldm_a);
    },
  },
} as const satisfies Record<string, Family<never>>;

/** Names of the families. */
export type FamilyName = keyof typeof families;
