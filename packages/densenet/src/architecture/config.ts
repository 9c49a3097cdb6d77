import { InvalidArgumentError } from '@steatosis/core';
import { checkInteger, checkNumber, checkOneOf, checkOptions } from '../check.js';

/** What a DenseNet-BC looks like (Huang et al. 2017, doi:10.1109/CVPR.2017.243). */
export interface DenseNetConfig {
  /** Feature maps that each dense layer adds, k in the paper. Default 12. */
  growthRate?: number;
  /** Dense layers of each block. Default `[6, 6, 6]`. */
  blocks?: readonly number[];
  /** Share of the channels that a transition keeps, 0 < θ ≤ 1. Default 0.5. */
  compression?: number;
  /** Channels of the 1×1 bottleneck in units of the growth rate. Default 4. */
  bnSize?: number;
  /** Channels after the stem. Default twice the growth rate. */
  initFeatures?: number;
  /** Channels of a patch, for instance six echoes. Default 1. */
  inChannels?: number;
  /** Classes, at least two. Default 2. */
  classes?: number;
  /**
   * `'cifar'`: one 3×3 convolution, for small patches. `'imagenet'`: 7×7 with stride 2, normalisation,
   * ReLU and 3×3 max pooling with stride 2, as torchvision has it. Default `'cifar'`.
   */
  stem?: 'cifar' | 'imagenet';
  /**
   * Height and width of a patch in pixels (one number: square); other patches are then refused.
   * Default: any size that the pooling leaves at least one pixel of.
   */
  inputSize?: number | readonly [height: number, width: number];
  /** Probability with which a feature of a dense layer's output is dropped in training, 0 ≤ p < 1. Default 0. */
  dropRate?: number;
  /** Seed of the initial weights. Default 0. */
  seed?: number;
}

/** A configuration with every default filled in. */
export interface ResolvedConfig {
  readonly growthRate: number;
  readonly blocks: readonly number[];
  readonly compression: number;
  readonly bnSize: number;
  readonly initFeatures: number;
  readonly inChannels: number;
  readonly classes: number;
  readonly stem: 'cifar' | 'imagenet';
  readonly inputSize: readonly [height: number, width: number] | undefined;
  readonly dropRate: number;
  readonly seed: number;
}

const KNOWN = [
  'growthRate',
  'blocks',
  'compression',
  'bnSize',
  'initFeatures',
  'inChannels',
  'classes',
  'stem',
  'inputSize',
  'dropRate',
  'seed',
] as const satisfies readonly (keyof DenseNetConfig)[];

export function resolveConfig(config: DenseNetConfig): ResolvedConfig {
  checkOptions('config', config, KNOWN);
  const growthRate = checkInteger('growthRate', config.growthRate ?? 12, 1, 1024);
  const blocks = checkBlocks(config.blocks ?? [6, 6, 6]);
  const resolved: ResolvedConfig = {
    growthRate,
    blocks,
    compression: checkNumber(
      'compression',
      config.compression ?? 0.5,
      (v) => v > 0 && v <= 1,
      'a number > 0 and ≤ 1',
    ),
    bnSize: checkInteger('bnSize', config.bnSize ?? 4, 1, 64),
    initFeatures: checkInteger('initFeatures', config.initFeatures ?? 2 * growthRate, 1, 4096),
    inChannels: checkInteger('inChannels', config.inChannels ?? 1, 1, 4096),
    classes: checkInteger('classes', config.classes ?? 2, 2, 100_000),
    stem: checkOneOf('stem', config.stem ?? 'cifar', ['cifar', 'imagenet'] as const),
    inputSize: checkSize(config.inputSize),
    dropRate: checkNumber(
      'dropRate',
      config.dropRate ?? 0,
      (v) => v >= 0 && v < 1,
      'a number ≥ 0 and < 1',
    ),
    seed: checkInteger('seed', config.seed ?? 0, Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER),
  };
  if (resolved.inputSize) spatialSizes(resolved, ...resolved.inputSize);
  return resolved;
}

/** Height and width of the stem's convolution and of every block's feature maps. */
export interface SpatialSizes {
  readonly convolution: readonly [height: number, width: number];
  readonly blocks: readonly (readonly [height: number, width: number])[];
}

/** @throws InvalidArgumentError when the pooling leaves nothing of such a patch */
export function spatialSizes(config: ResolvedConfig, height: number, width: number): SpatialSizes {
  const imagenet = config.stem === 'imagenet';
  const halfUp = (n: number) => Math.floor((n - 1) / 2) + 1;
  const convolution: [number, number] = imagenet
    ? [halfUp(height), halfUp(width)]
    : [height, width];
  let [h, w] = imagenet ? [halfUp(convolution[0]), halfUp(convolution[1])] : convolution;
  const blocks = config.blocks.map((_, i): [number, number] => {
    if (i > 0) [h, w] = [Math.floor(h / 2), Math.floor(w / 2)];
    return [h, w];
  });
  if (h < 1 || w < 1) {
    throw new InvalidArgumentError(
      'inputSize',
      [height, width],
      `patches of which ${config.blocks.length - 1} poolings by 2${imagenet ? ' after a stem that divides by 4' : ''} leave at least one pixel`,
    );
  }
  return { convolution, blocks };
}

function checkBlocks(blocks: unknown): readonly number[] {
  if (!Array.isArray(blocks) || blocks.length < 1 || blocks.length > 16) {
    throw new InvalidArgumentError(
      'blocks',
      blocks,
      '1 … 16 numbers of layers, for instance [6, 6, 6]',
    );
  }
  return blocks.map((layers, i) => checkInteger(`blocks[${i}]`, layers, 1, 512));
}

function checkSize(size: DenseNetConfig['inputSize']): ResolvedConfig['inputSize'] {
  if (size === undefined) return undefined;
  const pair = typeof size === 'number' ? [size, size] : size;
  if (!Array.isArray(pair) || pair.length !== 2) {
    throw new InvalidArgumentError('inputSize', size, 'a number of pixels or [height, width]');
  }
  return [checkInteger('inputSize', pair[0], 1, 8192), checkInteger('inputSize', pair[1], 1, 8192)];
}
