import { expect, it } from 'vitest';
import * as radiomics from '../src/index.js';

it('exports these names', () => {
  expect(Object.keys(radiomics).sort()).toMatchInlineSnapshot(`
    [
      "CannotNormaliseError",
      "EmptyMaskError",
      "LabelAbsentError",
      "NonFiniteRegionError",
      "NotPlanarError",
      "NotSupportedYetError",
      "RegionOutsideImageError",
      "RegionTooSmallError",
      "ResampledTooLargeError",
      "SettingsError",
      "TooManyGrayLevelsError",
      "centredGrid",
      "cropToRegion",
      "discretise",
      "extractFeatures",
      "extractFeaturesBatch",
      "extractWithDiagnostics",
      "glcm",
      "glcmFeatures",
      "gldm",
      "gldmFeatures",
      "glrlm",
      "glrlmFeatures",
      "glszm",
      "glszmFeatures",
      "ngtdm",
      "ngtdmFeatures",
      "normaliseImage",
      "paperFeatures",
      "parseSettings",
      "planarFeatures",
      "planeToVolume",
      "resampleCentred",
      "resampleImageAndMask",
      "resampleMaskCentred",
      "resampleOnto",
      "resegmentMask",
      "textureFeatures",
    ]
  `);
});
