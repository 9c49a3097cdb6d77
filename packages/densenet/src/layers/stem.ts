import type { Plan } from '../architecture/plan.js';
import { convolution, filterGradient, type Kernel } from '../engine/convolution.js';
import { type Images, newImages } from '../kernels/matrix.js';
import { normRelu } from '../kernels/norm-relu.js';
import { type BatchNorm, normReluBackward } from '../kernels/norm-relu-backward.js';
import { maxPool, maxPoolBackward } from '../kernels/pooling.js';
import { imagesInside, imagesLast, putColumns, takeColumns } from '../kernels/rearrange.js';
import { measure, type Moments, newMoments } from '../kernels/statistics.js';
import type { BackwardPass, Pass } from '../model/pass.js';
import { tensorOf } from '../model/state.js';
import { keepNormGradients, normalisation } from './normalisation.js';

export interface StemTape {
  readonly input: Images;
  /** What follows the convolution of the 'imagenet' stem. */
  readonly pooling:
    { convolved: Images; norm: BatchNorm; places: Int32Array; pooledRows: number } | undefined;
}

function kernelOf(plan: Plan): Kernel {
  return plan.stem === 'imagenet'
    ? { size: 7, stride: 2, padding: 3 }
    : { size: 3, stride: 1, padding: 1 };
}

/** The first convolution, and for 'imagenet' BN – ReLU – max pooling, into the first block's columns. */
export function stem(
  pass: Pass,
  plan: Plan,
  input: Images,
  convolvedSize: readonly [height: number, width: number],
  features: Images,
  moments: Moments,
): StemTape {
  const { state, scratch, training } = pass;
  const outputs = plan.stemChannels;
  const weights = tensorOf(state.values, 'features.conv0.weight');
  const result = convolution(
    input,
    weights,
    kernelOf(plan),
    { inputs: plan.inChannels, outputs },
    scratch.take('filter', weights.length),
  );
  let pooling: StemTape['pooling'];
  if (plan.stem === 'imagenet') {
    const [height, width] = convolvedSize;
    const rows = input.images * height * width;
    const convolved: Images = {
      data: result,
      rows,
      stride: outputs,
      images: input.images,
      height,
      width,
    };
    const normMoments = newMoments(outputs);
    if (training) measure(convolved, 0, outputs, normMoments);
    const norm = normalisation(pass, 'features.norm0', outputs, normMoments, rows);
    const activation = scratch.take('activation', rows * outputs);
    normRelu(convolved, norm, activation);
    const pooled = newImages(input.images, features.height, features.width, outputs);
    const places = maxPool({ ...convolved, data: activation }, pooled);
    putColumns(pooled.data, 0, outputs, features);
    pooling = { convolved, norm, places, pooledRows: pooled.rows };
  } else {
    putColumns(result, 0, outputs, features);
  }
  if (training) measure(features, 0, outputs, moments);
  return { input, pooling };
}

export function stemBackward(
  pass: BackwardPass,
  plan: Plan,
  tape: StemTape,
  gradient: Images,
): void {
  const { scratch, gradients } = pass;
  const { input, pooling } = tape;
  const outputs = plan.stemChannels;
  const ofOutput = takeColumns(
    gradient,
    0,
    outputs,
    scratch.take('output', gradient.rows * outputs),
  );
  let ofConvolved: Images = { ...gradient, data: ofOutput, stride: outputs };
  if (pooling) {
    const { convolved, norm, places } = pooling;
    const ofActivation = scratch.take('activation', convolved.data.length);
    maxPoolBackward(ofOutput, places, ofActivation);
    const target = scratch.take('gradient', convolved.data.length).fill(0);
    ofConvolved = { ...convolved, data: target };
    keepNormGradients(
      pass,
      'features.norm0',
      normReluBackward(convolved, norm, ofActivation, ofConvolved),
    );
  }
  const inside = imagesInside(ofConvolved, scratch.take('filter', ofConvolved.data.length));
  gradients.set(
    'features.conv0.weight',
    filterGradient(
      imagesLast(input, scratch.take('transposed', input.data.length)),
      input,
      inside,
      ofConvolved,
      kernelOf(plan),
      { inputs: plan.inChannels, outputs },
    ),
  );
}
