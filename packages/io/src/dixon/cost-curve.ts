import { type SignalModel } from './signal-model.js';

/** Decays at which curves are computed, 1/s; each field takes the best of them. */
export const CURVE_R2STAR: readonly number[] = [40, 180];

/** Grid points per echo: the curve's shortest wave is period/(K−1), so it gets at least this many. */
const POINTS_PER_ECHO = 10;

/**
 * The residual of a voxel as a function of the field, water and fat projected out.
 *
 * With Q an orthonormal basis of the water and fat signals at a decay R and `P = QQᴴ`,
 * `J(fB) = Σ|s|² − Σ_kl s̄_k P_kl s_l exp(i 2π fB (t_k − t_l))`: the products with equal `t_k − t_l` are
 * added up first ("lag sums"), after which each grid point costs one complex product per lag. For K
 * evenly spaced echoes there are K − 1 lags and J is a trigonometric polynomial of that degree.
 */
export class CostCurve {
  /** Field of each grid point in Hz: symmetric about 0, first point −half the range. */
  readonly gridHz: Float64Array;
  /** Least residual over the decays at each grid point. */
  readonly values: Float64Array;
  /** Which of {@link CURVE_R2STAR} gave it. */
  readonly decayIndex: Uint8Array;
  /** Whether the last point is followed by the first. */
  readonly cyclic: boolean;
  readonly #half: number;
  readonly #lags: number;
  readonly #pairLag: Uint16Array;
  readonly #projections: readonly Projection[];
  readonly #cos: Float64Array;
  readonly #sin: Float64Array;
  readonly #re: Float64Array;
  readonly #im: Float64Array;
  readonly #lagRe: Float64Array;
  readonly #lagIm: Float64Array;

  constructor(model: SignalModel) {
    const { timesS, periodHz } = model;
    const count = timesS.length;
    this.cyclic = Number.isFinite(periodHz);
    const { range, lagTimes, pairLag } = this.cyclic ? evenLags(model) : unevenLags(model);
    const longest = timesS[count - 1] - timesS[0];
    this.#half = Math.ceil((POINTS_PER_ECHO * (range * longest + 1)) / 2);
    const points = 2 * this.#half;
    this.gridHz = Float64Array.from(
      { length: points },
      (_, g) => ((g - this.#half) * range) / points,
    );
    this.values = new Float64Array(points);
    this.decayIndex = new Uint8Array(points);
    this.#lags = lagTimes.length;
    this.#pairLag = pairLag;
    this.#projections = CURVE_R2STAR.map((r2star) => project(model, r2star));
    this.#cos = new Float64Array((this.#half + 1) * this.#lags);
    this.#sin = new Float64Array((this.#half + 1) * this.#lags);
    for (let g = 0; g <= this.#half; g++) {
      for (let d = 0; d < this.#lags; d++) {
        const angle = (2 * Math.PI * g * range * lagTimes[d]) / points;
        this.#cos[g * this.#lags + d] = 2 * Math.cos(angle);
        this.#sin[g * this.#lags + d] = 2 * Math.sin(angle);
      }
    }
    this.#re = new Float64Array(count);
    this.#im = new Float64Array(count);
    this.#lagRe = new Float64Array(this.#lags);
    this.#lagIm = new Float64Array(this.#lags);
  }

  /** Fill {@link values} for the voxel whose echoes (re, im, …) start at `offset`. */
  compute(echoes: Float32Array, offset: number): void {
    const re = this.#re;
    const im = this.#im;
    let energy = 0;
    for (let k = 0, at = offset; k < re.length; k++, at += 2) {
      re[k] = echoes[at];
      im[k] = echoes[at + 1];
      energy += re[k] * re[k] + im[k] * im[k];
    }
    for (let index = 0; index < this.#projections.length; index++) {
      const constant = energy - this.#lagSums(this.#projections[index]);
      this.#lowerEnvelope(constant, index);
    }
  }

  /** Add up the products by lag; returns the part that does not depend on the field. */
  #lagSums({ diagonal, re: pr, im: pi }: Projection): number {
    const re = this.#re;
    const im = this.#im;
    const pairLag = this.#pairLag;
    const lagRe = this.#lagRe.fill(0);
    const lagIm = this.#lagIm.fill(0);
    let constant = 0;
    let pair = 0;
    for (let k = 0; k < re.length; k++) {
      const ar = re[k];
      const ai = im[k];
      constant += diagonal[k] * (ar * ar + ai * ai);
      for (let l = 0; l < k; l++, pair++) {
        const xr = ar * re[l] + ai * im[l];
        const xi = ar * im[l] - ai * re[l];
        const d = pairLag[pair];
        lagRe[d] += xr * pr[pair] - xi * pi[pair];
        lagIm[d] += xr * pi[pair] + xi * pr[pair];
      }
    }
    return constant;
  }

  /** Points ±g share their products: the even part adds, the odd part changes sign. */
  #lowerEnvelope(constant: number, index: number): void {
    const { values, decayIndex } = this;
    const half = this.#half;
    const lags = this.#lags;
    const cos = this.#cos;
    const sin = this.#sin;
    const lagRe = this.#lagRe;
    const lagIm = this.#lagIm;
    const last = values.length - 1;
    for (let g = 0, at = 0; g <= half; g++) {
      let even = constant;
      let odd = 0;
      for (let d = 0; d < lags; d++, at++) {
        even -= lagRe[d] * cos[at];
        odd += lagIm[d] * sin[at];
      }
      const up = half + g;
      const down = half - g;
      if (up <= last && (index === 0 || even + odd < values[up])) {
        values[up] = even + odd;
        decayIndex[up] = index;
      }
      if (index === 0 || even - odd < values[down]) {
        values[down] = even - odd;
        decayIndex[down] = index;
      }
    }
  }
}

