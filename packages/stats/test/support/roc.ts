import { reference } from './reference.js';

interface Points {
  fpr: number[];
  tpr: number[];
  thresholds: number[];
}

/** A case of the ROC table. */
interface RocCase {
  name: string;
  scores: number[];
  labels: number[];
  weights?: number[];
  roc_all_points: Points;
  roc_drop_intermediate: Points;
  auc: number;
  average_precision: number;
  precision_recall: { precision: number[]; recall: number[]; thresholds: number[] };
  partial_auc_mcclish_max_fpr?: Record<string, number>;
  hanley_mcneil_1982?: { q1: number; q2: number; se: number };
  mann_whitney?: { U: number; p_asymptotic_cc: number };
  delong?: {
    auc: number;
    variance: number;
    se: number;
    ci95_wald: number[];
    ci95_wald_unclipped: number[];
    ci90_wald: number[];
    ci95_logit?: number[];
    v10_positives_in_input_order?: number[];
    v01_negatives_in_input_order?: number[];
  };
  youden?: {
    J: number;
    all_thresholds_at_max: number[];
    sensitivity: number;
    specificity: number;
  };
  closest_to_top_left?: { threshold: number; distance: number };
}

/** A clustered case: two scores of the same ROIs. */
interface ClusteredCase {
  name: string;
  scores_a: number[];
  scores_b: number[];
  labels: number[];
  clusters: number[];
  auc_a: number;
  var_obuchowski_a: number;
  se_a: number;
  ci95_a: number[];
  parts_a: { I: number };
  auc_b: number;
  var_obuchowski_b: number;
  cov_ab: number;
  z: number;
  p: number;
  var_delong_ignoring_clusters_a: number;
}

interface PairedCase {
  a: string;
  b: string;
  auc_a: number;
  auc_b: number;
  cov: number[][];
  diff: number;
  se_diff: number;
  z: number;
  p: number;
  ci95_diff: number[];
}

export interface RocTable {
  cases: RocCase[];
  paired_delong: PairedCase[];
  clustered: ClusteredCase[];
  multiclass: {
    labels: number[];
    probabilities: number[][];
    ovr_macro: number;
    ovr_weighted: number;
    ovo_macro: number;
    ovo_weighted: number;
    ovr_micro: number;
    per_class: number[];
  };
}

/** pROC's values of a case. */
interface ProcCase {
  auc: number;
  ci95_delong: (number | 'NA')[];
  var_delong: number | 'NA';
  'pauc_spec_1_0.9': number;
  'pauc_spec_1_0.9_corrected': number | 'NA';
  'pauc_sens_1_0.8': number;
  youden_best: { specificity: number | number[]; sensitivity: number | number[] };
  closest_topleft_threshold: number | (number | string)[];
  n_thresholds: number;
}

export interface ProcTable {
  roc: Record<string, ProcCase>;
  roc_paired: Record<
    string,
    {
      z: number;
      p: number;
      cov: number;
      ci95_diff: number[];
      unpaired_D: number;
      unpaired_df: number;
      unpaired_p: number;
    }
  >;
}

export function rocTable(): RocTable {
  return reference<RocTable>('roc');
}

export function procTable(): ProcTable {
  return reference<ProcTable>('r');
}
