import type { StudyResults } from './results.js';

/** What {@link runStudy} did. */
export interface StudyOutcome {
  results: StudyResults;
  /** Path of `report.html`. */
  reportPath: string;
  /** Path of `results.json`. */
  resultsPath: string;
}
