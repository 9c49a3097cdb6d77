import {
  type Grid,
  indexToWorld,
  InvalidArgumentError,
  throwIfAborted,
  type Vector3,
  type Volume,
  volumeLike,
} from '@steatosis/core';
import type { ComplexMultiEcho } from '../multi-echo/multi-echo.js';
import { checkedOptions } from '../options.js';
import { paperAcquisition } from './acquisition.js';
import {
  checkedStrengths,
  type ClinicalStrengths,
  drawClinical,
  patientRandom,
  type SimulatedClinical,
  type SimulatedTruthValues,
} from './clinical-draw.js';
import { type CohortCell, cohortCells } from './composition.js';
import { examineBody } from './examined-body.js';
import { makeTissue, type SimulatedMaps } from './patient-tissue.js';
import { ROI_VOXELS, type SimulatedRoi } from './rois.js';
import { simulateMultiEcho } from './simulate-multi-echo.js';

/** What a simulated cohort is like; the defaults are the cohort and the scanner of Zhang et al. 2020. */
export interface CohortSettings extends ClinicalStrengths {
  /** An integer: the same seed gives the same cohort. */
  seed: number;
  /** Patients, 1 … 99999. Default 50. */
  patients?: number | undefined;
  /**
   * Axial slices of 3 mm around the plane of the portal bifurcation, 2 … 70. Default 6, which hold all six
   * regions; 70 cover the 210 mm of the paper.
   */
  slices?: number | undefined;
  /**
   * Columns and rows of the 400 × 350 mm field of view, at most 1024 each. Default `[320, 256]`, which is also
   * the least: regions of 16 × 16 coarser voxels would not fit into the segments.
   */
  matrix?: readonly [number, number] | undefined;
  /** Signal of liver at echo time 0 over the SD of the noise in one channel. Default 40. */
  snr?: number | undefined;
  /** Weight fat and water by their T1 as the flip angle of 5° and TR of 10.3 ms do. Default true. */
  t1Weighting?: boolean | undefined;
}

/** Options of {@link simulateCohort}. */
export interface SimulateCohortOptions extends CohortSettings {
  /** Stops before the next patient; the iteration then throws an `AbortedError`. */
  signal?: AbortSignal | undefined;
}

/** One region of interest of 16 × 16 × 1 voxels. */
export interface SimulatedPatientRoi {
  /** Couinaud segment: 2, 3, 4, 6, 7 or 8. */
  segment: number;
  /** Centre of the box in LPS mm, as `roiBox` takes it. */
  centreLps: Vector3;
  /** First voxel of the box. */
  startVoxel: Vector3;
  /** True mean PDFF inside, in %. */
  pdffPercent: number;
}

/** One patient of a simulated cohort. */
export interface SimulatedPatient {
  /** BIDS name: `sub-01`. */
  id: string;
  clinical: SimulatedClinical;
  /** Six complex echoes `[x, y, z, echo]` in whole numbers, as scanners store them. */
  multiEcho: ComplexMultiEcho;
  rois: SimulatedPatientRoi[];
  /** Label map of the regions: 0, or the segment's number. */
  roiLabels: Volume<Uint8Array>;
  /** What no study knows. */
  truth: SimulatedTruthValues & SimulatedMaps;
}

/** {@link CohortSettings} with every default filled in. */
export type CheckedCohortSettings = {
  [K in keyof CohortSettings]-?: Exclude<CohortSettings[K], undefined>;
};

/** Names of the fields of {@link CohortSettings}. */
export const COHORT_KEYS = [
  'seed',
  'patients',
  'slices',
  'matrix',
  'snr',
  't1Weighting',
  'pancreaticCorrelation',
  'metabolicSyndromeLogOdds',
] as const satisfies readonly (keyof CohortSettings)[];

/** The paper's field of view. */
const FIELD_OF_VIEW_MM = [400, 350] as const;
const SLICE_MM = 3;
const MOST_SLICES = 70;

/**
 * Simulate patients as Zhang et al. 2020 examined them, one after the other: memory holds one at a time.
 *
 * What is assumed, and from where, stands in docs/simulator.md. Patient i is the same whatever comes before
 * it, so a cohort can be cut into pieces.
 *
 * @throws InvalidArgumentError for impossible settings, AbortedError when stopped
 * @example
 * ```ts
 * import { simulateCohort } from '@steatosis/io';
 *
 * for await (const { clinical, multiEcho, rois } of simulateCohort({ patients: 1, seed: 1 })) {
 *   console.log(clinical.sex, clinical.ageYears, clinical.steatosisGrade); // M 40 0
 *   console.log(multiEcho.real.data.shape.join('×')); // 320×256×6×6
 *   console.log(rois.map((roi) => roi.segment).join(' ')); // 2 3 4 6 7 8
 * }
 * ```
 */
export async function* simulateCohort(
  options: SimulateCohortOptions,
): AsyncGenerator<SimulatedPatient, void, undefined> {
  const { signal, ...settings } = checkedOptions('simulateCohort', options, [
    ...COHORT_KEYS,
    'signal',
  ]);
  const checked = checkedCohortSettings(settings);
  const cells = cohortCells(checked.patients, checked.seed);
  for (const [index, cell] of cells.entries()) {
    // A turn of the event loop between patients lets an abort come through.
    await new Promise((resolve) => setTimeout(resolve));
    throwIfAborted(signal);
    yield simulatePatient(checked, index, cell);
  }
}

