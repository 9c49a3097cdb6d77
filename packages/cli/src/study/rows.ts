import type { Random } from '@steatosis/core';
import type { DesignName } from './designs.js';
import { holdOut } from './held-out.js';

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
 * Lay out one held-out split of a design (see `DESIGN_DESCRIPTIONS`). Only where rows are augmented
 * before the split are augmented rows judged; elsewhere the judged rows are the original ROIs.
 */
export function designRows(
  design: DesignName,
  rois: readonly RoiLabel[],
  copies: number,
  testShare: number,
  random: Random,
): DesignRows {
  const own = random.split(design);
  if (design === 'augmentThenSplit') {
    const labels = rois.flatMap((roi) => Array.from({ length: copies }, () => roi.label));
    const { train, test } = holdOut(labels, testShare, own);
    return { fit: train, train, test };
  }
  const held =
    design === 'byRoi' ? splitRois(rois, testShare, own) : splitPatients(rois, testShare, own);
  return {
    fit: held.train.reduce(
      (rows, roi, i) => {
        for (let copy = 0; copy < copies; copy++) rows[i * copies + copy] = roi * copies + copy;
        return rows;
      },
      new Int32Array(held.train.length * copies),
    ),
    train: held.train.map((roi) => roi * copies),
    test: held.test.map((roi) => roi * copies),
  };
}

function splitRois(rois: readonly RoiLabel[], share: number, random: Random) {
  return holdOut(
    rois.map((roi) => roi.label),
    share,
    random,
  );
}

function splitPatients(rois: readonly RoiLabel[], share: number, random: Random) {
  const patients = [...new Set(rois.map((roi) => roi.patient))];
  const labelOf = new Map(rois.map((roi) => [roi.patient, roi.label]));
  const held = holdOut(
    patients.map((patient) => labelOf.get(patient)!),
    share,
    random,
  );
  const tested = new Set(Array.from(held.test, (i) => patients[i]!));
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
