import type { Plan } from '../architecture/plan.js';
import type { Images } from '../kernels/matrix.js';
import { normRelu } from '../kernels/norm-relu.js';
import { type BatchNorm, normReluBackward } from '../kernels/norm-relu-backward.js';
import { globalAverage } from '../kernels/pooling.js';
import type { Moments } from '../kernels/statistics.js';
import type { BackwardPass, Pass } from '../model/pass.js';
import { tensorOf } from '../model/state.js';
import { keepNormGradients, normalisation } from './normalisation.js';

export interface HeadTape {
  readonly norm: BatchNorm;
  /** Means over the pixels, [images, features]. */
  readonly pooled: Float64Array;
}

/** BN – ReLU – mean over the pixels – linear. The products are few and are summed in float64. */
export function head(
  pass: Pass,
  plan: Plan,
  from: Images,
  moments: Moments,
): { logits: Float32Array; tape: HeadTape } {
  const { features, classes } = plan;
  const { images } = from;
  const norm = normalisation(pass, 'features.norm5', features, moments, from.rows);
  const activation = pass.scratch.take('activation', from.rows * features);
  normRelu(from, norm, activation);
  const pooled = globalAverage(activation, images, from.rows / images, features);
  const weight = tensorOf(pass.state.values, 'classifier.weight');
  const bias = tensorOf(pass.state.values, 'classifier.bias');
  const logits = new Float32Array(images * classes);
  for (let image = 0; image < images; image++) {
    for (let j = 0; j < classes; j++) {
      let sum = bias[j];
      for (let c = 0; c < features; c++) {
        sum += pooled[image * features + c] * weight[j * features + c];
      }
      logits[image * classes + j] = sum;
    }
  }
  return { logits, tape: { norm, pooled } };
}

export function headBackward(
  pass: BackwardPass,
  plan: Plan,
  tape: HeadTape,
  from: Images,
  ofLogits: Float64Array,
  ofFrom: Images,
): void {
  const { features, classes } = plan;
  const { images } = from;
  const weight = tensorOf(pass.state.values, 'classifier.weight');
  const ofWeight = new Float64Array(classes * features);
  const ofBias = new Float64Array(classes);
  const ofPooled = new Float64Array(images * features);
  for (let image = 0; image < images; image++) {
    for (let j = 0; j < classes; j++) {
      const g = ofLogits[image * classes + j];
      ofBias[j] += g;
      for (let c = 0; c < features; c++) {
        ofWeight[j * features + c] += g * tape.pooled[image * features + c];
        ofPooled[image * features + c] += g * weight[j * features + c];
      }
    }
  }
  pass.gradients.set('classifier.weight', Float32Array.from(ofWeight));
  pass.gradients.set('classifier.bias', Float32Array.from(ofBias));

  const pixels = from.rows / images;
  const ofActivation = pass.scratch.take('gradient', from.rows * features);
  for (let image = 0, i = 0; image < images; image++) {
    for (let pixel = 0; pixel < pixels; pixel++) {
      for (let c = 0; c < features; c++) {
        ofActivation[i++] = ofPooled[image * features + c] / pixels;
      }
    }
  }
  keepNormGradients(
    pass,
    'features.norm5',
    normReluBackward(from, tape.norm, ofActivation, ofFrom),
  );
}
