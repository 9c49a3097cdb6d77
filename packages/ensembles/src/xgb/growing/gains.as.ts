/** Weights and gains of nodes, with the roundings to float32 that XGBoost makes. */
import {
  ALPHA,
  GIVEN_WEIGHT,
  LAMBDA,
  MAX_DELTA_STEP,
  MIN_CHILD_WEIGHT,
  MONOTONE,
  NODE_GAIN,
  NODE_LOWER,
  NODE_UPPER,
} from './layout';

/** G drawn towards 0 by α, the L1 penalty. */
function shrunk(gradient: f64, alpha: f64): f64 {
  if (gradient > alpha) return gradient - alpha;
  if (gradient < -alpha) return gradient + alpha;
  return 0;
}

/** Weight of a set of rows as a leaf before bounds: −G / (H + λ), held within ± the greatest step. */
export function freeWeight(settings: usize, gradient: f64, hessian: f64): f32 {
  if (hessian < <f64>load<f32>(settings + MIN_CHILD_WEIGHT) || hessian <= 0) return 0;
  const shrunken = shrunk(gradient, <f64>load<f32>(settings + ALPHA));
  let weight = -shrunken / (hessian + <f64>load<f32>(settings + LAMBDA));
  const step = <f64>load<f32>(settings + MAX_DELTA_STEP);
  if (step !== 0) {
    if (weight > step) weight = step;
    if (weight < -step) weight = -step;
  }
  return <f32>weight;
}

function boundedWeight(settings: usize, node: usize, gradient: f64, hessian: f64): f32 {
  const weight = freeWeight(settings, gradient, hessian);
  const lower = load<f32>(node + NODE_LOWER);
  if (weight < lower) return lower;
  const upper = load<f32>(node + NODE_UPPER);
  return weight > upper ? upper : weight;
}

/** T(G)² / (H + λ) */
function bestGain(settings: usize, gradient: f64, hessian: f64): f32 {
  if (hessian <= 0) return 0;
  const shrunken = shrunk(gradient, <f64>load<f32>(settings + ALPHA));
  return <f32>(shrunken * shrunken) / <f32>(hessian + <f64>load<f32>(settings + LAMBDA));
}

/** −(2 G w + (H + λ) w²) */
function gainOfWeight(settings: usize, gradient: f64, hessian: f64, weight: f32): f32 {
  if (hessian <= 0) return 0;
  const curvature = <f32>hessian + load<f32>(settings + LAMBDA);
  return -(<f32>2 * <f32>gradient * weight + curvature * (weight * weight));
}

/** Loss reduction of a split; far below 0 where a side weighs too little or the constraint of the feature forbids it. */
export function gainOfSplit(
  settings: usize,
  node: usize,
  feature: usize,
  leftGradient: f64,
  leftHessian: f64,
  rightGradient: f64,
  rightHessian: f64,
): f32 {
  const least = <f64>load<f32>(settings + MIN_CHILD_WEIGHT);
  if (!(leftHessian >= least && rightHessian >= least)) return -f32.MAX_VALUE;
  let sides: f32;
  if (load<i32>(settings + GIVEN_WEIGHT) === 0) {
    sides =
      bestGain(settings, leftGradient, leftHessian) +
      bestGain(settings, rightGradient, rightHessian);
  } else {
    const left = boundedWeight(settings, node, leftGradient, leftHessian);
    const right = boundedWeight(settings, node, rightGradient, rightHessian);
    const sign = <i32>load<i8>(<usize>load<u32>(settings + MONOTONE) + feature);
    if (sign > 0 ? !(left <= right) : sign < 0 ? !(left >= right) : false) return -f32.MAX_VALUE;
    sides =
      gainOfWeight(settings, leftGradient, leftHessian, left) +
      gainOfWeight(settings, rightGradient, rightHessian, right);
  }
  return sides - load<f32>(node + NODE_GAIN);
}
