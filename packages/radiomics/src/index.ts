export type {
  BatchCase,
  BatchFailure,
  BatchFeatures,
  BatchOptions,
  BatchRow,
  CaseImages,
} from './batch/batch-case.js';
export { extractFeaturesBatch } from './batch/extract-features-batch.js';
export {
  describeFeature,
  listFeatures,
  type ListFeaturesOptions,
} from './describe/describe-feature.js';
export type { FeatureDescription } from './describe/feature-description.js';
export { discretise, type DiscretiseOptions } from './discretise/discretise.js';
export {
  CannotNormaliseError,
  EmptyMaskError,
  LabelAbsentError,
  NonFiniteRegionError,
  NonIntegerMaskError,
  NotPlanarError,
  RegionOutsideImageError,
  RegionTooSmallError,
  ResampledTooLargeError,
  SettingsError,
  TooManyGrayLevelsError,
} from './errors.js';
export type { Diagnostics, ImageDescription } from './extract/diagnostics.js';
export { extractFeatures } from './extract/extract-features.js';
export { extractWithDiagnostics } from './extract/extract-with-diagnostics.js';
export type { AnyIbsiSettings } from './ibsi/any-settings.js';
export type { MaskDescription } from './extract/mask-description.js';
export type { ExtractionWarning } from './extract/warnings.js';
export type { FirstOrderFeatureName } from './features/firstorder.js';
export type { GlcmFeatureName } from './features/glcm.js';
export type { GldmFeatureName } from './features/gldm.js';
export type { GlrlmFeatureName } from './features/glrlm.js';
export type { GlszmFeatureName } from './features/glszm.js';
export type { NgtdmFeatureName } from './features/ngtdm.js';
export type { ShapeFeatureName } from './features/shape.js';
export type { Shape2DFeatureName } from './features/shape2d.js';
export {
  gradientMagnitude,
  type GradientMagnitudeOptions,
} from './filters/gradient/gradient-magnitude.js';
export type { Boundary } from './filters/ibsi-filters/boundary.js';
export {
  laplacianOfGaussianFir,
  type LaplacianOfGaussianFirOptions,
} from './filters/ibsi-filters/laplacian-of-gaussian-fir.js';
export { meanFilter, type MeanFilterOptions } from './filters/ibsi-filters/mean-filter.js';
export {
  separableWavelet,
  type SeparableWaveletOptions,
} from './filters/ibsi-filters/separable-wavelet.js';
export type { FilterOptions } from './filters/ibsi-filters/sum-of-separable.js';
export type { DerivedImage } from './filters/image-type.js';
export {
  localBinaryPattern2D,
  type LocalBinaryPattern2DOptions,
} from './filters/lbp2d/local-binary-pattern-2d.js';
export type { Lbp2DMethod } from './filters/lbp2d/pattern-codes.js';
export {
  localBinaryPattern3D,
  type LocalBinaryPattern3D,
  type LocalBinaryPattern3DOptions,
} from './filters/lbp3d/local-binary-pattern-3d.js';
export {
  laplacianOfGaussian,
  type LaplacianOfGaussianOptions,
} from './filters/log/laplacian-of-gaussian.js';
export {
  exponentialImage,
  logarithmImage,
  squareImage,
  squareRootImage,
} from './filters/pointwise/pointwise-filters.js';
export type { WithinOptions } from './filters/wanted-box.js';
export { waveletImages, type WaveletOptions } from './filters/wavelet/wavelet-images.js';
export { waveletNames } from './filters/wavelet/wavelet-names.js';
export type { IbsiAggregation } from './ibsi/aggregation.js';
export { extractIbsiFeatures, extractIbsiWithDiagnostics } from './ibsi/extract-ibsi.js';
export {
  ibsiFamilies,
  type IbsiFamily,
  type IbsiFeatureName,
  listIbsiFeatures,
} from './ibsi/families.js';
export type { IbsiFeature } from './ibsi/ibsi-feature.js';
export type { HistogramTag } from './ibsi/intensity/histogram.js';
export { gldzm, gldzmFeatures } from './ibsi/matrices/gldzm.js';
export { intensityHistogramFeatures } from './ibsi/matrices/intensity-histogram.js';
export { ngldm, ngldmFeatures, type NgldmOptions } from './ibsi/matrices/ngldm.js';
export type {
  IbsiDiscretisation,
  IbsiFamilyName,
  IbsiResampling,
  IbsiSettings,
} from './ibsi/settings.js';
export type { DependenceTag } from './ibsi/texture/dependence.js';
export type { DistanceZoneTag } from './ibsi/texture/distance-zone.js';
export {
  extractFeatureMaps,
  type FeatureMapOptions,
  type FeatureMaps,
} from './maps/extract-feature-maps.js';
export { glcm, glcmFeatures, type GlcmOptions } from './matrices/glcm.js';
export { gldm, gldmFeatures, type GldmOptions } from './matrices/gldm.js';
export { glrlm, glrlmFeatures } from './matrices/glrlm.js';
export { glszm, glszmFeatures } from './matrices/glszm.js';
export type { DistanceOptions, MatrixOptions } from './matrices/level-volume.js';
export { ngtdm, ngtdmFeatures } from './matrices/ngtdm.js';
export { paperFeatures, planarFeatures } from './paper-features.js';
export { type Pixels, type Plane, type PlaneOptions, planeToVolume } from './plane/plane.js';
export { textureFeatures, type TextureFeaturesOptions } from './plane/texture-features.js';
export { alignMask, type AlignMaskOptions, maskChannel } from './prepare/align-mask.js';
export { cropToRegion, type CropOptions } from './prepare/crop-to-region.js';
export { normaliseImage, type NormaliseOptions } from './prepare/normalise-image.js';
export {
  centredGrid,
  type CentredGridOptions,
  type CentredInterpolation,
  resampleCentred,
  type ResampleCentredOptions,
  resampleMaskCentred,
  type ResampleMaskCentredOptions,
} from './prepare/resample-centred.js';
export { resampleImageAndMask, type ResampleOptions } from './prepare/resample-image-and-mask.js';
export { resampleOnto } from './prepare/resample-onto.js';
export { resegmentMask, type ResegmentOptions } from './prepare/resegment-mask.js';
export { parseSettings } from './settings/parse-settings.js';
export type { FilterSettings } from './settings/filter-settings.js';
export type { ImageTypeName, ImageTypes, ImageTypeSettings } from './settings/image-types.js';
export type { Interpolator, PreparationSettings } from './settings/preparation-settings.js';
export type { ResolvedSettings, Settings, TextureSettings } from './settings/settings.js';
export type { VoxelSettings } from './settings/voxel-settings.js';
