import { HALF_LOG_TWO_PI, logGamma, stirlingTail } from '../special/log-gamma.js';

/**
 * ln P(X = k) of a binomial variable with n trials, from `excess` = k − np, which the caller often knows exactly: at n = 1e6
 * the plain sum of k ln p and ln(n over k) keeps ten digits, this one fourteen.
 *
 * Source: Loader (2000), Fast and accurate computation of binomial probabilities.
 *
 * @internal
 */
export function logBinomialMass(k: number, n: number, excess: number): number {
  if (k === 0) return n * Math.log1p(excess / n);
  if (k === n) return n * Math.log1p(-excess / n);
  return (
    stirlingError(n) -
    stirlingError(k) -
    stirlingError(n - k) -
    deviance(k, excess) -
    deviance(n - k, -excess) +
    0.5 * Math.log(n / k / (n - k)) -
    HALF_LOG_TWO_PI
  );
}

/**
 * ln P(X = k) of a Poisson variable, from `excess` = k − its mean.
 *
 * @internal
 */
export function logPoissonMass(k: number, excess: number): number {
  if (k === 0) return excess;
  return -stirlingError(k) - deviance(k, excess) - 0.5 * Math.log(k) - HALF_LOG_TWO_PI;
}

function stirlingError(n: number): number {
  if (n >= 10) return stirlingTail(n);
  return logGamma(n) - (n - 0.5) * Math.log(n) + n - HALF_LOG_TWO_PI;
}

/** k ln(k/m) + m − k for the mean m = k − excess, by its series near 0. */
function deviance(k: number, excess: number): number {
  const u = excess / k;
  if (Math.abs(u) > 0.1) return k * (-Math.log1p(-u) - u);
  let sum = 0;
  let power = u * u;
  for (let i = 2; ; i++) {
    const next = sum + power / i;
    if (next === sum) return k * sum;
    sum = next;
    power *= u;
  }
}
