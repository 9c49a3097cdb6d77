import { bestThreshold } from './baselines.js';
import {
  type DesignName,
  DESIGN_DESCRIPTIONS,
  DESIGNS,
  LEARNED_MODELS,
  type LearnedModelName,
  type ModelName,
} from './designs.js';
import {
  byPatient,
  evaluateByPatient,
  evaluateByRoi,
  type Judged,
  type RocPoints,
  rocPoints,
} from './evaluate.js';
import { type DesignPlan, labelsOf, patientsOf } from './plan.js';
import type { ModelResult, SplitResult, StudyResults } from './results.js';
import { countPart } from './rows.js';
import type { StudyRows } from './study-rows.js';

/** Probabilities of the judged rows by design and learned model. */
export type Scores = Record<DesignName, Record<LearnedModelName, Float64Array>>;

/** ROC curves on the test rows. */
interface Curves {
  roi: Record<DesignName, Partial<Record<ModelName, RocPoints>>>;
  patient: Partial<Record<ModelName, RocPoints>>;
}

/** Everything that the scores give: performance, counts of the splits and curves. */
export interface Judgement {
  designs: StudyResults['designs'];
  splits: StudyResults['splits'];
  curves: Curves;
}

/** Judge the learned models and the two baselines under every design. */
export function judgeModels(
  plans: readonly DesignPlan[],
  scores: Scores,
  study: StudyRows,
  threshold: number,
): Judgement {
  const perDesign = DESIGNS.map((design) => {
    const plan = plans.find((candidate) => candidate.design === design)!;
    return [design, judgeDesign(plan, scores[design], study, threshold)] as const;
  });
  const collect = <T>(part: (judged: ReturnType<typeof judgeDesign>) => T) =>
    Object.fromEntries(perDesign.map(([design, judged]) => [design, part(judged)])) as Record<
      DesignName,
      T
    >;
  return {
    designs: collect((judged) => judged.models),
    splits: collect((judged) => judged.split),
    curves: {
      roi: collect((judged) => judged.roiCurves),
      patient: perDesign.find(([design]) => design === 'byPatient')![1].patientCurves,
    },
  };
}

function judgeDesign(
  plan: DesignPlan,
  learned: Record<LearnedModelName, Float64Array>,
  study: StudyRows,
  threshold: number,
) {
  const trainRows = plan.rows.train.length;
  const parts = (scores: Float64Array): { train: Judged; test: Judged } => ({
    train: judgedRows(plan.rows.train, scores.subarray(0, trainRows), study),
    test: judgedRows(plan.rows.test, scores.subarray(trainRows), study),
  });
  const fixedSource = `probability ${threshold}, fixed beforehand`;
  const candidates: {
    model: ModelName;
    scores: Float64Array;
    threshold: number;
    source: string;
  }[] = LEARNED_MODELS.map((model) => ({
    model,
    scores: learned[model],
    threshold,
    source: fixedSource,
  }));
  const pdff = Float64Array.from(plan.judged, (row) => study.meanPdffPercent[row]!);
  candidates.push({
    model: 'meanPdff',
    scores: pdff,
    threshold: bestThreshold(parts(pdff).train),
    source: 'percent PDFF with the highest accuracy on the training rows',
  });
  const labels = labelsOf(plan.rows.train, study);
  const prevalence = labels.reduce((sum, label) => sum + label, 0) / labels.length;
  candidates.push({
    model: 'majority',
    scores: new Float64Array(plan.judged.length).fill(prevalence),
    threshold,
    source: fixedSource,
  });
  const models: Partial<Record<ModelName, ModelResult>> = {};
  const roiCurves: Partial<Record<ModelName, RocPoints>> = {};
  const patientCurves: Partial<Record<ModelName, RocPoints>> = {};
  for (const candidate of candidates) {
    const { train, test } = parts(candidate.scores);
    models[candidate.model] = {
      train: evaluateByRoi(train, candidate.threshold),
      test: evaluateByRoi(test, candidate.threshold),
      trainPatient: evaluateByPatient(train, candidate.threshold),
      testPatient: evaluateByPatient(test, candidate.threshold),
      threshold: candidate.threshold,
      thresholdSource: candidate.source,
    };
    const roi = rocPoints(test);
    const patient = rocPoints(byPatient(test));
    if (roi !== undefined) roiCurves[candidate.model] = roi;
    if (patient !== undefined) patientCurves[candidate.model] = patient;
  }
  return {
    models: models as Record<ModelName, ModelResult>,
    split: describeSplit(plan, study),
    roiCurves,
    patientCurves,
  };
}

function judgedRows(rows: Int32Array, scores: Float64Array, study: StudyRows): Judged {
  return { labels: labelsOf(rows, study), scores, patients: patientsOf(rows, study) };
}

function describeSplit(plan: DesignPlan, study: StudyRows): SplitResult {
  const count = (rows: Int32Array) => countPart(rows, study.rois, study.copies);
  return {
    ...DESIGN_DESCRIPTIONS[plan.design],
    fit: count(plan.rows.fit),
    train: count(plan.rows.train),
    test: count(plan.rows.test),
    featuresUsed: plan.preparation.kept.length,
  };
}
