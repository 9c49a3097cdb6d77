import { elements, isTrainable, type ParameterSpec } from './parameters.js';
import type { Plan } from './plan.js';

/** The size of a net in numbers. */
export interface NetSummary {
  /** Weights that training changes (running statistics are not among them). */
  parameters: number;
  /** Tensors of the state dictionary, running statistics included. */
  tensors: number;
  /** Convolutions and the classifier, in the counting that gives DenseNet-121 its name. */
  depth: number;
  /** Direct connections inside all blocks. */
  connections: number;
  /** Channels that the classifier sees. */
  features: number;
  /** The dense blocks in order. */
  blocks: BlockSummary[];
}

/** One dense block in numbers. */
export interface BlockSummary {
  /** Dense layers, L. */
  layers: number;
  /** Channels that enter. */
  inChannels: number;
  /** Channels that leave. */
  outChannels: number;
  /** Pairs (source, layer) of the graph where the layer reads the source: L(L + 1)/2. */
  connections: number;
}

export function summarise(plan: Plan, specs: readonly ParameterSpec[]): NetSummary {
  const blocks = plan.blocks.map((block) => ({
    layers: block.layers.length,
    inChannels: block.input.channels,
    outChannels: block.channels,
    connections: block.layers.reduce((sum, layer) => sum + layer.inputs.length, 0),
  }));
  return {
    parameters: specs.filter(isTrainable).reduce((sum, spec) => sum + elements(spec), 0),
    tensors: specs.length,
    depth: specs.filter(({ role }) => role === 'convolution' || role === 'linear').length,
    connections: blocks.reduce((sum, block) => sum + block.connections, 0),
    features: plan.features,
    blocks,
  };
}
