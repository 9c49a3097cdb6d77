import { chiSquareTest } from '../contingency/chi-square-test.js';
import { exactP, nameOf } from '../contingency/fisher-exact.js';
import { checkedTable } from '../contingency/table.js';
import { formatP } from '../descriptive/format.js';
import { anova } from '../group-tests/anova.js';
import { kruskalWallis } from '../group-tests/kruskal-wallis.js';
import { mannWhitney } from '../group-tests/mann-whitney.js';
import { welchTest } from '../group-tests/t-two-sample.js';
import type { Reason } from '../reason.js';
import { type PValue, UNKNOWN_P } from '../special/p-value.js';
import { NO_VALUE } from './summaries.js';
import type { TableOneTest } from './table-one-result.js';

/** Compare means or medians of two or more samples. */
export function testNumbers(
  kind: 'mean' | 'median',
  samples: readonly Float64Array[],
): TableOneTest {
  const [first, second] = samples;
  if (samples.length === 2) {
    return kind === 'mean'
      ? line('Welch t', welchTest(first, second))
      : line('Mann–Whitney', mannWhitney(first, second));
  }
  return kind === 'mean'
    ? line('ANOVA', anova(samples))
    : line('Kruskal–Wallis', kruskalWallis(samples));
}

/**
 * Compare shares: χ², or the exact test where an expected count is below 5 (Cochran 1954). Groups without a known value are left out.
 *
 * @param counts by level and group
 */
export function testShares(
  counts: readonly (readonly number[])[],
  continuityCorrection: boolean,
): TableOneTest {
  const known = (counts[0] ?? []).map((_, g) => counts.some((level) => level[g] > 0));
  const table = counts.map((level) => level.filter((__, g) => known[g]));
  if (table.length < 2 || table[0].length < 2) {
    const reason = table.length === 1 ? 'constant-input' : 'too-few-observations';
    return line('chi-square', { ...UNKNOWN_P, method: 'no test', reason });
  }
  const squares = chiSquareTest(table, { continuityCorrection });
  if (squares.expectedBelowFive === 0) return line('chi-square', squares);
  const margins = checkedTable(table);
  const exact = exactP(table, margins);
  return exact === undefined
    ? { ...line('chi-square', squares), inPlaceOfExact: true }
    : line('Fisher exact', { ...exact, method: nameOf(margins) });
}

/** What every test's record has. */
interface Tested extends PValue {
  method: string;
  reason?: Reason;
}

function line(name: string, { p, logP, method, reason }: Tested): TableOneTest {
  return {
    name,
    method,
    p,
    logP,
    text: formatP(p, { undefinedText: NO_VALUE }),
    ...(reason === undefined || !Number.isNaN(p) ? {} : { reason }),
  };
}
