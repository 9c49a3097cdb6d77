import type { Plan } from '../architecture/plan.js';
import { newImages } from '../kernels/matrix.js';
import { denseLayerBackward } from '../layers/dense-layer.js';
import { headBackward } from '../layers/head.js';
import { stemBackward } from '../layers/stem.js';
import { transitionBackward } from '../layers/transition.js';
import type { Tape } from './forward.js';
import type { BackwardPass } from './pass.js';

/** Fill the gradients of all weights, from that of the logits [images, classes]. */
export function backward(pass: BackwardPass, plan: Plan, tape: Tape, ofLogits: Float64Array): void {
  const buffers = tape.blocks.map(({ features: { images, height, width, stride } }) =>
    newImages(images, height, width, stride),
  );
  const last = plan.blocks.length - 1;
  headBackward(pass, plan, tape.head, tape.blocks[last].features, ofLogits, buffers[last]);
  for (let i = last; i >= 0; i--) {
    const { features, layers } = tape.blocks[i];
    const gradient = buffers[i];
    const plans = plan.blocks[i].layers;
    for (let j = plans.length - 1; j >= 0; j--) {
      denseLayerBackward(pass, plans[j], layers[j], features, gradient);
    }
    if (i > 0) {
      transitionBackward(
        pass,
        plan.transitions[i - 1],
        tape.transitions[i - 1],
        tape.blocks[i - 1].features,
        gradient,
        buffers[i - 1],
      );
    }
  }
  stemBackward(pass, plan, tape.stem, buffers[0]);
}
