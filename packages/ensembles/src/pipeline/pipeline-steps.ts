import { InvalidArgumentError } from '@steatosis/core';
import { checkNames } from '../data/parameters.js';
import type { Estimator, Transformer } from '../model-selection/estimator.js';
import { unfittedCopy } from '../model-selection/unfitted.js';

/** Name and object of a step: transformers, then one estimator. */
export type PipelineStep = readonly [name: string, step: Transformer | Estimator];

/** Throw unless the steps are named transformers followed by one estimator. */
export function checkSteps(steps: readonly PipelineStep[]): void {
  if (!Array.isArray(steps) || steps.length === 0) {
    throw new InvalidArgumentError(
      'steps',
      steps,
      "an array such as [['model', new XGBClassifier()]]",
    );
  }
  const names = new Set<string>();
  steps.forEach((pair, index) => {
    const [name, step] = Array.isArray(pair) ? (pair as unknown as PipelineStep) : [];
    const place = `steps[${index}]`;
    if (typeof name !== 'string' || !/^[^.]+$/.test(name)) {
      throw new InvalidArgumentError(`${place}[0]`, name, 'a name without a point');
    }
    if (names.has(name)) throw new InvalidArgumentError(`${place}[0]`, name, 'a name not used yet');
    names.add(name);
    const isLast = index === steps.length - 1;
    const method = isLast ? 'predict' : 'transform';
    const methods = (step ?? {}) as Record<string, unknown>;
    if (typeof methods['fit'] !== 'function' || typeof methods[method] !== 'function') {
      throw new InvalidArgumentError(
        `${place}[1]`,
        step,
        isLast
          ? 'an estimator, with the methods fit and predict, as the last step'
          : 'a transformer, with the methods fit and transform, before the last step',
      );
    }
  });
}

/** Unfitted copies of the steps with changed parameters, which are named 'step.parameter'. */
export function copySteps(steps: readonly PipelineStep[], changes: object): PipelineStep[] {
  const changesOf = new Map<string, Record<string, unknown>>(steps.map(([name]) => [name, {}]));
  for (const [path, value] of Object.entries(changes)) {
    const [step, parameter] = splitPath(path);
    checkNames("Pipeline's steps", { [step]: value ?? true }, [...changesOf.keys()], []);
    if (parameter === undefined) {
      throw new InvalidArgumentError(path, value, `a parameter named as '${step}.parameter'`);
    }
    changesOf.get(step)![parameter] = value;
  }
  return steps.map(([name, step]) => [name, unfittedCopy(step, changesOf.get(name))]);
}

/** The step, and the rest, which may hold more points where a pipeline stands in another. */
function splitPath(path: string): [step: string, parameter: string | undefined] {
  const point = path.indexOf('.');
  return point < 0 ? [path, undefined] : [path.slice(0, point), path.slice(point + 1)];
}
