export * from './index.js';
export { type ClinicalRecord, type Participant } from './node/clinical.js';
export { type CohortCase, readCohort, type ReadCohortOptions, type Roi } from './node/cohort.js';
export {
  type DescribeOptions,
  describeSource,
  type MapsDescription,
  type MultiEchoDescription,
  type SeriesDescription,
  type SourceDescription,
  type VolumeDescription,
} from './node/describe.js';
export { makeFolders } from './node/make-folders.js';
export { readParticipants } from './node/participants.js';
export {
  type FileSources,
  readImage,
  readMaps,
  readMarkups,
  readMultiEcho,
  readSegmentation,
  readSeries,
} from './node/read.js';
export {
  writeMultiEchoBids,
  type WriteMultiEchoBidsOptions,
  writeParticipants,
  writeRoiLabels,
} from './node/write-cohort.js';
export { writeImage, type WriteImageOptions } from './node/write-image.js';
export {
  type SimulatedCohortReport,
  writeSimulatedCohort,
  type WriteSimulatedCohortOptions,
} from './node/simulate-cohort.js';
export { FolderInUseError } from './node/simulated-folder.js';
