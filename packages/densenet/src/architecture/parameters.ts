import { InvalidArgumentError } from '@steatosis/core';
import type { Plan } from './plan.js';

/** What a tensor of the state is for. */
type ParameterRole =
  | 'convolution'
  | 'linear'
  | 'linearBias'
  | 'normWeight'
  | 'normBias'
  | 'runningMean'
  | 'runningVariance'
  | 'batchesTracked';

/** One tensor of the state dictionary, with torchvision's name and layout (OIHW, [out, in]). */
export interface ParameterSpec {
  readonly name: string;
  readonly shape: readonly number[];
  readonly role: ParameterRole;
}

/** densenet161 has 28.7 million; beyond this a configuration is a slip of the pen. */
const MOST_PARAMETERS = 100_000_000;

/** The state dictionary of a net in torchvision's order. */
export function parameterSpecs(plan: Plan): ParameterSpec[] {
  const imagenet = plan.stem === 'imagenet';
  const kernel = imagenet ? 7 : 3;
  const specs: ParameterSpec[] = [
    convolution('features.conv0', plan.stemChannels, plan.inChannels, kernel),
    ...(imagenet ? norm('features.norm0', plan.stemChannels) : []),
  ];
  plan.blocks.forEach((block, i) => {
    for (const layer of block.layers) {
      specs.push(
        ...norm(`${layer.key}.norm1`, layer.inChannels),
        convolution(`${layer.key}.conv1`, layer.bottleneck, layer.inChannels, 1),
        ...norm(`${layer.key}.norm2`, layer.bottleneck),
        convolution(`${layer.key}.conv2`, layer.output.channels, layer.bottleneck, 3),
      );
    }
    const transition = plan.transitions[i];
    if (transition) {
      specs.push(
        ...norm(`${transition.key}.norm`, transition.inChannels),
        convolution(`${transition.key}.conv`, transition.outChannels, transition.inChannels, 1),
      );
    }
  });
  specs.push(
    ...norm('features.norm5', plan.features),
    { name: 'classifier.weight', shape: [plan.classes, plan.features], role: 'linear' },
    { name: 'classifier.bias', shape: [plan.classes], role: 'linearBias' },
  );
  const count = specs.reduce((sum, spec) => sum + elements(spec), 0);
  if (count > MOST_PARAMETERS) {
    throw new InvalidArgumentError(
      'config',
      `a net of ${count} weights`,
      `at most ${MOST_PARAMETERS}`,
    );
  }
  return specs;
}

/** Whether an optimizer changes it. */
export function isTrainable({ role }: ParameterSpec): boolean {
  return role !== 'runningMean' && role !== 'runningVariance' && role !== 'batchesTracked';
}

export function elements({ shape }: ParameterSpec): number {
  return shape.reduce((product, n) => product * n, 1);
}

function convolution(key: string, out: number, inputs: number, kernel: number): ParameterSpec {
  return { name: `${key}.weight`, shape: [out, inputs, kernel, kernel], role: 'convolution' };
}

function norm(key: string, channels: number): ParameterSpec[] {
  return [
    { name: `${key}.weight`, shape: [channels], role: 'normWeight' },
    { name: `${key}.bias`, shape: [channels], role: 'normBias' },
    { name: `${key}.running_mean`, shape: [channels], role: 'runningMean' },
    { name: `${key}.running_var`, shape: [channels], role: 'runningVariance' },
    { name: `${key}.num_batches_tracked`, shape: [], role: 'batchesTracked' },
  ];
}
