export type { ImageComponent, ScannerMapKind } from './dicom/component.js';
export {
  readSeries,
  type ReadSeriesOptions,
  type Series,
  type SeriesTags,
} from './dicom/read-series.js';
export type { SeriesVolume } from './dicom/volumes.js';
export type { DicomMapName } from './dicom/map-quantities.js';
export {
  encodeDicomMaps,
  type EncodeDicomMapsOptions,
  type EncodedDicomMap,
} from './dicom/write-maps.js';
export type {
  AcquisitionErrors,
  ErrorKind,
  LinearPhase,
} from './dixon/calibration/acquisition-errors.js';
export type { CalibrationReport } from './dixon/calibration/find-errors.js';
export { PhaseMissingError, UnusableEchoesError } from './dixon/errors.js';
export { WasmSimdMissingError } from '@steatosis/core';
export type { MaskReport } from './dixon/mask.js';
export {
  separationDefaults,
  type SeparateWaterFatOptions,
  type SeparationFit,
} from './dixon/options.js';
export type { SeparationReport } from './dixon/report.js';
export { type RoiSummary, summariseRoi } from './dixon/roi-summary.js';
export {
  type SegmentsSummary,
  type SegmentSummary,
  summariseSegments,
  type SummarisedMaps,
} from './dixon/segment-summary.js';
export {
  type MagnitudeWaterFatMaps,
  type NecessaryMaps,
  separateWaterFat,
  type WaterFatMaps,
} from './dixon/separate-water-fat.js';
export {
  steatosisGrade,
  type SteatosisGradeOptions,
  type SteatosisThresholds,
  steatosisThresholds,
  type SteatosisThresholdsName,
} from './dixon/steatosis-grade.js';
export { type FatSpectrum, fatSpectra, type SpectrumName } from './dixon/spectra.js';
export type { T1CorrectionReport, TissueT1 } from './dixon/t1-correction.js';
export type {
  CalibrationWarning,
  PrecessionWarning,
  SeparationWarning,
  SwapSuspectWarning,
  UnsettledCalibrationWarning,
} from './dixon/warning-messages.js';
export {
  FileAccessError,
  FormatError,
  NoImagesError,
  SegmentationError,
  SeriesError,
  type SeriesProblem,
  TableError,
  UnsupportedFormatError,
} from './errors.js';
export { readMaps } from './maps/read-maps.js';
export type { ScannerMaps } from './maps/scanner-maps.js';
export {
  type MarkupBox,
  type MarkupCurve,
  type MarkupPoint,
  type Markups,
  readMarkups,
} from './markups/read.js';
export type {
  ComplexMultiEcho,
  MagnitudeMultiEcho,
  MultiEcho,
  MultiEchoAcquisition,
} from './multi-echo/multi-echo.js';
export { readMultiEcho } from './multi-echo/read-multi-echo.js';
export { encodeNifti, type EncodeNiftiOptions } from './nifti/write.js';
export { encodeNrrd, type EncodeNrrdOptions } from './nrrd/write.js';
export type { ReadOptions } from './options.js';
export {
  affine,
  type AffineOptions,
  type Interpolation,
  rotate,
  type RotateOptions,
} from './patches/affine.js';
export { augmentPatch, type AugmentPatchOptions } from './patches/augment.js';
export { cropPatch, roiBox, type RoiBoxOptions } from './patches/crop.js';
export { addNoise, type AddNoiseOptions } from './patches/noise.js';
export {
  flipHorizontal,
  flipVertical,
  rotate90,
  translateReflect,
  type TranslateReflectOptions,
  transpose,
} from './patches/rearrange.js';
export type { OpenSibling } from './read-context.js';
export { readImage, type ReadImageOptions } from './read-image.js';
export { readSegmentation } from './segmentation/read.js';
export type { Segment, Segmentation } from './segmentation/segment.js';
export { paperAcquisition, type SimulatedAcquisition } from './simulate/acquisition.js';
export type {
  ClinicalStrengths,
  SimulatedClinical,
  SimulatedTruthValues,
} from './simulate/clinical-draw.js';
export {
  type CohortSettings,
  simulateCohort,
  type SimulateCohortOptions,
  type SimulatedPatient,
  type SimulatedPatientRoi,
} from './simulate/cohort.js';
export type { HepaticFat } from './simulate/hepatic-fat.js';
export type { SimulatedMaps } from './simulate/patient-tissue.js';
export { RoiPlacementError } from './simulate/examined-body.js';
export {
  simulateMultiEcho,
  type SimulatedTissue,
  type SimulateMultiEchoOptions,
  type TissueMap,
} from './simulate/simulate-multi-echo.js';
export type { RelaxationTimes } from './simulate/t1-weighting.js';
export type { ImageSource, ImageSources, NamedSource } from './sources.js';
