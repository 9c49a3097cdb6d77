import type { DescentProblem } from './damped-newton.js';
import type { SignalModel } from './signal-model.js';

/** R2* of a fit in 1/s: wide enough never to bind where there is a signal. */
const R2STAR_BOUNDS: readonly [number, number] = [-3000, 10000];

/** Arrived when R2* (1/s) and 2π·field (rad/s) move less than this … */
const RATE_TOLERANCE = 1e-5;
/** … and every amplitude less than this share of all. */
const SHARE_TOLERANCE = 1e-8;

/**
 * The echoes of one voxel, complex but for the first, of which only the magnitude counts:
 * `Σ_{k≥2} |s_k − m_k|² + (|s_1| − |m_1|)²`. Eddy currents turn the phase of the first echo most.
 *
 * With one phase for water and fat the unknowns are (2π fB, R2*, W, F, φ), with two phases (2π fB, R2*,
 * Re W, Im W, Re F, Im F).
 */
export class MixedFit implements DescentProblem {
  readonly unknowns: number;
  cost = 0;
  slack = 0;
  readonly descent: Float64Array;
  readonly normal: Float64Array;
  readonly #model: SignalModel;
  readonly #commonPhase: boolean;
  readonly #echoes: Float64Array;
  /** Derivatives of the model signal at one echo, (re, im) for each unknown. */
  readonly #slopes: Float64Array;
  #re = 0;
  #im = 0;

  constructor(model: SignalModel, commonPhase: boolean) {
    this.unknowns = commonPhase ? 5 : 6;
    this.#model = model;
    this.#commonPhase = commonPhase;
    this.descent = new Float64Array(this.unknowns);
    this.normal = new Float64Array(this.unknowns * this.unknowns);
    this.#echoes = new Float64Array(2 * model.timesS.length);
    this.#slopes = new Float64Array(2 * this.unknowns);
  }

  /** Take the echoes (re, im, …) of a voxel. */
  load(echoes: Float32Array, offset: number): void {
    let energy = 0;
    for (let i = 0; i < this.#echoes.length; i++) {
      this.#echoes[i] = echoes[offset + i];
      energy += this.#echoes[i] ** 2;
    }
    this.slack = 1e-15 * energy;
  }

  evaluate(values: Float64Array): void {
    const { timesS } = this.#model;
    this.descent.fill(0);
    this.normal.fill(0);
    this.cost = 0;
    if (values[1] < R2STAR_BOUNDS[0] || values[1] > R2STAR_BOUNDS[1]) {
      this.cost = Number.POSITIVE_INFINITY;
      return;
    }
    for (let k = 0; k < timesS.length; k++) {
      this.#signal(values, k);
      const re = this.#re;
      const im = this.#im;
      const echoRe = this.#echoes[2 * k];
      const echoIm = this.#echoes[2 * k + 1];
      if (k > 0) {
        this.#add(1, 0, echoRe - re);
        this.#add(0, 1, echoIm - im);
      } else {
        const size = Math.sqrt(re * re + im * im);
        const along = size > 0 ? 1 / size : 0;
        const echoSize = Math.sqrt(echoRe * echoRe + echoIm * echoIm);
        this.#add(re * along, im * along, echoSize - size);
      }
    }
    this.#mirror();
  }

  isSmall(step: Float64Array, values: Float64Array): boolean {
    let moved = 0;
    let size = 0;
    for (let i = 2; i < this.unknowns; i++) {
      const isPhase = this.#commonPhase && i === 4;
      moved += isPhase ? 0 : Math.abs(step[i]);
      size += isPhase ? 0 : Math.abs(values[i]);
    }
    return (
      Math.abs(step[0]) < RATE_TOLERANCE &&
      Math.abs(step[1]) < RATE_TOLERANCE &&
      moved < SHARE_TOLERANCE * size
    );
  }

  /** Leaves the model signal at echo `k` in `#re` and `#im` and its derivatives in `#slopes`. */
  #signal(values: Float64Array, k: number): void {
    const { timesS, fatReal, fatImaginary } = this.#model;
    const slopes = this.#slopes;
    const time = timesS[k];
    const decay = Math.exp(-values[1] * time);
    const angle = values[0] * time + (this.#commonPhase ? values[4] : 0);
    const cos = decay * Math.cos(angle);
    const sin = decay * Math.sin(angle);
    const fatCos = fatReal[k] * cos - fatImaginary[k] * sin;
    const fatSin = fatReal[k] * sin + fatImaginary[k] * cos;
    let re: number;
    let im: number;
    if (this.#commonPhase) {
      re = values[2] * cos + values[3] * fatCos;
      im = values[2] * sin + values[3] * fatSin;
      slopes[4] = cos;
      slopes[5] = sin;
      slopes[6] = fatCos;
      slopes[7] = fatSin;
      slopes[8] = -im;
      slopes[9] = re;
    } else {
      re = values[2] * cos - values[3] * sin + values[4] * fatCos - values[5] * fatSin;
      im = values[2] * sin + values[3] * cos + values[4] * fatSin + values[5] * fatCos;
      slopes[4] = cos;
      slopes[5] = sin;
      slopes[6] = -sin;
      slopes[7] = cos;
      slopes[8] = fatCos;
      slopes[9] = fatSin;
      slopes[10] = -fatSin;
      slopes[11] = fatCos;
    }
    slopes[0] = -time * im;
    slopes[1] = time * re;
    slopes[2] = -time * re;
    slopes[3] = -time * im;
    this.#re = re;
    this.#im = im;
  }

  /** Add one real sample: the part of the signal along (`alongRe`, `alongIm`) leaves `left`. */
  #add(alongRe: number, alongIm: number, left: number): void {
    const n = this.unknowns;
    const slopes = this.#slopes;
    this.cost += left * left;
    for (let row = 0; row < n; row++) {
      const slope = alongRe * slopes[2 * row] + alongIm * slopes[2 * row + 1];
      this.descent[row] += slope * left;
      for (let column = 0; column <= row; column++) {
        const other = alongRe * slopes[2 * column] + alongIm * slopes[2 * column + 1];
        this.normal[row * n + column] += slope * other;
      }
    }
  }

  #mirror(): void {
    const n = this.unknowns;
    for (let row = 0; row < n; row++) {
      for (let column = 0; column < row; column++) {
        this.normal[column * n + row] = this.normal[row * n + column];
      }
    }
  }
}
