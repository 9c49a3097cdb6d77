/** Section 3: the two P values that are printed for the women alone. */
import { correlationTest } from '@steatosis/stats';
import type { Paper } from './paper.ts';

export interface WomenAudit {
  women: number;
  rows: number;
  /** The coefficient that each printed P needs, by patients and by ROIs. */
  needed: { name: string; p: string; byPatient: number; byRoi: number }[];
  /** Tests that four variables in three groups (all, men, women) make, and Holm's threshold for the smallest P. */
  tests: number;
  threshold: number;
}

export function auditWomen({ cohort, women, table2 }: Paper): WomenAudit {
  const patients = cohort.grade0.women + cohort.grade1.women;
  const rows = patients * cohort.roisPerPatient;
  const tests = Object.keys(table2).length * 3;
  return {
    women: patients,
    rows,
    needed: Object.entries(women).map(([name, p]) => ({
      name,
      p,
      byPatient: coefficientFor(Number(p), patients),
      byRoi: coefficientFor(Number(p), rows),
    })),
    tests,
    threshold: 0.05 / tests,
  };
}

/** The |r| whose two-sided P at n rows is `p`: P falls with |r|, so halving finds it. */
function coefficientFor(p: number, n: number): number {
  let low = 0;
  let high = 1;
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (correlationTest(middle, n).p > p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
