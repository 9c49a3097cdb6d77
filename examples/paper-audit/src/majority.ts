/** Section 5: accuracy beside the rate of the cohort's larger class. */
import { binomialTest, proportionInterval } from '@steatosis/stats';
import type { Paper } from './paper.ts';

/** Numbers of independent test cases to compare at: the cohort's patients, and shares of ROIs as if independent. */
const CASES = [50, 60, 90, 300];

export interface MajorityAudit {
  patients: number;
  majority: number;
  rate: number;
  wilson: [number, number];
  clopperPearson: [number, number];
  models: {
    name: string;
    trainingPercent: number;
    testPercent: number;
    above: boolean;
    /** Two-sided binomial P of so many correct answers against the majority rate. */
    pAt: { cases: number; p: number }[];
  }[];
}

export function auditMajority({ cohort, table1 }: Paper): MajorityAudit {
  const majority = cohort.grade0.men + cohort.grade0.women;
  const patients = majority + cohort.grade1.men + cohort.grade1.women;
  const { estimate: rate, interval: wilson } = proportionInterval(majority, patients);
  const exact = proportionInterval(majority, patients, { method: 'clopper-pearson' });
  return {
    patients,
    majority,
    rate,
    wilson,
    clopperPearson: exact.interval,
    models: Object.entries(table1).map(([name, { accuracyPercent }]) => {
      const [trainingPercent, testPercent] = accuracyPercent.map(Number) as [number, number];
      return {
        name,
        trainingPercent,
        testPercent,
        above: testPercent / 100 > rate,
        pAt: CASES.map((cases) => ({
          cases,
          p: binomialTest(Math.round((testPercent / 100) * cases), cases, { probability: rate }).p,
        })),
      };
    }),
  };
}
