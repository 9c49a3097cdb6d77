import type { Reason } from '../reason.js';

/** Cohen's kappa of a table with its two standard errors. */
export interface KappaOfTable {
  /** (observed − expected)/(1 − expected) agreement. */
  kappa: number;
  /** Weighted share of agreement. */
  observed: number;
  /** The same by chance, from the margins. */
  expected: number;
  /** For intervals. */
  standardError: number;
  /** When the raters are independent, for the test of κ = 0. */
  standardErrorNull: number;
  reason?: Reason;
}

/**
 * Weighted kappa from counts and weights of agreement (1 on the diagonal).
 *
 * κ = 1 − D/E with the observed and expected weighted disagreement D and E, which are sums of terms ≥ 0. Both
 * variances are those of Fleiss, Cohen and Everitt (1969, equations 13 and 14), written as sums of squares about the
 * mean, where the published differences of squares would cancel.
 *
 * @internal
 */
export function kappaOfTable(
  table: readonly ArrayLike<number>[],
  weights: readonly ArrayLike<number>[],
): KappaOfTable {
  const size = table.length;
  const rows = new Float64Array(size);
  const columns = new Float64Array(size);
  let n = 0;
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      rows[i] += table[i][j];
      columns[j] += table[i][j];
      n += table[i][j];
    }
  }
  if (n === 0) return undefinedKappa('too-few-observations');
  // Weighted means of agreement of each row and column with the other rater's margin.
  const rowMeans = new Float64Array(size);
  const columnMeans = new Float64Array(size);
  let disagreement = 0;
  let chance = 0;
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      rowMeans[i] += weights[i][j] * (columns[j] / n);
      columnMeans[j] += weights[i][j] * (rows[i] / n);
      disagreement += (1 - weights[i][j]) * table[i][j];
      chance += (1 - weights[i][j]) * rows[i] * columns[j];
    }
  }
  const observed = 1 - disagreement / n;
  const expected = 1 - chance / n / n;
  if (chance === 0) {
    return { ...undefinedKappa('constant-input'), observed, expected };
  }
  const beyond = (disagreement * n) / chance;
  const kappa = 1 - beyond;
  const mean = kappa - expected * beyond;
  let variance = 0;
  let varianceNull = 0;
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      const means = rowMeans[i] + columnMeans[j];
      variance += (table[i][j] / n) * (weights[i][j] - means * beyond - mean) ** 2;
      varianceNull += (rows[i] / n) * (columns[j] / n) * (weights[i][j] - means + expected) ** 2;
    }
  }
  const constant = [rows, columns].some((margin) => margin.includes(n));
  const scale = Math.sqrt(n) * (chance / n / n);
  return {
    kappa,
    observed,
    expected,
    standardError: Math.sqrt(variance) / scale,
    standardErrorNull: constant ? 0 : Math.sqrt(varianceNull) / scale,
    ...(constant ? { reason: 'constant-input' } : {}),
    ...(disagreement === 0 ? { reason: 'zero-variance' } : {}),
  };
}

/** 1 where two raters of `size` categories agree, 0 elsewhere. */
export function identityWeights(size: number): Float64Array[] {
  return Array.from({ length: size }, (_, i) => {
    const row = new Float64Array(size);
    row[i] = 1;
    return row;
  });
}

/** 1 − (|i − j|/(size − 1))^power: power 1 gives linear, 2 quadratic weights (Cicchetti and Allison; Fleiss and Cohen). */
export function distanceWeights(size: number, power: 1 | 2): Float64Array[] {
  return Array.from({ length: size }, (_, i) =>
    Float64Array.from({ length: size }, (_unused, j) =>
      i === j ? 1 : 1 - (Math.abs(i - j) / (size - 1)) ** power,
    ),
  );
}

function undefinedKappa(reason: Reason): KappaOfTable {
  const { NaN: nan } = Number;
  return {
    kappa: nan,
    observed: nan,
    expected: nan,
    standardError: nan,
    standardErrorNull: nan,
    reason,
  };
}
