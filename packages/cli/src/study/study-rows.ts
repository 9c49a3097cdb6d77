import { planarFeatures, paperFeatures } from '@steatosis/radiomics';
import type { PatchTable } from './fit-model.js';
import type { PatientData } from './patient-data.js';
import { PatientError } from './patient-error.js';
import type { RoiLabel } from './rows.js';
import type { Table } from './scaling.js';
import type { StudySettings } from './settings.js';

/** All rows of a cohort: one for each variant of each ROI, numbered `roi × copies + copy`. */
export interface StudyRows {
  rois: RoiLabel[];
  copies: number;
  /** The planar features of each row. */
  features: Table;
  patches: PatchTable;
  meanPdffPercent: Float64Array;
}

/**
 * Put the patients' rows together, and of the 126 features keep the 93 that a square patch has.
 *
 * @throws PatientError when a patient has another number of echoes than the first one
 */
export function collectRows(
  patients: readonly PatientData[],
  labels: readonly (0 | 1)[],
  settings: Pick<StudySettings, 'copies' | 'roiVoxels'>,
): StudyRows {
  const { copies, roiVoxels } = settings;
  const rois = patients.flatMap((patient, i) =>
    patient.segments.map(() => ({ patient: i, label: labels[i]! })),
  );
  const rows = rois.length * copies;
  const columns = planarFeatures.map((name) => paperFeatures.indexOf(name));
  const channels = patients[0]?.channels ?? 0;
  const other = patients.find((patient) => patient.channels !== channels);
  if (other !== undefined) {
    throw new PatientError(
      other.id,
      `it has ${other.channels} echoes, ${patients[0]!.id} has ${channels}; ` +
        'all patients of a study need equally many, or --densenet-input pdff',
    );
  }
  const features = new Float64Array(rows * columns.length);
  const patches = new Float32Array(rows * channels * roiVoxels * roiVoxels);
  const meanPdffPercent = new Float64Array(rows);
  let row = 0;
  for (const patient of patients) {
    patches.set(patient.patches, row * channels * roiVoxels * roiVoxels);
    meanPdffPercent.set(patient.meanPdffPercent, row);
    for (let i = 0; i < patient.meanPdffPercent.length; i++, row++) {
      columns.forEach((column, k) => {
        features[row * columns.length + k] = patient.features[i * paperFeatures.length + column]!;
      });
    }
  }
  return {
    rois,
    copies,
    features: { data: features, rows, columns: columns.length },
    patches: { data: patches, rows, channels, edge: roiVoxels },
    meanPdffPercent,
  };
}

/** The patches of some rows, in their order. */
export function selectPatches(patches: PatchTable, rows: ArrayLike<number>): PatchTable {
  const size = patches.channels * patches.edge * patches.edge;
  const data = new Float32Array(rows.length * size);
  for (let i = 0; i < rows.length; i++) {
    data.set(patches.data.subarray(rows[i]! * size, (rows[i]! + 1) * size), i * size);
  }
  return { ...patches, data, rows: rows.length };
}
