import type { DesignName } from '../study/designs.js';
import type { StudyResults } from '../study/results.js';
import type { RocCurves } from './figures.js';
import type { MapOutline } from './maps.js';

/** A slice of one patient with its ROIs, for the pictures of the report. */
export interface PatientSlice {
  participant: string;
  grade: number;
  width: number;
  height: number;
  /** Height of a voxel over its width. */
  voxelAspect: number;
  /** x fastest; not-a-number in air. */
  pdffPercent: ArrayLike<number>;
  /** Magnitude of the first echo, x fastest. */
  magnitude: ArrayLike<number>;
  outlines: readonly MapOutline[];
  /** Mean PDFF over the patient's ROIs. */
  meanPdffPercent: number;
}

/** Everything a report shows. */
export interface ReportInput {
  results: StudyResults;
  /** ROC curves on the test rows: by ROI for every design, by patient for the split by patient. */
  curves: { roi: Record<DesignName, RocCurves>; patient: RocCurves };
  slices: readonly PatientSlice[];
}
