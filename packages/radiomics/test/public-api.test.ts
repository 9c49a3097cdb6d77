import { expect, it } from 'vitest';
import * as radiomics from '../src/index.js';

it('exports these names', () => {
  expect(Object.keys(radiomics).sort()).toMatchInlineSnapshot(`
    [
      "EmptyMaskError",
      "LabelAbsentError",
      "NonFiniteRegionError",
      "NotPlanarError",
      "NotSupportedYetError",
      "RegionTooSmallError",
      "SettingsError",
      "TooManyGrayLevelsError",
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
      "paperFeatures",
      "parseSettings",
      "planarFeatures",
      "planeToVolume",
      "textureFeatures",
    ]
  `);
});
