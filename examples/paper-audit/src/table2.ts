/** Section 1: which numbers of observations can give the printed pairs of coefficient and P? */
import { correlationTest } from '@steatosis/stats';
import type { Paper } from './paper.ts';
import { prints, type Rounded, rounded } from './rounded.ts';
import { reachable } from './two-by-two.ts';

/** The search ends here: far beyond any number of rows that the study can have had. */
const MOST_ROWS = 5000;

/** The numbers of rows that give a printed pair; undefined when none does. */
export type RowRange = { from: number; to: number } | undefined;

interface PairAudit {
  name: string;
  coefficient: string;
  p: string;
  rows: RowRange;
  /** Every larger number gives the pair too, as far as was searched. */
  open: boolean;
  /** P of the coefficient at so many rows. */
  pAt: { rows: number; p: number; logP: number }[];
}

export interface Table2Audit {
  pairs: PairAudit[];
  /** Metabolic syndrome with its decimal point one place further left. */
  shifted: PairAudit;
  /** The rows that all pairs have in common when the shifted one stands for the printed one. */
  common: RowRange;
  /** Yes/no variables on the paper's patients whose φ prints as metabolic syndrome's coefficient. */
  metabolicTables: { yes: number; yesInGrade1: number; phi: number }[];
  /** Yes/no variables on the paper's patients whose φ prints as the shifted or as the gender's coefficient. */
  smallTables: number;
  /** P of the printed coefficient at the smallest numbers of rows. */
  metabolicAtFewRows: { rows: number; p: number }[];
}

export function auditTable2({ cohort, table2 }: Paper): Table2Audit {
  const { grade0, grade1, roisPerPatient } = cohort;
  const zero = grade0.men + grade0.women;
  const one = grade1.men + grade1.women;
  const patients = zero + one;
  const sizes = [patients, 266, patients * roisPerPatient];
  const pairs = Object.entries(table2).map(([name, { coefficient, p }]) =>
    auditPair(name, coefficient, p, sizes),
  );
  const printed = table2['Metabolic syndrome']!;
  const shifted = auditPair('Metabolic syndrome read as 0.089', '0.089', printed.p, sizes);
  const agreeing = [...pairs.filter((pair) => pair.name !== 'Metabolic syndrome'), shifted];
  const yesNo = (windows: Rounded[]) =>
    Array.from({ length: patients - 1 }, (_, i) => i + 1).flatMap((yes) =>
      reachable(zero, one, yes)
        .filter(({ phi }) => windows.some((window) => prints(Math.abs(phi), window)))
        .map(({ yesInGrade1, phi }) => ({ yes, yesInGrade1, phi })),
    );
  return {
    pairs,
    shifted,
    common: intersection(agreeing.map(({ rows }) => rows)),
    metabolicTables: yesNo([rounded(printed.coefficient)]).filter(({ phi }) => phi > 0),
    smallTables: yesNo([rounded('0.089'), rounded(table2['Gender']!.coefficient)]).length,
    metabolicAtFewRows: [3, 4].map((rows) => ({
      rows,
      p: correlationTest(rounded(printed.coefficient).value, rows).p,
    })),
  };
}

function auditPair(name: string, coefficient: string, p: string, sizes: number[]): PairAudit {
  const window = rounded(coefficient);
  const rows = rowsThatGive(window, rounded(p));
  return {
    name,
    coefficient,
    p,
    rows,
    open: rows?.to === MOST_ROWS,
    pAt: sizes.map((n) => {
      const { p: atN, logP } = correlationTest(window.value, n);
      return { rows: n, p: atN, logP };
    }),
  };
}

/** P falls as |r| grows and as n grows, so the ends of the window of r decide. */
function rowsThatGive(coefficient: Rounded, p: Rounded): RowRange {
  let from: number | undefined;
  let to = 0;
  for (let n = 3; n <= MOST_ROWS; n++) {
    const largestP = correlationTest(coefficient.low, n).p;
    const smallestP = correlationTest(coefficient.high, n).p;
    if (largestP < p.low || smallestP > p.high) continue;
    from ??= n;
    to = n;
  }
  return from === undefined ? undefined : { from, to };
}

function intersection(ranges: RowRange[]): RowRange {
  let from = 0;
  let to = Infinity;
  for (const range of ranges) {
    if (range === undefined) return undefined;
    from = Math.max(from, range.from);
    to = Math.min(to, range.to);
  }
  return from <= to ? { from, to } : undefined;
}
