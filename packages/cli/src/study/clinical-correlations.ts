import type { Participant } from '@steatosis/io/node';
import { pearson, spearman } from '@steatosis/stats';
import type {
  ClinicalVariable,
  CorrelationPair,
  CorrelationResult,
  StudyResults,
} from './results.js';

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

/** Each variable as a number: women 1, men 0; syndrome 1, none 0. */
const CODES: Readonly<
  Record<ClinicalVariable, (clinical: Participant['clinical']) => number | null>
> = {
  age: ({ ageYears }) => ageYears,
  sex: ({ sex }) => (sex === null ? null : Number(sex === 'F')),
  pancreaticSteatosisGrade: ({ pancreaticSteatosisGrade }) => pancreaticSteatosisGrade,
  metabolicSyndrome: ({ metabolicSyndrome }) =>
    metabolicSyndrome === null ? null : Number(metabolicSyndrome),
};

function correlate(patients: readonly Participant[], variable: ClinicalVariable): CorrelationPair {
  const values = patients.map(({ clinical }) => CODES[variable](clinical));
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
