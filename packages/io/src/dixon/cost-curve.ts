import type { SignalModel } from './signal-model.js';

/** Decays at which curves are computed, 1/s; each field takes the better of the two. */
export const CURVE_R2STAR: readonly [number, number] = [40, 180];

/** Grid points per echo: the curve's shortest wave is period/(K−1), so it gets at least this many. */
const POINTS_PER_ECHO = 10;

/**
 * What the kernel needs to compute the residual of a voxel as a function of the field, water and fat
 * projected out.
 *
 * With Q an orthonormal basis of the water and fat signals at a decay R and `P = QQᴴ`,
 * `J(fB) = Σ|s|² − Σ_kl s̄_k P_kl s_l exp(i 2π fB (t_k − t_l))`: the products with equal `t_k − t_l` are
 * added up first ("lag sums"), after which each grid point costs one complex product per lag. For K
 * evenly spaced echoes there are K − 1 lags and J is a trigonometric polynomial of that degree.
 */
export interface CurveTables {
  /** Grid points, an even number: symmetric about 0 Hz, the first one half the range below it. */
  points: number;
  /** Distance of grid points in Hz. */
  stepHz: number;
  /** Where it is finite the last point is followed by the first. */
  periodHz: number;
  /** Number of pairs of echoes of each lag. */
  pairsOfLag: Uint32Array;
  /** By lag for each pair k > l: k and l as integers, then Re P_kl and Im P_kl for both decays as floats. */
  pairs: Uint32Array;
  /** For each echo P_kk for both decays. */
  diagonal: Float32Array;
  /** For each grid point from 0 Hz up and each lag 2 cos and 2 sin of 2π fB lag. */
  waves: Float32Array;
}

/** Tables of one acquisition. */
export function curveTables(model: SignalModel): CurveTables {
  const { timesS, periodHz } = model;
  const count = timesS.length;
  const { rangeHz, lagTimes, pairLag } = Number.isFinite(periodHz)
    ? evenLags(model)
    : unevenLags(model);
  const longest = timesS[count - 1] - timesS[0];
  const half = Math.ceil((POINTS_PER_ECHO * (rangeHz * longest + 1)) / 2);
  const points = 2 * half;
  const waves = new Float32Array(2 * (half + 1) * lagTimes.length);
  for (let g = 0, at = 0; g <= half; g++) {
    for (const lag of lagTimes) {
      const angle = (2 * Math.PI * g * rangeHz * lag) / points;
      waves[at++] = 2 * Math.cos(angle);
      waves[at++] = 2 * Math.sin(angle);
    }
  }
  return {
    points,
    stepHz: rangeHz / points,
    periodHz,
    waves,
    ...projectionTables(model, lagTimes.length, pairLag),
  };
}

function projectionTables(
  model: SignalModel,
  lags: number,
  pairLag: readonly number[],
): Pick<CurveTables, 'pairsOfLag' | 'pairs' | 'diagonal'> {
  const count = model.timesS.length;
  const projections = CURVE_R2STAR.map((r2star) => project(model, r2star));
  const diagonal = new Float32Array(2 * count);
  projections.forEach((p, index) => p.diagonal.forEach((v, k) => (diagonal[2 * k + index] = v)));
  const pairsOfLag = new Uint32Array(lags);
  for (const lag of pairLag) pairsOfLag[lag]++;
  const pairs = new Uint32Array(6 * pairLag.length);
  const floats = new Float32Array(pairs.buffer);
  const places = pairsOfLag.map((_, lag) =>
    pairsOfLag.subarray(0, lag).reduce((sum, n) => sum + n, 0),
  );
  for (let k = 0, pair = 0; k < count; k++) {
    for (let l = 0; l < k; l++, pair++) {
      const at = 6 * places[pairLag[pair]]++;
      pairs[at] = k;
      pairs[at + 1] = l;
      projections.forEach(({ re, im }, index) => {
        floats[at + 2 + 2 * index] = re[pair];
        floats[at + 3 + 2 * index] = im[pair];
      });
    }
  }
  return { pairsOfLag, pairs, diagonal };
}

/** P_kk, and P_kl for k > l in the order (1,0), (2,0), (2,1), … */
interface Projection {
  diagonal: Float64Array;
  re: number[];
  im: number[];
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
  return { diagonal, re, im };
}

interface Lags {
  /** Width of the searched interval of fields, Hz. */
  rangeHz: number;
  lagTimes: number[];
  /** Lag of each pair (1,0), (2,0), (2,1), … */
  pairLag: number[];
}

function evenLags({ timesS, periodHz }: SignalModel): Lags {
  const pairLag: number[] = [];
  for (let k = 0; k < timesS.length; k++) for (let l = 0; l < k; l++) pairLag.push(k - l - 1);
  const lagTimes = Array.from({ length: timesS.length - 1 }, (_, d) => (d + 1) / periodHz);
  return { rangeHz: periodHz, lagTimes, pairLag };
}

/** Without a common spacing each pair is a lag; fields up to half of 1/(smallest spacing) are searched. */
function unevenLags({ timesS }: SignalModel): Lags {
  const lagTimes: number[] = [];
  let smallest = Number.POSITIVE_INFINITY;
  for (let k = 1; k < timesS.length; k++) {
    smallest = Math.min(smallest, timesS[k] - timesS[k - 1]);
    for (let l = 0; l < k; l++) lagTimes.push(timesS[k] - timesS[l]);
  }
  return { rangeHz: 1 / smallest, lagTimes, pairLag: lagTimes.map((_, d) => d) };
}
