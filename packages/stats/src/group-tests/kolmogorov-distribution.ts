import { doubled, type PValue } from '../special/p-value.js';
import { logBinomialMass, logPoissonMass } from './binomial-mass.js';
import { LogSum } from './log-sum.js';

/** From here on both one-sided events together are less than 1e-13 of either. */
const FAR = 5;
/** The largest sample whose paths are followed: a quarter of a second. */
const MOST_FOLLOWED = 10_000;

/**
 * P(D⁺ ≥ d) of a sample of n from the distribution that it is compared with.
 *
 * Source: Smirnov (1944); Birnbaum and Tingey (1951) Ann. Math. Statist. 22:592, equation 3.0, whose terms are all positive.
 *
 * @param d above 0
 * @param logRest ln(1 − d), which the caller may know better
 * @internal
 */
export function smirnovUpper(n: number, d: number, logRest = Math.log1p(-d)): PValue {
  const sum = new LogSum();
  sum.add(n * logRest);
  for (let j = 1; j < n * (1 - d); j++) {
    sum.add(logBinomialMass(j, n, -n * d) - Math.log1p(j / n / d));
  }
  return sum.total();
}

/**
 * P(D ≥ d) of a sample of n from the distribution that it is compared with: exact up to n = 10,000 and in the upper tail,
 * elsewhere by the expansion of Pelz and Good (1976) J. R. Stat. Soc. B 38:152.
 *
 * @param d above 0
 * @param logRest ln(1 − d), which the caller may know better
 * @internal
 */
export function kolmogorovUpper(n: number, d: number, logRest?: number): PValue {
  if (n * d <= 0.5) return { p: 1, logP: 0 };
  // Above one half no sample is as far out on both sides.
  if (d >= 0.5 || n * d * d > FAR) return doubled(smirnovUpper(n, d, logRest));
  const p = Math.min(1, n <= MOST_FOLLOWED ? followed(n, n * d) : 1 - pelzGood(n, d));
  return { p, logP: Math.log(p) };
}

/**
 * The empirical distribution function is a Poisson process of rate n given that it ends at n. It leaves the band upwards at
 * times j − nd if it has come to j by then, downwards at times j + nd if it is not above j; what leaves is counted there.
 */
function followed(n: number, reach: number): number {
  const weights = new Float64Array(n + 1);
  weights[0] = 1;
  let low = 0;
  let high = 0;
  let time = 0;
  let p = 0;
  const logEnd = logPoissonMass(n, 0);
  const leave = (count: number) => {
    const toGo = n - count;
    p += weights[count] * Math.exp(logPoissonMass(toGo, toGo - (n - time)) - logEnd);
    weights[count] = 0;
  };
  const advance = (next: number) => {
    const steps = poissonShares(next - time);
    time = next;
    high = Math.min(n, high + steps.length - 1);
    for (let count = high; count >= low; count--) {
      let sum = 0;
      for (let k = Math.min(count - low, steps.length - 1); k >= 0; k--) {
        sum += steps[k] * weights[count - k];
      }
      weights[count] = sum;
    }
  };
  let upper = Math.floor(reach) + 1;
  for (let lower = 0; lower + reach < n; lower++) {
    for (; upper <= n && upper - reach <= lower + reach; upper++) {
      advance(upper - reach);
      while (high >= upper) leave(high--);
    }
    advance(lower + reach);
    while (low <= lower) leave(low++);
  }
  return p;
}

/** Poisson probabilities of 0, 1, … until they no longer count. */
function poissonShares(mean: number): number[] {
  const shares = [Math.exp(-mean)];
  for (let k = 1; shares[k - 1] > 1e-20; k++) shares.push((shares[k - 1] * mean) / k);
  return shares;
}

/** P(D < d) by the limit of Kolmogorov and three corrections in 1/√n, each a theta series in q = exp(−π²/(8z²)). */
function pelzGood(n: number, d: number): number {
  const z = Math.sqrt(n) * d;
  const [z2, z4, z6] = [z ** 2, z ** 4, z ** 6];
  const sums = [0, 0, 0, 0];
  const terms = Math.ceil((16 * z) / Math.PI) + 1;
  for (let k = 1; k <= terms; k++) {
    // (π(k − ½))² and (πk)²
    const half = (Math.PI * (k - 0.5)) ** 2;
    const whole = (Math.PI * k) ** 2;
    const q = 2 * Math.exp(-half / (2 * z2));
    const r = 2 * Math.exp(-whole / (2 * z2));
    sums[0] += q;
    sums[1] += q * (half - z2);
    sums[2] +=
      q * (6 * z6 + 2 * z4 + (2 * z4 - 5 * z2) * half + (1 - 2 * z2) * half ** 2) -
      2 * z4 * r * whole;
    sums[3] +=
      q *
        ((5 - 30 * z2) * half ** 3 +
          (212 * z4 - 60 * z2) * half ** 2 +
          (135 * z4 - 96 * z6) * half -
          30 * z6 -
          90 * z ** 8) +
      30 * z4 * r * (3 * z2 * whole - whole ** 2);
  }
  const scales = [z, 6 * z4, 72 * z ** 7, 6480 * z ** 10];
  return sums.reduce(
    (p, sum, i) => p + (Math.sqrt(Math.PI / 2) * sum) / scales[i] / n ** (i / 2),
    0,
  );
}
