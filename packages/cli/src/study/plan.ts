import { createRandom } from '@steatosis/core';
import { DESIGNS, type DesignName, LEARNED_MODELS, type LearnedModelName } from './designs.js';
import type { FitInput } from './fit-model.js';
import { type DesignRows, designRows } from './rows.js';
import { learnPreparation, prepare, type Preparation } from './scaling.js';
import type { StudySettings } from './settings.js';
import { selectPatches, type StudyRows } from './study-rows.js';

/** One design of a study: its rows and what was learned from the fitted ones. */
export interface DesignPlan {
  design: DesignName;
  rows: DesignRows;
  /** Rows to be scored: those of training, then those of the test. */
  judged: Int32Array;
  preparation: Preparation;
}

/** One model to be fitted under one design. */
export interface FitJob {
  plan: DesignPlan;
  model: LearnedModelName;
}

/** Draw the splits of the three designs. */
export function planDesigns(study: StudyRows, settings: StudySettings, seed: number): DesignPlan[] {
  const random = createRandom(seed).split('split');
  return DESIGNS.map((design) => {
    const rows = designRows(design, study.rois, study.copies, settings.testShare, random);
    return {
      design,
      rows,
      judged: Int32Array.of(...rows.train, ...rows.test),
      preparation: learnPreparation(study.features, rows.fit),
    };
  });
}

/** All fits, those that take longest first, so that no worker is left with one at the end. */
export function fitJobs(plans: readonly DesignPlan[]): FitJob[] {
  const slowestFirst = [...LEARNED_MODELS].reverse();
  return slowestFirst.flatMap((model) => plans.map((plan) => ({ plan, model })));
}

/** The input of one fit, for a worker. */
export function fitInput(
  { plan, model }: FitJob,
  study: StudyRows,
  settings: StudySettings,
  seed: number,
): FitInput {
  const { rows, judged, design, preparation } = plan;
  const common = {
    seed: createRandom(seed).split('model').split(design).split(model).uint32(),
    settings: settings.models,
    labels: labelsOf(rows.fit, study),
  };
  return model === 'densenet'
    ? {
        ...common,
        model,
        fitted: selectPatches(study.patches, rows.fit),
        judged: selectPatches(study.patches, judged),
      }
    : {
        ...common,
        model,
        fitted: prepare(study.features, rows.fit, preparation),
        judged: prepare(study.features, judged, preparation),
      };
}

/** The class of each row. */
export function labelsOf(rows: Int32Array, study: StudyRows): Uint8Array {
  return Uint8Array.from(rows, (row) => study.rois[Math.floor(row / study.copies)]!.label);
}

/** The patient of each row. */
export function patientsOf(rows: Int32Array, study: StudyRows): Int32Array {
  return rows.map((row) => study.rois[Math.floor(row / study.copies)]!.patient);
}