/** @throws InvalidArgumentError when a setting is unknown or impossible */
export function checkedCohortSettings(settings: CohortSettings): CheckedCohortSettings {
  const {
    seed,
    patients = 50,
    slices = 6,
    matrix = [320, 256],
    snr = 40,
    t1Weighting = true,
  } = settings;
  if (!Number.isSafeInteger(seed)) {
    throw new InvalidArgumentError('seed', seed, 'an integer');
  }
  if (!Number.isInteger(patients) || patients < 1 || patients > 99_999) {
    throw new InvalidArgumentError('patients', patients, 'an integer 1 … 99999');
  }
  if (!Number.isInteger(slices) || slices < 2 || slices > MOST_SLICES) {
    throw new InvalidArgumentError('slices', slices, `an integer 2 … ${MOST_SLICES}`);
  }
  const fits = (n: number | undefined, least: number): boolean =>
    Number.isInteger(n) && n! >= least && n! <= 1024;
  if (matrix.length !== 2 || !fits(matrix[0], 320) || !fits(matrix[1], 256)) {
    throw new InvalidArgumentError(
      'matrix',
      matrix,
      'two integers from [320, 256] to [1024, 1024]',
    );
  }
  if (!(snr > 0)) throw new InvalidArgumentError('snr', snr, 'a number > 0, or Infinity');
  if (typeof t1Weighting !== 'boolean') {
    throw new InvalidArgumentError('t1Weighting', t1Weighting, 'true or false');
  }
  return { seed, patients, slices, matrix, snr, t1Weighting, ...checkedStrengths(settings) };
}

/** Simulate one patient of the cohort. */
export function simulatePatient(
  settings: CheckedCohortSettings,
  index: number,
  cell: CohortCell,
): SimulatedPatient {
  const random = patientRandom(settings.seed, index);
  const { clinical, truth } = drawClinical(random.split('clinical'), cell, settings);
  const grid = scanGrid(settings);
  const { fieldStrengthT } = paperAcquisition;
  const liverSignal = scannerUnits(settings.snr);
  const examined = examineBody(random.split('body'), cell.sex, grid);
  const maps = makeTissue(random.split('tissue'), examined, truth, grid, {
    fieldStrengthT,
    liverSignal,
  });
  const multiEcho = simulateMultiEcho(maps, paperAcquisition, {
    snr: settings.snr,
    seed: random.split('noise').uint32(),
    referenceSignal: liverSignal,
    t1Weighting: settings.t1Weighting,
  });
  roundInPlace(multiEcho.real.data.data);
  roundInPlace(multiEcho.imaginary.data.data);
  return {
    id: patientId(index, settings.patients),
    clinical,
    multiEcho,
    ...describeRois(examined.rois, maps),
    truth: { ...truth, ...maps },
  };
}

/**
 * Signal of liver in the whole numbers that the scanner stores: the noise has an SD of 12.8 of them, so that
 * rounding adds 0.03 % to it; less where so little noise would need more than 16 bits.
 */
function scannerUnits(snr: number): number {
  return Math.min(8192, 12.8 * snr);
}

function roundInPlace(data: Float32Array): void {
  for (let i = 0; i < data.length; i++) data[i] = Math.floor(data[i] + 0.5);
}

/** `sub-01`; as many digits as the last patient needs, at least two. */
export function patientId(index: number, patients: number): string {
  return `sub-${String(index + 1).padStart(Math.max(2, String(patients).length), '0')}`;
}

/** The lower slices lie below the portal plane z = 0, the upper ones above it. */
function scanGrid({ matrix, slices }: CheckedCohortSettings): Grid {
  const spacing: Vector3 = [
    FIELD_OF_VIEW_MM[0] / matrix[0],
    FIELD_OF_VIEW_MM[1] / matrix[1],
    SLICE_MM,
  ];
  return {
    size: [matrix[0], matrix[1], slices],
    spacing,
    origin: [
      (-(matrix[0] - 1) / 2) * spacing[0],
      (-(matrix[1] - 1) / 2) * spacing[1],
      (0.5 - Math.floor(slices / 2)) * SLICE_MM,
    ],
    direction: [1, 0, 0, 0, 1, 0, 0, 0, 1],
  };
}

function describeRois(
  placed: readonly SimulatedRoi[],
  maps: SimulatedMaps,
): Pick<SimulatedPatient, 'rois' | 'roiLabels'> {
  const { segment, pdffPercent } = maps;
  const [nx, ny, nz] = segment.data.shape;
  const labels = new Uint8Array(nx * ny * nz);
  const half = (ROI_VOXELS - 1) / 2;
  const rois = placed.map((roi) => {
    const [x, y, z] = roi.start;
    let sum = 0;
    for (let j = 0; j < ROI_VOXELS; j++) {
      const row = x + nx * (y + j + ny * z);
      labels.fill(roi.segment, row, row + ROI_VOXELS);
      for (let i = 0; i < ROI_VOXELS; i++) sum += pdffPercent.data.data[row + i];
    }
    return {
      segment: roi.segment,
      centreLps: indexToWorld(segment, [x + half, y + half, z]),
      startVoxel: roi.start,
      pdffPercent: sum / ROI_VOXELS ** 2,
    };
  });
  return { rois, roiLabels: volumeLike(segment, labels) };
}
