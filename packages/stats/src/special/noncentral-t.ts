import type { Tails } from './beta.js';
import { HALF_LOG_TWO_PI, logGamma, stirlingTail } from './log-gamma.js';
import { logNormalUpper } from './normal.js';

/**
 * P(T ≤ t) and P(T > t) of the non-central t distribution, T = (Z + δ)/√(χ²_ν/ν).
 *
 * As the integral of Φ(ts − δ) over the distribution of s = √(χ²_ν/ν). On the scale of u = ln s it is smooth and falls off
 * on both sides, where the trapezoid rule converges faster than any power of its step. All terms are
 * positive, so that either tail keeps its digits.
 *
 * @param degreesOfFreedom > 0
 * @param delta δ, any finite number
 * @internal
 */
export function noncentralT(t: number, degreesOfFreedom: number, delta: number): Tails {
  if (Number.isNaN(t + degreesOfFreedom + delta)) {
    const { NaN: nan } = Number;
    return { lower: nan, upper: nan, logLower: nan, logUpper: nan };
  }
  if (t === -Infinity) return { lower: 0, upper: 1, logLower: -Infinity, logUpper: 0 };
  if (t === Infinity) return { lower: 1, upper: 0, logLower: 0, logUpper: -Infinity };
  const a = degreesOfFreedom / 2;
  const logScale = logScaleOf(a);
  // ln of the density of u = ln s
  const logDensity = (u: number) => logScale + a * (2 * u - Math.expm1(2 * u));
  const lower = logIntegral((u) => logDensity(u) + logNormalUpper(delta - t * Math.exp(u)));
  const upper = logIntegral((u) => logDensity(u) + logNormalUpper(t * Math.exp(u) - delta));
  const [logLower, logUpper] = [Math.min(0, lower), Math.min(0, upper)];
  return { lower: Math.exp(logLower), upper: Math.exp(logUpper), logLower, logUpper };
}

/**
 * The t with P(T ≤ t) = p.
 *
 * @param p 0 … 1; 0 and 1 give −∞ and ∞
 * @internal
 */
export function noncentralTQuantile(p: number, degreesOfFreedom: number, delta: number): number {
  if (p === 0) return -Infinity;
  if (p === 1) return Infinity;
  // Rises with t; of the two tails the smaller one, for its digits.
  const excess = (t: number) => {
    const { logLower, logUpper } = noncentralT(t, degreesOfFreedom, delta);
    return p < 0.5 ? logLower - Math.log(p) : Math.log1p(-p) - logUpper;
  };
  let low = delta - 1;
  let high = delta + 1;
  for (let reach = 2; excess(low) > 0 && reach < LARGEST; reach *= 2) low = delta - reach;
  for (let reach = 2; excess(high) < 0 && reach < LARGEST; reach *= 2) high = delta + reach;
  return root(excess, low, high);
}

const LARGEST = 1e150;

/** a ln a − a − ln Γ(a) + ln 2, without the cancellation of large a. */
function logScaleOf(a: number): number {
  if (a < 10) return Math.LN2 + a * Math.log(a) - a - logGamma(a);
  return Math.LN2 + 0.5 * Math.log(a) - HALF_LOG_TWO_PI - stirlingTail(a);
}

/** ln ∫ exp f(u) du for f with one maximum that falls off on both sides. */
function logIntegral(f: (u: number) => number): number {
  const peak = maximum(f);
  const top = f(peak);
  const curvature = (2 * top - f(peak - NEAR) - f(peak + NEAR)) / (NEAR * NEAR);
  let step = 0.5 / Math.sqrt(Math.max(curvature, 0.25));
  let area = trapezoid(f, peak, top, step);
  for (let halving = 0; halving < 6; halving++) {
    const before = area;
    step /= 2;
    area = trapezoid(f, peak, top, step);
    if (Math.abs(area - before) <= 1e-14 * area) break;
  }
  return top + Math.log(area);
}

const NEAR = 1e-3;

/** h Σ exp(f(peak + kh) − top), both ways until nothing is added. */
function trapezoid(f: (u: number) => number, peak: number, top: number, step: number): number {
  let sum = 1;
  for (const direction of [-step, step]) {
    for (let k = 1; ; k++) {
      const term = Math.exp(f(peak + k * direction) - top);
      sum += term;
      if (!(term > 1e-18 * sum)) break;
    }
  }
  return step * sum;
}

/** Where f is greatest: the best of a coarse grid, then golden sections around it. */
function maximum(f: (u: number) => number): number {
  let best = 0;
  for (let u = -40; u <= 40; u += 0.5) if (f(u) > f(best)) best = u;
  let low = best - 0.5;
  let high = best + 0.5;
  const golden = 0.6180339887498949;
  while (high - low > 1e-6) {
    const third = golden * (high - low);
    if (f(high - third) > f(low + third)) high = low + third;
    else low = high - third;
  }
  return (low + high) / 2;
}

/** The zero of a rising function between two points, by false position that does not get stuck (Illinois). */
function root(f: (x: number) => number, from: number, to: number): number {
  let [low, high, atLow, atHigh] = [from, to, f(from), f(to)];
  for (let step = 0; step < 200 && high - low > 4e-16 * Math.abs(low + high); step++) {
    const chord = high - (atHigh * (high - low)) / (atHigh - atLow);
    // Every third step halves, so that the bracket closes from both sides.
    const x = step % 3 < 2 && chord > low && chord < high ? chord : (low + high) / 2;
    const value = f(x);
    if (value === 0) return x;
    if (value > 0) {
      [high, atHigh] = [x, value];
      atLow /= 2;
    } else {
      [low, atLow] = [x, value];
      atHigh /= 2;
    }
  }
  return Math.abs(atLow) < Math.abs(atHigh) ? low : high;
}
