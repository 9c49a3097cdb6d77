import type { SignalModel } from '../signal-model.js';
import { solveSymmetric } from './solve.js';

/** Unknowns of a voxel: water, fat, phase, field and R2*. */
export const OWN_UNKNOWNS = 5;
const OWN = OWN_UNKNOWNS;

/** Directions in which acquisition errors move the echoes of a voxel: those of `ERROR_KINDS`. */
export const KINDS = 3;

const ALL = OWN + KINDS;

/** Where a voxel is linearised. */
export interface VoxelState {
  fieldHz: number;
  /** 1/s */
  r2star: number;
  /** Acquisition errors at the voxel. */
  bipolarRad: number;
  firstEchoRad: number;
  amplitude: number;
}

/**
 * The least-squares problem of one voxel, linearised where it stands, with the voxel's own five unknowns
 * eliminated: what is left says how the acquisition errors would have to move.
 *
 * With errors e_k the model of echo k is `m_k = (W + F c_k) exp(iφ) exp((i 2π fB − R2*) t_k) · e_k`. W, F and φ
 * are solved for in closed form at the given field and decay; all derivatives are taken together and
 * the block of the own unknowns is removed by a Schur complement (Golub and Pereyra's variable
 * projection, in the form that bundle adjustment uses).
 */
export class VoxelEquations {
  /** Residual sum of squares. */
  cost = 0;
  /** PDFF in %, signed. */
  pdffPercent = 0;
  /** Normal matrix of the errors, own unknowns eliminated: 3 × 3, row-major. */
  readonly matrix = new Float64Array(KINDS * KINDS);
  /** Right-hand side of the same. */
  readonly rhs = new Float64Array(KINDS);
  /** Step of (field Hz, R2* 1/s) if the errors stay; `coupling` times the step of the errors comes off it. */
  readonly ownStep = new Float64Array(2);
  /** How (field, R2*) give way to a unit step of each kind of error, 2 × 3. */
  readonly coupling = new Float64Array(2 * KINDS);
  readonly #model: SignalModel;
  readonly #weight: Float64Array;
  readonly #columns: Float64Array;
  readonly #residual: Float64Array;
  readonly #gram = new Float64Array(ALL * (ALL + 1));
  readonly #own = new Float64Array(OWN * OWN);
  readonly #solution = new Float64Array(OWN * (KINDS + 1));

  constructor(model: SignalModel) {
    const count = model.timesS.length;
    this.#model = model;
    this.#weight = new Float64Array(2 * count);
    this.#columns = new Float64Array(ALL * 2 * count);
    this.#residual = new Float64Array(2 * count);
  }

  /**
   * @param echoes measured echoes (re, im, …)
   * @param at place of the voxel's first number
   */
  linearise(echoes: Float32Array, at: number, state: VoxelState): void {
    const { fieldHz, r2star, bipolarRad, firstEchoRad, amplitude } = state;
    const { timesS, fatReal, fatImaginary } = this.#model;
    const count = timesS.length;
    const weight = this.#weight;
    let ww = 0;
    let ff = 0;
    let wf = 0;
    let bwRe = 0;
    let bwIm = 0;
    let bfRe = 0;
    let bfIm = 0;
    for (let k = 0; k < count; k++) {
      const sign = k % 2 === 0 ? 1 : -1;
      const size = Math.exp(-r2star * timesS[k]) * (1 + sign * amplitude);
      const angle =
        2 * Math.PI * fieldHz * timesS[k] + sign * bipolarRad + (k === 0 ? firstEchoRad : 0);
      const re = size * Math.cos(angle);
      const im = size * Math.sin(angle);
      weight[2 * k] = re;
      weight[2 * k + 1] = im;
      const square = size * size;
      ww += square;
      ff += square * (fatReal[k] * fatReal[k] + fatImaginary[k] * fatImaginary[k]);
      wf += square * fatReal[k];
      const sRe = echoes[at + 2 * k];
      const sIm = echoes[at + 2 * k + 1];
      const pRe = re * sRe + im * sIm;
      const pIm = re * sIm - im * sRe;
      bwRe += pRe;
      bwIm += pIm;
      bfRe += fatReal[k] * pRe + fatImaginary[k] * pIm;
      bfIm += fatReal[k] * pIm - fatImaginary[k] * pRe;
    }
    const scale = 1 / (ww * ff - wf * wf);
    // c = M⁻¹ b for complex b; the phase is half the argument of bᵀ M⁻¹ b.
    const cwRe = (ff * bwRe - wf * bfRe) * scale;
    const cwIm = (ff * bwIm - wf * bfIm) * scale;
    const cfRe = (ww * bfRe - wf * bwRe) * scale;
    const cfIm = (ww * bfIm - wf * bwIm) * scale;
    const squareRe = bwRe * cwRe - bwIm * cwIm + bfRe * cfRe - bfIm * cfIm;
    const squareIm = bwRe * cwIm + bwIm * cwRe + bfRe * cfIm + bfIm * cfRe;
    const phase = 0.5 * Math.atan2(squareIm, squareRe);
    const cos = Math.cos(phase);
    const sin = Math.sin(phase);
    let water = cos * cwRe + sin * cwIm;
    let fat = cos * cfRe + sin * cfIm;
    const turn = water + fat < 0 ? -1 : 1;
    water *= turn;
    fat *= turn;
    this.#fill(echoes, at, water, fat, turn * cos, turn * sin);
    this.#eliminate();
    this.pdffPercent = (100 * fat) / (water + fat);
  }

