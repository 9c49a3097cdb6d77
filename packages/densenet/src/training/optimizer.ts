import { InvalidArgumentError } from '@steatosis/core';
import { checkBoolean, checkNumber, checkOneOf, checkOptions } from '../check.js';

/** Stochastic gradient descent as torch's `SGD` does it. */
export interface SgdOptions {
  name: 'sgd';
  /** Step size, > 0. Default 0.1. */
  learningRate?: number;
  /** Share of the last step that is kept, 0 ≤ m < 1. Default 0.9. */
  momentum?: number;
  /** Look ahead along the momentum. Default true where there is momentum. */
  nesterov?: boolean;
  /** L2 penalty added to the gradient, ≥ 0. Default 1e-4. */
  weightDecay?: number;
}

/** Adam (Kingma and Ba 2015) or AdamW (Loshchilov and Hutter 2019) as torch does them. */
export interface AdamOptions {
  name: 'adam' | 'adamw';
  /** Step size, > 0. Default 1e-3. */
  learningRate?: number;
  /** Decay of the mean of the gradients, 0 ≤ β₁ < 1. Default 0.9. */
  beta1?: number;
  /** Decay of the mean of their squares, 0 ≤ β₂ < 1. Default 0.999. */
  beta2?: number;
  /** Added to the root of the mean square, > 0. Default 1e-8. */
  epsilon?: number;
  /** `'adam'`: L2 penalty added to the gradient, default 0. `'adamw'`: decoupled decay, default 0.01. */
  weightDecay?: number;
}

/** The optimizer of {@link fit}, by its name. */
export type OptimizerOptions = SgdOptions | AdamOptions;

/** Changes the weights in place; its state lives as long as one call of `fit`. */
export interface Optimizer {
  readonly learningRate: number;
  /** One step. Arithmetic is in float64, weights and state are kept in float32, as torch keeps them. */
  step(name: string, weights: Float32Array, gradient: Float32Array, learningRate: number): void;
  /** Called before the weights of each step are changed. */
  begin(): void;
}

/** The defaults are those of the DenseNet paper, §4.2, for `'sgd'` and torch's for the others. */
export function createOptimizer(options: OptimizerOptions = { name: 'sgd' }): Optimizer {
  checkOptions('optimizer', options, [
    'name',
    'learningRate',
    'weightDecay',
    'momentum',
    'nesterov',
    'beta1',
    'beta2',
    'epsilon',
  ]);
  const name = checkOneOf('optimizer.name', options.name, ['sgd', 'adam', 'adamw'] as const);
  return name === 'sgd' ? sgd(options as SgdOptions) : adam(options as AdamOptions);
}

function sgd(options: SgdOptions): Optimizer {
  checkOptions('optimizer', options, [
    'name',
    'learningRate',
    'momentum',
    'nesterov',
    'weightDecay',
  ]);
  const learningRate = positive('learningRate', options.learningRate ?? 0.1);
  const momentum = share('momentum', options.momentum ?? 0.9);
  const nesterov = checkBoolean('optimizer.nesterov', options.nesterov ?? momentum > 0);
  if (nesterov && momentum === 0) {
    throw new InvalidArgumentError('optimizer.nesterov', true, 'false, or a momentum > 0');
  }
  const weightDecay = notNegative('weightDecay', options.weightDecay ?? 1e-4);
  const velocities = new Map<string, Float32Array>();
  return {
    learningRate,
    begin: () => undefined,
    step(name, weights, gradient, rate) {
      const first = !velocities.has(name);
      const velocity = stateOf(velocities, name, weights.length);
      for (let i = 0; i < weights.length; i++) {
        const g = gradient[i] + weightDecay * weights[i];
        velocity[i] = first ? g : momentum * velocity[i] + g;
        weights[i] -= rate * (nesterov ? g + momentum * velocity[i] : velocity[i]);
      }
    },
  };
}

function adam(options: AdamOptions): Optimizer {
  checkOptions('optimizer', options, [
    'name',
    'learningRate',
    'beta1',
    'beta2',
    'epsilon',
    'weightDecay',
  ]);
  const learningRate = positive('learningRate', options.learningRate ?? 1e-3);
  const beta1 = share('beta1', options.beta1 ?? 0.9);
  const beta2 = share('beta2', options.beta2 ?? 0.999);
  const epsilon = positive('epsilon', options.epsilon ?? 1e-8);
  const decoupled = options.name === 'adamw';
  const weightDecay = notNegative('weightDecay', options.weightDecay ?? (decoupled ? 0.01 : 0));
  const means = new Map<string, Float32Array>();
  const squares = new Map<string, Float32Array>();
  let steps = 0;
  return {
    learningRate,
    begin: () => {
      steps++;
    },
    step(name, weights, gradient, rate) {
      const mean = stateOf(means, name, weights.length);
      const square = stateOf(squares, name, weights.length);
      const stepSize = rate / (1 - beta1 ** steps);
      const rootCorrection = Math.sqrt(1 - beta2 ** steps);
      const shrink = decoupled ? 1 - rate * weightDecay : 1;
      const penalty = decoupled ? 0 : weightDecay;
      for (let i = 0; i < weights.length; i++) {
        const weight = weights[i] * shrink;
        const g = gradient[i] + penalty * weight;
        mean[i] += (1 - beta1) * (g - mean[i]);
        square[i] = beta2 * square[i] + (1 - beta2) * g * g;
        weights[i] =
          weight - (stepSize * mean[i]) / (Math.sqrt(square[i]) / rootCorrection + epsilon);
      }
    },
  };
}

function stateOf(states: Map<string, Float32Array>, name: string, length: number): Float32Array {
  let state = states.get(name);
  if (state === undefined) {
    state = new Float32Array(length);
    states.set(name, state);
  }
  return state;
}

const positive = (name: string, value: unknown) =>
  checkNumber(`optimizer.${name}`, value, (v) => v > 0, 'a number > 0');
const notNegative = (name: string, value: unknown) =>
  checkNumber(`optimizer.${name}`, value, (v) => v >= 0, 'a number ≥ 0');
const share = (name: string, value: unknown) =>
  checkNumber(`optimizer.${name}`, value, (v) => v >= 0 && v < 1, 'a number ≥ 0 and < 1');
