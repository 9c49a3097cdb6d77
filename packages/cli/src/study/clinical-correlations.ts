import type { Participant } from '@steatosis/io/node';
import { pearson, spearman } from '@steatosis/stats';
import type {
  ClinicalVariable,
  CorrelationPair,
  CorrelationResult,
  StudyResults,
} from './results.js';

type Numbers = (number | null)[];

/** Correlations of the steatosis grade with the clinical table, over all patients. */
export function clinicalCorrelations(
  patients: readonly Participant[],
): StudyResults['correlations'] {
  return {
    age: correlate(patients, 'age'),
    sex: correlate(patients, 'sex'),
    pancreaticSteatosisGrade: correlate(patients, 'pancreaticSteatosisGrade'),
    metabolicSyndrome: correlate(patients, 'metabolicSyndrome'),
  };
}

/** The same within each sex, since the paper prints P values for women. */
export function correlationsBySex(
  patients: readonly Participant[],
): StudyResults['correlationsBySex'] {
  const within = (sex: 'M' | 'F') => {
    const own = patients.filter((patient) => patient.clinical.sex === sex);
    return {
      age: correlate(own, 'age'),
      pancreaticSteatosisGrade: correlate(own, 'pancreaticSteatosisGrade'),
      metabolicSyndrome: correlate(own, 'metabolicSyndrome'),
    };
  };
  return { women: within('F'), men: within('M') };
}

function correlate(patients: readonly Participant[], variable: ClinicalVariable): CorrelationPair {
  const values: Numbers = patients.map(({ clinical }) => {
    switch (variable) {
      case 'age':
        return clinical.ageYears;
      case 'sex':
        return clinical.sex === null ? null : clinical.sex === 'F' ? 1 : 0;
      case 'pancreaticSteatosisGrade':
        return clinical.pancreaticSteatosisGrade;
      case 'metabolicSyndrome':
        return clinical.metabolicSyndrome === null ? null : Number(clinical.metabolicSyndrome);
    }
  });
  const complete = patients.flatMap(({ clinical }, i) =>
    clinical.steatosisGrade === null || values[i] === null
      ? []
      : [{ x: values[i]!, y: clinical.steatosisGrade }],
  );
  const x = Float64Array.from(complete, (pair) => pair.x);
  const y = Float64Array.from(complete, (pair) => pair.y);
  return { spearman: record(spearman, x, y), pearson: record(pearson, x, y) };
}

function record(
  method: typeof spearman | typeof pearson,
  x: Float64Array,
  y: Float64Array,
): CorrelationResult {
  const name = method === spearman ? 'Spearman' : 'Pearson';
  if (x.length < 3) {
    const reason = `${x.length} patients with both values; at least 3 are needed`;
    return {
      coefficient: null,
      interval: null,
      p: null,
      logP: null,
      n: x.length,
      method: name,
      reason,
    };
  }
  const found = method(x, y, { level: 0.95 });
  const finite = (value: number) => (Number.isFinite(value) ? value : null);
  return {
    coefficient: finite(found.coefficient),
    interval: found.interval.every((bound) => Number.isFinite(bound))
      ? [found.interval[0], found.interval[1]]
      : null,
    p: finite(found.p),
    logP: finite(found.logP),
    n: found.n,
    method: found.method,
    ...(found.reason === undefined ? {} : { reason: found.reason }),
  };
}