  #fill(
    echoes: Float32Array,
    at: number,
    water: number,
    fat: number,
    cos: number,
    sin: number,
  ): void {
    const { timesS, fatReal, fatImaginary } = this.#model;
    const count = timesS.length;
    const n = 2 * count;
    const last = timesS[count - 1];
    const columns = this.#columns;
    const residual = this.#residual;
    const weight = this.#weight;
    columns.fill(0, 6 * n);
    let cost = 0;
    for (let k = 0; k < count; k++) {
      const sign = k % 2 === 0 ? 1 : -1;
      const wRe = weight[2 * k] * cos - weight[2 * k + 1] * sin;
      const wIm = weight[2 * k] * sin + weight[2 * k + 1] * cos;
      const fRe = wRe * fatReal[k] - wIm * fatImaginary[k];
      const fIm = wRe * fatImaginary[k] + wIm * fatReal[k];
      const mRe = water * wRe + fat * fRe;
      const mIm = water * wIm + fat * fIm;
      const t = timesS[k] / last;
      const rRe = echoes[at + 2 * k] - mRe;
      const rIm = echoes[at + 2 * k + 1] - mIm;
      cost += rRe * rRe + rIm * rIm;
      residual[2 * k] = rRe;
      residual[2 * k + 1] = rIm;
      const i = 2 * k;
      columns[i] = wRe;
      columns[i + 1] = wIm;
      columns[n + i] = fRe;
      columns[n + i + 1] = fIm;
      columns[2 * n + i] = -mIm;
      columns[2 * n + i + 1] = mRe;
      columns[3 * n + i] = -t * mIm;
      columns[3 * n + i + 1] = t * mRe;
      columns[4 * n + i] = -t * mRe;
      columns[4 * n + i + 1] = -t * mIm;
      columns[5 * n + i] = -sign * mIm;
      columns[5 * n + i + 1] = sign * mRe;
      if (k === 0) {
        columns[6 * n] = -mIm;
        columns[6 * n + 1] = mRe;
      }
      columns[7 * n + i] = sign * mRe;
      columns[7 * n + i + 1] = sign * mIm;
    }
    this.cost = cost;
  }

  #eliminate(): void {
    const { timesS } = this.#model;
    const n = 2 * timesS.length;
    const columns = this.#columns;
    const residual = this.#residual;
    const gram = this.#gram;
    const width = ALL + 1;
    for (let i = 0; i < ALL; i++) {
      for (let j = 0; j <= i; j++) {
        let sum = 0;
        for (let k = 0; k < n; k++) sum += columns[i * n + k] * columns[j * n + k];
        gram[i * width + j] = sum;
        gram[j * width + i] = sum;
      }
      let sum = 0;
      for (let k = 0; k < n; k++) sum += columns[i * n + k] * residual[k];
      gram[i * width + ALL] = sum;
    }
    const own = this.#own;
    const solution = this.#solution;
    for (let i = 0; i < OWN; i++) {
      for (let j = 0; j < OWN; j++) own[i * OWN + j] = gram[i * width + j];
      for (let c = 0; c <= KINDS; c++) solution[i * (KINDS + 1) + c] = gram[i * width + OWN + c];
    }
    solveSymmetric(own, OWN, solution, KINDS + 1);
    for (let a = 0; a < KINDS; a++) {
      for (let b = 0; b <= KINDS; b++) {
        let sum = gram[(OWN + a) * width + OWN + b];
        for (let i = 0; i < OWN; i++) {
          sum -= gram[(OWN + a) * width + i] * solution[i * (KINDS + 1) + b];
        }
        if (b < KINDS) this.matrix[a * KINDS + b] = sum;
        else this.rhs[a] = sum;
      }
    }
    const last = timesS[timesS.length - 1];
    const toHz = 1 / (2 * Math.PI * last);
    const toRate = 1 / last;
    for (let c = 0; c < KINDS; c++) {
      this.coupling[c] = solution[3 * (KINDS + 1) + c] * toHz;
      this.coupling[KINDS + c] = solution[4 * (KINDS + 1) + c] * toRate;
    }
    this.ownStep[0] = solution[3 * (KINDS + 1) + KINDS] * toHz;
    this.ownStep[1] = solution[4 * (KINDS + 1) + KINDS] * toRate;
  }
}
