import type { Random } from '@steatosis/core';
import { trainTestSplit } from '@steatosis/ensembles';
import type { DesignName } from './designs.js';

/** One ROI of the cohort; `copies` augmented variants of it exist, the original being copy 0. */
export interface RoiLabel {
  /** Index of the patient. */
  patient: number;
  label: 0 | 1;
}

/**
 * The rows of one design. A row is a variant of an ROI, numbered `roi × copies + copy`, copy 0 being
 * the original.
 */
export interface DesignRows {
  /** Rows that models are fitted on. */
  fit: Int32Array;
  /** Rows on which performance in training is judged. */
  train: Int32Array;
  /** Rows on which performance is judged, none of which was fitted on. */
  test: Int32Array;
}

/**
 * Lay out one held-out split of a design (see `DESIGN_DESCRIPTIONS`), stratified by class. Only where rows
 * are augmented before the split are augmented rows judged; elsewhere the judged rows are original ROIs.
 */
export function designRows(
  design: DesignName,
  rois: readonly RoiLabel[],
  copies: number,
  testFraction: number,
  random: Random,
): DesignRows {
  const seed = random.split(design).uint32();
  const split = (labels: readonly number[]) =>
    trainTestSplit(labels.length, { stratify: labels, testFraction, seed });
  if (design === 'augmentThenSplit') {
    const { train, test } = split(
      rois.flatMap((roi) => Array.from({ length: copies }, () => roi.label)),
    );
    return { fit: train, train, test };
  }
  const held =
    design === 'byRoi' ? split(rois.map((roi) => roi.label)) : splitPatients(rois, split);
  return {
    fit: Int32Array.from({ length: held.train.length * copies }, (_, i) => {
      return held.train[Math.floor(i / copies)]! * copies + (i % copies);
    }),
    train: held.train.map((roi) => roi * copies),
    test: held.test.map((roi) => roi * copies),
  };
}

/** Draw whole patients, then take their ROIs. */
function splitPatients(
  rois: readonly RoiLabel[],
  split: (labels: readonly number[]) => { test: Int32Array },
): { train: Int32Array; test: Int32Array } {
  const labelOf = new Map(rois.map((roi) => [roi.patient, roi.label]));
  const patients = [...labelOf.keys()];
  const { test } = split(patients.map((patient) => labelOf.get(patient)!));
  const tested = new Set(Array.from(test, (i) => patients[i]!));
  const indices = Int32Array.from(rois.keys());
  return {
    train: indices.filter((roi) => !tested.has(rois[roi]!.patient)),
    test: indices.filter((roi) => tested.has(rois[roi]!.patient)),
  };
}

/** Patients, ROIs and rows of one part, with both classes counted. */
export interface PartCounts {
  patients: { negative: number; positive: number };
  rois: { negative: number; positive: number };
  rows: { negative: number; positive: number };
}

/** Count what a set of rows is made of. */
export function countPart(rows: Int32Array, rois: readonly RoiLabel[], copies: number): PartCounts {
  const roiIndices = new Set(Array.from(rows, (row) => Math.floor(row / copies)));
  const patients = new Map([...roiIndices].map((i) => [rois[i]!.patient, rois[i]!.label]));
  const tally = (labels: Iterable<number>) => {
    const counts = { negative: 0, positive: 0 };
    for (const label of labels) counts[label === 1 ? 'positive' : 'negative']++;
    return counts;
  };
  return {
    patients: tally(patients.values()),
    rois: tally(Array.from(roiIndices, (i) => rois[i]!.label)),
    rows: tally(Array.from(rows, (row) => rois[Math.floor(row / copies)]!.label)),
  };
}
