import { paperFeatures, planarFeatures } from '@steatosis/radiomics';
import { PUBLISHED_THRESHOLDS } from './baselines.js';
import { clinicalCorrelations, correlationsBySex } from './clinical-correlations.js';
import type { StudyPatient } from './cohort.js';
import { cohortTable } from './cohort-table.js';
import { evaluateByPatient } from './evaluate.js';
import type { DesignName } from './designs.js';
import type { Judgement } from './judge-models.js';
import { paperValues } from './paper-values.js';
import { meanOfOriginals } from './representatives.js';
import type { StudyResults } from './results.js';
import type { StudySettings } from './settings.js';
import type { PatientData } from './patient-data.js';

/** What a study has found, before it is put into `results.json`. */
export interface Findings {
  settings: StudySettings;
  versions: Record<string, string>;
  seed: number;
  permutedLabels: boolean;
  patients: readonly StudyPatient[];
  labels: readonly (0 | 1)[];
  data: readonly PatientData[];
  judgement: Judgement;
  densenetLossPerStep: Record<DesignName, Float64Array>;
}

/** Put everything together that `results.json` holds. */
export function summarise(findings: Findings): StudyResults {
  const { settings, patients, labels, data, judgement } = findings;
  const meanPdff = data.map((patient) => meanOfOriginals(patient.meanPdffPercent, settings.copies));
  const grades: Record<string, number> = {};
  for (const grade of [0, 1, 2, 3]) {
    const count = patients.filter((p) => p.clinical.steatosisGrade === grade).length;
    if (count > 0) grades[String(grade)] = count;
  }
  const everybody = {
    labels: Uint8Array.from(labels),
    scores: Float64Array.from(meanPdff),
    patients: Int32Array.from(labels.keys()),
  };
  return {
    settings,
    versions: findings.versions,
    seed: findings.seed,
    permutedLabels: findings.permutedLabels,
    cohort: {
      patients: patients.length,
      rois: data.reduce((sum, patient) => sum + patient.segments.length, 0),
      grades,
      positives: labels.filter((label) => label === 1).length,
      pdffSources: {
        echoes: data.filter(({ pdffSource }) => pdffSource === 'echoes').length,
        maps: data.filter(({ pdffSource }) => pdffSource === 'maps').length,
      },
      table: cohortTable(
        patients.map((participant, i) => ({
          participant,
          positive: labels[i] === 1,
          meanPdffPercent: meanPdff[i]!,
        })),
      ),
    },
    features: {
      extracted: paperFeatures.length,
      kept: planarFeatures.length,
      names: [...planarFeatures],
    },
    splits: judgement.splits,
    designs: judgement.designs,
    densenetLossPerStep: lists(findings.densenetLossPerStep),
    publishedThresholds: PUBLISHED_THRESHOLDS.map(({ thresholdPercent, source }) => ({
      thresholdPercent,
      source,
      result: evaluateByPatient(everybody, thresholdPercent),
    })),
    correlations: clinicalCorrelations(patients),
    correlationsBySex: correlationsBySex(patients),
    paper: paperValues(),
  };
}

/** Typed arrays as JSON has them. */
function lists(arrays: Record<DesignName, Float64Array>): StudyResults['densenetLossPerStep'] {
  return {
    augmentThenSplit: [...arrays.augmentThenSplit],
    byRoi: [...arrays.byRoi],
    byPatient: [...arrays.byPatient],
  };
}
