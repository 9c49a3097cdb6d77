import type { DesignName } from '../study/designs.js';
import type { SlicePreview } from '../study/patient-data.js';
import type { StudyResults } from '../study/results.js';
import type { RocCurves } from './figures.js';

/** One patient of the pictures. */
export interface ShownPatient {
  participant: string;
  grade: number;
  /** Mean PDFF over the patient's ROIs. */
  meanPdffPercent: number;
  preview: SlicePreview;
}

/** Everything a report shows. */
export interface ReportInput {
  results: StudyResults;
  /** ROC curves on the test rows: by ROI for every design, by patient for the split by patient. */
  curves: { roi: Record<DesignName, RocCurves>; patient: RocCurves };
  shown: readonly ShownPatient[];
}
