/** Section 2: the coefficient of gender against the printed counts of men and women. */
import { chiSquareTest, correlationTest, fisherExact } from '@steatosis/stats';
import type { Paper } from './paper.ts';
import { prints, rounded } from './rounded.ts';
import { phi, reachable, type TwoByTwo } from './two-by-two.ts';

export interface GenderAudit {
  counts: TwoByTwo;
  phi: number;
  /** P of φ by the t approximation with every patient once, and with every patient as often as he has ROIs. */
  p: number;
  pRepeated: number;
  repeatedRows: number;
  fisherP: number;
  chiSquareP: number;
  chiSquareYatesP: number;
  /** Sample odds ratio and Woolf's interval. */
  oddsRatio: number;
  oddsRatioInterval: [number, number];
  /** Conditional maximum-likelihood odds ratio and its exact interval. */
  conditionalOddsRatio: number;
  conditionalInterval: [number, number];
  printed: string;
  /** The φ nearest to the printed coefficient that so many women among these patients can have, from either side. */
  nearest: number[];
  canOccur: boolean;
  /** Sub-cohorts (men and women of either grade) of so many patients whose |φ| prints as the coefficient. */
  subCohorts: { patients: number; counts: TwoByTwo[] }[];
}

export function auditGender({ cohort, table2 }: Paper): GenderAudit {
  const { grade0, grade1, roisPerPatient } = cohort;
  const counts: TwoByTwo = [
    [grade0.men, grade0.women],
    [grade1.men, grade1.women],
  ];
  const patients = counts.flat().reduce((sum, count) => sum + count, 0);
  const repeatedRows = patients * roisPerPatient;
  const found = phi(counts);
  const printed = table2['Gender']!.coefficient;
  const window = rounded(printed);
  const fisher = fisherExact(counts);
  const values = reachable(
    grade0.men + grade0.women,
    grade1.men + grade1.women,
    grade0.women + grade1.women,
  )
    .map((table) => table.phi)
    .sort((a, b) => Math.abs(Math.abs(a) - window.value) - Math.abs(Math.abs(b) - window.value));
  return {
    counts,
    phi: found,
    p: correlationTest(found, patients).p,
    pRepeated: correlationTest(found, repeatedRows).p,
    repeatedRows,
    fisherP: fisher.p,
    chiSquareP: chiSquareTest(counts, { continuityCorrection: false }).p,
    chiSquareYatesP: chiSquareTest(counts, { continuityCorrection: true }).p,
    oddsRatio: fisher.sampleOddsRatio,
    oddsRatioInterval: woolf(counts),
    conditionalOddsRatio: fisher.conditionalOddsRatio,
    conditionalInterval: fisher.interval,
    printed,
    nearest: values.slice(0, 2),
    canOccur: values.some((value) => prints(Math.abs(value), window)),
    subCohorts: [45, 44, 43].map((size) => ({
      patients: size,
      counts: subCohorts(counts, size).filter((sub) => prints(Math.abs(phi(sub)), window)),
    })),
  };
}

/** Woolf's 95 % interval of the odds ratio, symmetric on the logarithmic scale. */
function woolf(counts: TwoByTwo): [number, number] {
  const [[a, b], [c, d]] = counts;
  const centre = Math.log((a * d) / (b * c));
  const reach = 1.959963984540054 * Math.sqrt(1 / a + 1 / b + 1 / c + 1 / d);
  return [Math.exp(centre - reach), Math.exp(centre + reach)];
}

/** Every way to leave out patients so that `size` are left. */
function subCohorts([[men0, women0], [men1, women1]]: TwoByTwo, size: number): TwoByTwo[] {
  const found: TwoByTwo[] = [];
  for (let a = 0; a <= men0; a++) {
    for (let b = 0; b <= women0; b++) {
      for (let c = 0; c <= men1; c++) {
        const d = size - a - b - c;
        if (d < 0 || d > women1) continue;
        found.push([
          [a, b],
          [c, d],
        ]);
      }
    }
  }
  return found;
}
