import { binomialTest, hanleyMcNeil, pearson, proportionInterval } from '@steatosis/stats';
import type { PaperValues } from '../../study/paper-values.js';
import { commonRows, type RowRange, rowsOfPair } from '../../study/printed-pair.js';

/** What follows from the numbers that the paper prints. */
interface AuditNumbers {
  patients: number;
  negatives: number;
  positives: number;
  /** Wilson's interval of the share of the larger class. */
  majorityInterval: [number, number];
  /** Two-sided binomial P of the best test accuracy, as a count of patients, against that share. */
  bestP: number;
  /** Greatest and least test AUC with Hanley and McNeil's intervals. */
  areas: { auc: number; interval: [number, number] }[];
  /** Rows that all pairs of Table 2 have in common once metabolic syndrome's coefficient is read as a tenth. */
  rows: RowRange | undefined;
  /** Numbers of patients that have as many ROIs. */
  patientsOfRows: number[];
  /** Of sex and grade, from the counts. */
  phi: number;
  phiP: number;
}

export function auditNumbers({ cohort, table1, table2 }: PaperValues): AuditNumbers {
  const grades = Object.entries(cohort.grades);
  const sexes = grades.flatMap(([, { men, women }]) => [
    ...new Array<number>(men).fill(0),
    ...new Array<number>(women).fill(1),
  ]);
  const ofEach = grades.flatMap(([grade, { men, women }]) =>
    new Array<number>(men + women).fill(Number(grade)),
  );
  const positives = ofEach.filter((grade) => grade > 0).length;
  const patients = ofEach.length;
  const negatives = patients - positives;
  const models = Object.values(table1);
  const best = Math.max(...models.map(({ accuracyPercent }) => accuracyPercent.test));
  const areas = models.map(({ auc }) => auc.test).sort((a, b) => b - a);
  const { metabolicSyndrome, ...others } = table2;
  const rows = commonRows([
    ...Object.values(others).map(({ coefficient, p }) => rowsOfPair(coefficient, p)),
    rowsOfPair(metabolicSyndrome.coefficient / 10, metabolicSyndrome.p),
  ]);
  const { coefficient: phi, p: phiP } = pearson(sexes, ofEach);
  return {
    patients,
    negatives,
    positives,
    majorityInterval: proportionInterval(negatives, patients).interval,
    bestP: binomialTest(Math.round((best / 100) * patients), patients, {
      probability: negatives / patients,
    }).p,
    areas: [areas[0]!, areas.at(-1)!].map((auc) => ({
      auc,
      interval: hanleyMcNeil(auc, positives, negatives).interval,
    })),
    rows,
    patientsOfRows: Array.from({ length: patients }, (_, i) => i + 1).filter((count) => {
      const roisOf = count * cohort.roisPerPatient;
      return rows !== undefined && roisOf >= rows.from && roisOf <= rows.to;
    }),
    phi,
    phiP,
  };
}
