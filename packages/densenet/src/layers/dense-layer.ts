import type { DenseLayerPlan, FeatureMaps } from '../architecture/plan.js';
import { convolution, filterGradient, inputGradient3x3 } from '../engine/convolution.js';
import { multiply } from '../engine/operations.js';
import type { Images } from '../kernels/matrix.js';
import { normRelu, normReluImagesLast, normReluTransposed } from '../kernels/norm-relu.js';
import { type BatchNorm, normReluBackward } from '../kernels/norm-relu-backward.js';
import { imagesInside, putColumns, takeColumns } from '../kernels/rearrange.js';
import { measure, type Moments, newMoments } from '../kernels/statistics.js';
import type { BackwardPass, Pass } from '../model/pass.js';
import { tensorOf } from '../model/state.js';
import { dropFeatures, keptFeatures } from './dropout.js';
import { keepNormGradients, normalisation } from './normalisation.js';
import { pointwise, pointwiseWeightGradient } from './pointwise.js';

const KERNEL = { size: 3, stride: 1, padding: 1 } as const;

/** What the gradients of a dense layer need. Activations are computed again: that costs less than memory. */
export interface DenseLayerTape {
  readonly norm1: BatchNorm;
  readonly bottleneck: Images;
  readonly norm2: BatchNorm;
  readonly dropped: { kept: Uint8Array; dropRate: number } | undefined;
}

/**
 * BN – ReLU – 1×1 – BN – ReLU – 3×3 on the columns that the layer's inputs name; the result goes into
 * the layer's own columns of the same buffer, so that concatenation costs nothing.
 */
export function denseLayer(
  pass: Pass,
  layer: DenseLayerPlan,
  features: Images,
  moments: Moments,
): DenseLayerTape {
  const { state, scratch, training } = pass;
  const { rows } = features;
  const inputs = joinedChannels(layer.inputs);
  const { output } = layer;

  const norm1 = normalisation(pass, `${layer.key}.norm1`, inputs, moments, rows);
  const activation1 = scratch.take('activation', rows * inputs);
  normRelu(features, norm1, activation1);
  const weights1 = tensorOf(state.values, `${layer.key}.conv1.weight`);
  const channels1 = { inputs, outputs: layer.bottleneck };
  const bottleneck: Images = {
    ...features,
    data: pointwise(activation1, weights1, rows, channels1, scratch),
    stride: layer.bottleneck,
  };

  const bottleneckMoments = newMoments(layer.bottleneck);
  if (training) measure(bottleneck, 0, layer.bottleneck, bottleneckMoments);
  const norm2 = normalisation(
    pass,
    `${layer.key}.norm2`,
    layer.bottleneck,
    bottleneckMoments,
    rows,
  );
  const activation2 = scratch.take('activation', rows * layer.bottleneck);
  normRelu(bottleneck, norm2, activation2);
  const weights2 = tensorOf(state.values, `${layer.key}.conv2.weight`);
  const channels2 = { inputs: layer.bottleneck, outputs: output.channels };
  const result = convolution(
    { ...bottleneck, data: activation2 },
    weights2,
    KERNEL,
    channels2,
    scratch.take('filter', weights2.length),
  );

  let dropped: DenseLayerTape['dropped'];
  if (training && training.dropRate > 0) {
    const { dropRate } = training;
    const kept = keptFeatures(training.random.split(layer.key), dropRate, result.length);
    dropFeatures(result, kept, dropRate);
    dropped = { kept, dropRate };
  }
  putColumns(result, output.start, output.channels, features);
  if (training) measure(features, output.start, output.channels, moments);
  return { norm1, bottleneck, norm2, dropped };
}

/** Gradients of the layer's weights; the gradient of its inputs is added to their columns. */
export function denseLayerBackward(
  pass: BackwardPass,
  layer: DenseLayerPlan,
  tape: DenseLayerTape,
  features: Images,
  gradient: Images,
): void {
  const { state, scratch, gradients } = pass;
  const { rows } = features;
  const { norm1, norm2, bottleneck } = tape;
  const { output } = layer;
  const inputs = norm1.channels;

  const ofOutput: Images = {
    ...features,
    data: takeColumns(
      gradient,
      output.start,
      output.channels,
      scratch.take('output', rows * output.channels),
    ),
    stride: output.channels,
  };
  if (tape.dropped) dropFeatures(ofOutput.data, tape.dropped.kept, tape.dropped.dropRate);

  const channels2 = { inputs: layer.bottleneck, outputs: output.channels };
  const activation2 = scratch.take('transposed', rows * layer.bottleneck);
  normReluImagesLast(bottleneck, norm2, activation2);
  const inside = imagesInside(ofOutput, scratch.take('filter', ofOutput.data.length));
  gradients.set(
    `${layer.key}.conv2.weight`,
    filterGradient(activation2, bottleneck, inside, bottleneck, KERNEL, channels2),
  );
  const weights2 = tensorOf(state.values, `${layer.key}.conv2.weight`);
  const ofActivation2 = inputGradient3x3(
    ofOutput,
    weights2,
    channels2,
    scratch.take('filter', weights2.length),
  );

  const ofBottleneck = {
    ...bottleneck,
    data: scratch.take('gradient', rows * layer.bottleneck).fill(0),
  };
  keepNormGradients(
    pass,
    `${layer.key}.norm2`,
    normReluBackward(bottleneck, norm2, ofActivation2, ofBottleneck),
  );

  const channels1 = { inputs, outputs: layer.bottleneck };
  const activation1 = scratch.take('transposed', rows * inputs);
  normReluTransposed(features, norm1, activation1);
  gradients.set(
    `${layer.key}.conv1.weight`,
    pointwiseWeightGradient(activation1, ofBottleneck.data, rows, channels1),
  );
  const weights1 = tensorOf(state.values, `${layer.key}.conv1.weight`);
  const ofActivation1 = multiply(ofBottleneck.data, weights1, rows, layer.bottleneck, inputs);
  keepNormGradients(
    pass,
    `${layer.key}.norm1`,
    normReluBackward(features, norm1, ofActivation1, gradient),
  );
}

/** The inputs lie side by side from column 0, so that they can be read as one matrix. */
function joinedChannels(inputs: readonly FeatureMaps[]): number {
  return inputs.reduce((end, { source, start, channels }) => {
    if (start !== end) throw new Error(`The columns of ${source} do not follow on column ${end}.`);
    return end + channels;
  }, 0);
}
