export * from './index.js';
export { type ClinicalRecord, type Participant } from './node/clinical.js';
export {
  writeMultiEchoBids,
  type WriteMultiEchoBidsOptions,
  writeParticipants,
  writeRoiLabels,
} from './node/write-cohort.js';
export { writeImage, type WriteImageOptions } from './node/write-image.js';
