/**
 * Functions of Rician noise: the magnitude M of a complex signal of size S whose real and imaginary
 * parts each carry Gaussian noise of SD σ has the density
 * `p(M) = M/σ² · exp(−(M² + S²)/2σ²) · I₀(M S/σ²)` (Rice, Bell Syst Tech J 1945;24:46; Gudbjartsson and
 * Patz, MRM 1995;34:910). I₀ and I₁ are modified Bessel functions.
 *
 * The two that a fit calls for every echo, `ratio` and `logI0`, are read from a table by cubic Hermite
 * interpolation, whose derivatives are known in closed form; it errs by less than 1e-9.
 */
export class RicianFunctions {
  readonly #ratio: Float64Array;
  readonly #logI0: Float64Array;
  readonly #information: Float64Array;

  constructor() {
    const count = TABLE_END * PER_UNIT + 1;
    this.#ratio = new Float64Array(count);
    this.#logI0 = new Float64Array(count);
    for (let i = 0; i < count; i++) {
      const x = i / PER_UNIT;
      const scaledI0 = scaledBessel(0, x);
      this.#ratio[i] = scaledBessel(1, x) / scaledI0;
      this.#logI0[i] = Math.log(scaledI0);
    }
    this.#information = new Float64Array(INFORMATION_END * INFORMATION_PER_UNIT + 1);
    for (let i = 0; i < this.#information.length; i++) {
      this.#information[i] = this.#integrate(i / INFORMATION_PER_UNIT);
    }
  }

  /** I₁(x)/I₀(x) for x ≥ 0: how much of a magnitude is expected to be signal, 0 … 1. */
  ratio(x: number): number {
    if (x >= TABLE_END) return asymptotic(1, x) / asymptotic(0, x);
    const at = Math.floor(x * PER_UNIT);
    const [low, high] = [this.#ratio[at], this.#ratio[at + 1]];
    return hermite(x * PER_UNIT - at, low, high, slopeOf(low, at), slopeOf(high, at + 1));
  }

  /** ln(I₀(x)·e^−x) for x ≥ 0. */
  logScaledI0(x: number): number {
    if (x >= TABLE_END) return Math.log(asymptotic(0, x) / Math.sqrt(2 * Math.PI * x));
    const at = Math.floor(x * PER_UNIT);
    const lowSlope = this.#ratio[at] - 1;
    const highSlope = this.#ratio[at + 1] - 1;
    return hermite(x * PER_UNIT - at, this.#logI0[at], this.#logI0[at + 1], lowSlope, highSlope);
  }

  /** Mean of M for a signal of size `s`, both in units of σ: 1.2533 for s = 0, s + 1/2s for large s. */
  mean(s: number): number {
    const half = 0.25 * s * s;
    const i0 = Math.exp(this.logScaledI0(half));
    return Math.sqrt(0.5 * Math.PI) * i0 * (1 + 2 * half + 2 * half * this.ratio(half));
  }

  /**
   * Fisher information of S in one magnitude, in units of 1/σ², for a signal of `s`·σ: near s² where the
   * signal drowns, 1 where it stands out, as in Gaussian noise.
   */
  information(s: number): number {
    if (s >= INFORMATION_END) return 1 - 0.5 / (s * s);
    const place = s * INFORMATION_PER_UNIT;
    const at = Math.floor(place);
    const part = place - at;
    return (1 - part) * this.#information[at] + part * this.#information[at + 1];
  }

  /** E[(M·I₁/I₀(M s))²] − s² by Simpson's rule, σ = 1. */
  #integrate(s: number): number {
    const from = Math.max(0, s - HALF_WIDTH);
    const step = (s + HALF_WIDTH - from) / INTERVALS;
    let sum = 0;
    for (let i = 0; i <= INTERVALS; i++) {
      const m = from + i * step;
      const weight = i === 0 || i === INTERVALS ? 1 : i % 2 === 1 ? 4 : 2;
      const expected = m * this.ratio(m * s);
      const density = m * Math.exp(-0.5 * (m - s) ** 2 + this.logScaledI0(m * s));
      sum += weight * density * expected * expected;
    }
    return Math.max(0, (sum * step) / 3 - s * s);
  }
}

/** The tables reach to this argument … */
const TABLE_END = 32;
/** … in steps of one over this. */
const PER_UNIT = 64;

/** Beyond a signal of this many σ the information is that of its first correction, within 2e-5. */
const INFORMATION_END = 16;
const INFORMATION_PER_UNIT = 32;

/** Simpson's rule goes this many σ to both sides. */
const HALF_WIDTH = 9;
const INTERVALS = 360;

/** d(I₁/I₀)/dx = 1 − r/x − r²; 1/2 at 0. */
function slopeOf(ratio: number, index: number): number {
  return index === 0 ? 0.5 : 1 - (ratio * PER_UNIT) / index - ratio * ratio;
}

/** Cubic through two values with two slopes (per unit of x), at `part` of the step between them. */
function hermite(
  part: number,
  low: number,
  high: number,
  lowSlope: number,
  highSlope: number,
): number {
  const rest = 1 - part;
  const bend = part * rest * (rest * lowSlope - part * highSlope);
  return low * rest * rest * (1 + 2 * part) + high * part * part * (1 + 2 * rest) + bend / PER_UNIT;
}

/** I_order(x)·e^−x by its power series; all terms are positive, so that nothing cancels. */
function scaledBessel(order: 0 | 1, x: number): number {
  const quarter = 0.25 * x * x;
  let term = order === 0 ? 1 : 0.5 * x;
  let sum = term;
  for (let k = 1; term > 1e-17 * sum; k++) {
    term *= quarter / (k * (k + order));
    sum += term;
  }
  return sum * Math.exp(-x);
}

/** I_order(x)·e^−x·√(2πx) for x ≥ 32 by Hankel's expansion (Abramowitz and Stegun 9.7.1). */
function asymptotic(order: 0 | 1, x: number): number {
  let term = 1;
  let sum = 1;
  for (let k = 1; k <= 12; k++) {
    term *= ((2 * k - 1) ** 2 - 4 * order) / (8 * k * x);
    sum += term;
  }
  return sum;
}