/** P_kk, and P_kl for k > l in the order (1,0), (2,0), (2,1), … */
interface Projection {
  diagonal: Float64Array;
  re: Float64Array;
  im: Float64Array;
}

/** P = A (AᴴA)⁻¹ Aᴴ for A = [w, w·c], w = exp(−R t). */
function project({ timesS, fatReal, fatImaginary }: SignalModel, r2star: number): Projection {
  const count = timesS.length;
  const w = timesS.map((t) => Math.exp(-r2star * t));
  let water = 0;
  let crossRe = 0;
  let crossIm = 0;
  let fat = 0;
  for (let k = 0; k < count; k++) {
    const w2 = w[k] * w[k];
    water += w2;
    crossRe += w2 * fatReal[k];
    crossIm += w2 * fatImaginary[k];
    fat += w2 * (fatReal[k] ** 2 + fatImaginary[k] ** 2);
  }
  const scale = 1 / (water * fat - crossRe * crossRe - crossIm * crossIm);
  const diagonal = new Float64Array(count);
  const re: number[] = [];
  const im: number[] = [];
  for (let k = 0; k < count; k++) {
    for (let l = 0; l <= k; l++) {
      const ck = [fatReal[k], fatImaginary[k]];
      const cl = [fatReal[l], -fatImaginary[l]];
      // fat − G12·c̄_l − Ḡ12·c_k + water·c_k·c̄_l, from the inverse of the 2×2 Gram matrix.
      const r =
        fat -
        (crossRe * cl[0] - crossIm * cl[1]) -
        (crossRe * ck[0] + crossIm * ck[1]) +
        water * (ck[0] * cl[0] - ck[1] * cl[1]);
      const i =
        -(crossRe * cl[1] + crossIm * cl[0]) -
        (crossRe * ck[1] - crossIm * ck[0]) +
        water * (ck[0] * cl[1] + ck[1] * cl[0]);
      const factor = w[k] * w[l] * scale;
      if (l === k) diagonal[k] = r * factor;
      else {
        re.push(r * factor);
        im.push(i * factor);
      }
    }
  }
  return { diagonal, re: Float64Array.from(re), im: Float64Array.from(im) };
}

interface Lags {
  /** Width of the searched interval of fields, Hz. */
  range: number;
  lagTimes: number[];
  /** Lag of each pair (1,0), (2,0), (2,1), … */
  pairLag: Uint16Array;
}

function evenLags({ timesS, periodHz }: SignalModel): Lags {
  const lag: number[] = [];
  for (let k = 0; k < timesS.length; k++) for (let l = 0; l < k; l++) lag.push(k - l - 1);
  const lagTimes = Array.from({ length: timesS.length - 1 }, (_, d) => (d + 1) / periodHz);
  return { range: periodHz, lagTimes, pairLag: Uint16Array.from(lag) };
}

/** Without a common spacing each pair is a lag; fields up to half of 1/(smallest spacing) are searched. */
function unevenLags({ timesS }: SignalModel): Lags {
  const lagTimes: number[] = [];
  let smallest = Number.POSITIVE_INFINITY;
  for (let k = 1; k < timesS.length; k++) {
    smallest = Math.min(smallest, timesS[k] - timesS[k - 1]);
    for (let l = 0; l < k; l++) lagTimes.push(timesS[k] - timesS[l]);
  }
  return { range: 1 / smallest, lagTimes, pairLag: Uint16Array.from(lagTimes, (_, d) => d) };
}
