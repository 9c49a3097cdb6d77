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
export type {
  ComplexMultiEcho,
  MagnitudeMultiEcho,
  MultiEcho,
  MultiEchoAcquisition,
} from './multi-echo/multi-echo.js';
export { encodeNifti, type EncodeNiftiOptions } from './nifti/write.js';
export { encodeNrrd, type EncodeNrrdOptions } from './nrrd/write.js';
export type { ReadOptions } from './options.js';
export type { Segment, Segmentation } from './segmentation/segment.js';
