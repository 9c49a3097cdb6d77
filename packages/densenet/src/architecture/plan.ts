import { InvalidArgumentError } from '@steatosis/core';
import type { ResolvedConfig } from './config.js';

/** Columns `start … start + channels − 1` of a block's feature buffer, and what writes them. */
export interface FeatureMaps {
  readonly source: string;
  readonly start: number;
  readonly channels: number;
}

/** BN – ReLU – 1×1 – BN – ReLU – 3×3; reads every earlier feature map of the block. */
export interface DenseLayerPlan {
  readonly key: string;
  /** One entry a connection: the block's input, then the output of each earlier layer. */
  readonly inputs: readonly FeatureMaps[];
  readonly inChannels: number;
  readonly bottleneck: number;
  readonly output: FeatureMaps;
}

interface BlockPlan {
  readonly key: string;
  readonly input: FeatureMaps;
  readonly layers: readonly DenseLayerPlan[];
  /** All columns of the block's feature buffer. */
  readonly channels: number;
}

/** BN – ReLU – 1×1 – 2×2 average pooling. */
export interface TransitionPlan {
  readonly key: string;
  readonly inChannels: number;
  readonly outChannels: number;
}

export interface Plan {
  readonly stem: ResolvedConfig['stem'];
  readonly inChannels: number;
  readonly stemChannels: number;
  readonly blocks: readonly BlockPlan[];
  /** One fewer than there are blocks. */
  readonly transitions: readonly TransitionPlan[];
  /** Channels that the classifier sees. */
  readonly features: number;
  readonly classes: number;
  readonly dropRate: number;
}

/** Lay out the graph of a net: which feature maps each layer reads and where it writes. */
export function planNet(config: ResolvedConfig): Plan {
  const blocks: BlockPlan[] = [];
  const transitions: TransitionPlan[] = [];
  let channels = config.initFeatures;
  let source = 'features.conv0';
  config.blocks.forEach((layers, i) => {
    if (i > 0) {
      const outChannels = Math.floor(channels * config.compression);
      if (outChannels < 1) {
        throw new InvalidArgumentError(
          'compression',
          config.compression,
          `a share that keeps at least one of the ${channels} channels of block ${i}`,
        );
      }
      const key = `features.transition${i}`;
      transitions.push({ key, inChannels: channels, outChannels });
      channels = outChannels;
      source = key;
    }
    const block = planBlock(`features.denseblock${i + 1}`, source, channels, layers, config);
    blocks.push(block);
    channels = block.channels;
  });
  return {
    stem: config.stem,
    inChannels: config.inChannels,
    stemChannels: config.initFeatures,
    blocks,
    transitions,
    features: channels,
    classes: config.classes,
    dropRate: config.dropRate,
  };
}

function planBlock(
  key: string,
  source: string,
  channels: number,
  count: number,
  config: ResolvedConfig,
): BlockPlan {
  const input: FeatureMaps = { source, start: 0, channels };
  const available = [input];
  let width = channels;
  const layers = Array.from({ length: count }, (_, i): DenseLayerPlan => {
    const layerKey = `${key}.denselayer${i + 1}`;
    const output: FeatureMaps = { source: layerKey, start: width, channels: config.growthRate };
    const layer: DenseLayerPlan = {
      key: layerKey,
      inputs: [...available],
      inChannels: width,
      bottleneck: config.bnSize * config.growthRate,
      output,
    };
    available.push(output);
    width += config.growthRate;
    return layer;
  });
  return { key, input, layers, channels: width };
}
