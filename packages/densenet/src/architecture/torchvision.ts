import { checkOptions } from '../check.js';
import { createDenseNet, type DenseNet } from '../model/dense-net.js';
import type { DenseNetConfig } from './config.js';

/** What can be chosen of {@link densenet121}. */
export type DenseNet121Options = Pick<
  DenseNetConfig,
  'classes' | 'inChannels' | 'inputSize' | 'dropRate' | 'seed'
>;

/**
 * torchvision's densenet121: growth 32, blocks 6-12-24-16, stem 'imagenet'. With its defaults (1000
 * classes, 3 channels) it has 7 978 856 parameters and takes torchvision's weights by `loadSafetensors`.
 *
 * @throws InvalidArgumentError when an option is unknown or impossible
 * @example
 * ```ts
 * import { densenet121 } from '@steatosis/densenet';
 *
 * const net = densenet121();
 * console.log(net.summary().parameters); // 7978856
 * net.dispose();
 * ```
 */
export function densenet121(options: DenseNet121Options = {}): DenseNet {
  checkOptions('options', options, ['classes', 'inChannels', 'inputSize', 'dropRate', 'seed']);
  return createDenseNet({
    growthRate: 32,
    blocks: [6, 12, 24, 16],
    compression: 0.5,
    bnSize: 4,
    initFeatures: 64,
    stem: 'imagenet',
    ...options,
    inChannels: options.inChannels ?? 3,
    classes: options.classes ?? 1000,
  });
}
