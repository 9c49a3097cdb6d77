/**
 * Gradients and hessians of the losses for the rows `from` … `to` − 1, float32 pairs. Four rows are taken at a time, so
 * `from` is a multiple of 4, and up to three pairs after the last row may be written. Operations and their order are
 * XGBoost's.
 */
import { exp2Lanes, exp4Lanes } from './exponential.as';

/** float32 of 1e-16: the least hessian, and what keeps the sigmoid from a division by zero. */
const LEAST: f32 = 1e-16;
/** Greatest exponent of the sigmoid. */
const MOST_EXPONENT: f32 = 88.7;

/** Four gradients and four hessians as pairs. */
function storePairs(to: usize, gradients: v128, hessians: v128): void {
  v128.store(
    to,
    i8x16.shuffle(gradients, hessians, 0, 1, 2, 3, 16, 17, 18, 19, 4, 5, 6, 7, 20, 21, 22, 23),
  );
  v128.store(
    to,
    i8x16.shuffle(
      gradients,
      hessians,
      8,
      9,
      10,
      11,
      24,
      25,
      26,
      27,
      12,
      13,
      14,
      15,
      28,
      29,
      30,
      31,
    ),
    16,
  );
}

/** Log loss of two classes: g = (p − y) w, h = p (1 − p) w with p = 1 / (e^−m + 1 + 10⁻¹⁶). */
export function logisticGradients(
  from: u32,
  to: u32,
  margins: usize,
  labels: usize,
  weights: usize,
  target: usize,
): void {
  const one = f32x4.splat(1);
  const least = f32x4.splat(LEAST);
  for (let row = from; row < to; row += 4) {
    const at = row << 2;
    const exponent = f32x4.min(f32x4.neg(v128.load(margins + at)), f32x4.splat(MOST_EXPONENT));
    const denominator = f32x4.add(f32x4.add(exp4Lanes(exponent), one), least);
    const p = f32x4.div(one, denominator);
    const weight = v128.load(weights + at);
    const hessian = f32x4.max(f32x4.mul(p, f32x4.sub(one, p)), least);
    storePairs(
      target + (at << 1),
      f32x4.mul(f32x4.sub(p, v128.load(labels + at)), weight),
      f32x4.mul(hessian, weight),
    );
  }
}

/** Half the squared error: g = (m − y) w, h = w. */
export function squaredErrorGradients(
  from: u32,
  to: u32,
  margins: usize,
  labels: usize,
  weights: usize,
  target: usize,
): void {
  for (let row = from; row < to; row += 4) {
    const at = row << 2;
    const weight = v128.load(weights + at);
    const difference = f32x4.sub(v128.load(margins + at), v128.load(labels + at));
    storePairs(target + (at << 1), f32x4.mul(difference, weight), weight);
  }
}

/** Poisson deviance of the logarithm of a mean: g = (e^m − y) w, h = e^(m + step) w. */
export function poissonGradients(
  from: u32,
  to: u32,
  margins: usize,
  labels: usize,
  weights: usize,
  target: usize,
  step: f32,
): void {
  for (let row = from; row < to; row += 4) {
    const at = row << 2;
    const margin = v128.load(margins + at);
    const weight = v128.load(weights + at);
    const mean = exp4Lanes(margin);
    const bound = exp4Lanes(f32x4.add(margin, f32x4.splat(step)));
    storePairs(
      target + (at << 1),
      f32x4.mul(f32x4.sub(mean, v128.load(labels + at)), weight),
      f32x4.mul(bound, weight),
    );
  }
}

/** Absolute error: g = sign(m − y) w, h = w. */
export function absoluteErrorGradients(
  from: u32,
  to: u32,
  margins: usize,
  labels: usize,
  weights: usize,
  target: usize,
): void {
  const one = f32x4.splat(1);
  for (let row = from; row < to; row += 4) {
    const at = row << 2;
    const margin = v128.load(margins + at);
    const label = v128.load(labels + at);
    const weight = v128.load(weights + at);
    const above = v128.and(f32x4.gt(margin, label), one);
    const below = v128.and(f32x4.lt(margin, label), one);
    storePairs(target + (at << 1), f32x4.mul(f32x4.sub(above, below), weight), weight);
  }
}

/**
 * Cross entropy of `classes` classes: p = softmax(m), g = (p − [y = k]) w, h = 2 p (1 − p) w, at least 10⁻¹⁶.
 *
 * Margins are rows × classes. Pairs of class k begin at `target + k · block`. The greatest margin counts as at least
 * the least positive float, exponentials are summed in float64, as in XGBoost.
 */
export function softmaxGradients(
  from: u32,
  to: u32,
  margins: usize,
  labels: usize,
  weights: usize,
  target: usize,
  classes: u32,
  block: usize,
): void {
  for (let row = from; row < to; row++) {
    const first = margins + ((row * classes) << 2);
    let most: f32 = f32.MIN_NORMAL_VALUE;
    for (let k: u32 = 0; k < classes; k++) most = max(most, load<f32>(first + (k << 2)));
    const pairs = target + (row << 3);
    let sum: f64 = 0;
    for (let k: u32 = 0; k < classes; k += 2) {
      // Of an odd number of classes the last lane is a number of the next row, and ignored.
      const two = f32x4.sub(v128.load64_zero(first + (k << 2)), f32x4.splat(most));
      const bounded = f32x4.min(f32x4.max(two, f32x4.splat(-700)), f32x4.splat(700));
      const powers = f32x4.demote_f64x2_zero(exp2Lanes(f64x2.promote_low_f32x4(bounded)));
      const even = f32x4.extract_lane(powers, 0);
      sum += <f64>even;
      store<f32>(pairs + k * block, even);
      if (k + 1 === classes) break;
      const odd = f32x4.extract_lane(powers, 1);
      sum += <f64>odd;
      store<f32>(pairs + (k + 1) * block, odd);
    }
    const divisor = <f32>sum;
    const label = <u32>load<f32>(labels + (row << 2));
    const weight = load<f32>(weights + (row << 2));
    for (let k: u32 = 0; k < classes; k++) {
      const pair = pairs + k * block;
      const p: f32 = load<f32>(pair) / divisor;
      const hessian: f32 = <f32>2 * p * (<f32>1 - p) * weight;
      store<f32>(pair, (label === k ? p - <f32>1 : p) * weight);
      store<f32>(pair, max(hessian, LEAST), 4);
    }
  }
}
