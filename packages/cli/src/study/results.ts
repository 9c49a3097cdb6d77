import type { DesignName, ModelName } from './designs.js';
import type { PaperValues } from './paper-values.js';
import type { PdffSource } from './patient-images.js';
import type { PartCounts } from './rows.js';
import type { StudySettings } from './settings.js';

/** Counts at the threshold. */
export interface Counts {
  tp: number;
  fp: number;
  fn: number;
  tn: number;
}

/** A proportion with its Wilson interval; null where it has no denominator. */
export interface Proportion {
  value: number | null;
  interval: [number, number] | null;
}

/** How a model does on one part, judged on rows of one unit. */
export interface PartResult {
  /** Null where the part holds one class only. */
  auc: number | null;
  /** 95 %; null where no variance can be estimated. */
  aucInterval: [number, number] | null;
  accuracy: number;
  /** 95 %, Wilson. */
  accuracyInterval: [number, number];
  counts: Counts;
  unit: 'roi' | 'patient';
  /** Rows judged: ROIs (augmented ones where the design judges them) or patients. */
  n: number;
  sensitivity: Proportion;
  specificity: Proportion;
  positivePredictiveValue: Proportion;
  negativePredictiveValue: Proportion;
  balancedAccuracy: number | null;
  /** How the AUC's interval was made, or why there is none. */
  aucMethod: string;
}

/** One model under one design. `train` and `test` are by ROI; the others average a patient's ROIs. */
export interface ModelResult {
  train: PartResult;
  test: PartResult;
  trainPatient: PartResult;
  testPatient: PartResult;
  /** Scores above it are called positive. */
  threshold: number;
  thresholdSource: string;
}

/** One held-out split. */
export interface SplitResult {
  title: string;
  leaks: boolean;
  how: string;
  fit: PartCounts;
  train: PartCounts;
  test: PartCounts;
  /** Columns that vary over the training rows, of the features used. */
  featuresUsed: number;
}

/** A correlation with the steatosis grade over patients. */
export interface CorrelationResult {
  coefficient: number | null;
  interval: [number, number] | null;
  p: number | null;
  logP: number | null;
  n: number;
  method: string;
  reason?: string;
}

export interface CorrelationPair {
  spearman: CorrelationResult;
  pearson: CorrelationResult;
}

/** The clinical variables of the paper's Table 2. */
export type ClinicalVariable = 'age' | 'sex' | 'pancreaticSteatosisGrade' | 'metabolicSyndrome';

/** A line of the cohort table: mean ± SD, or n of N. */
export type CohortCell =
  | { kind: 'mean'; mean: number; sd: number | null; n: number }
  | { kind: 'count'; count: number; n: number }
  | { kind: 'missing' };

export interface CohortRow {
  label: string;
  overall: CohortCell;
  negative: CohortCell;
  positive: CohortCell;
}

/** What `results.json` holds: no clock, duration, path or host name, so that the same seed gives the same bytes. */
export interface StudyResults {
  settings: StudySettings;
  versions: Record<string, string>;
  seed: number;
  permutedLabels: boolean;
  cohort: {
    patients: number;
    rois: number;
    grades: Record<string, number>;
    positives: number;
    /** Patients by where their PDFF comes from: computed from echoes, or the scanner's own maps. */
    pdffSources: Record<PdffSource, number>;
    table: CohortRow[];
  };
  features: { extracted: number; kept: number; names: readonly string[] };
  splits: Record<DesignName, SplitResult>;
  designs: Record<DesignName, Record<ModelName, ModelResult>>;
  /** Mean cross entropy of each training step's batch: whether the DenseNets had learned when they were judged. */
  densenetLossPerStep: Record<DesignName, number[]>;
  /** Mean PDFF at published thresholds, on all patients: nothing is learned here. */
  publishedThresholds: { thresholdPercent: number; source: string; result: PartResult }[];
  correlations: Record<ClinicalVariable, CorrelationPair>;
  correlationsBySex: Record<
    'women' | 'men',
    Record<Exclude<ClinicalVariable, 'sex'>, CorrelationPair>
  >;
  paper: PaperValues;
}
