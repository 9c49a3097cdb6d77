import type { SpatialSizes } from '../architecture/config.js';
import type { Plan } from '../architecture/plan.js';
import { type Images, newImages } from '../kernels/matrix.js';
import { type Moments, newMoments } from '../kernels/statistics.js';
import { denseLayer, type DenseLayerTape } from '../layers/dense-layer.js';
import { head, type HeadTape } from '../layers/head.js';
import { stem, type StemTape } from '../layers/stem.js';
import { transition, type TransitionTape } from '../layers/transition.js';
import type { Pass } from './pass.js';

/** One block's feature maps and what its layers remember. */
interface BlockTape {
  readonly features: Images;
  readonly layers: DenseLayerTape[];
}

/** What the gradients of a batch need. */
export interface Tape {
  readonly stem: StemTape;
  readonly blocks: BlockTape[];
  readonly transitions: TransitionTape[];
  readonly head: HeadTape;
}

interface Block {
  features: Images;
  moments: Moments;
}

/** Logits [images, classes] of a batch; the tape only when the pass trains. */
export function forward(
  pass: Pass,
  plan: Plan,
  input: Images,
  sizes: SpatialSizes,
): { logits: Float32Array; tape: Tape | undefined } {
  const open = (i: number): Block => {
    const [height, width] = sizes.blocks[i];
    const { channels } = plan.blocks[i];
    return {
      features: newImages(input.images, height, width, channels),
      moments: newMoments(channels),
    };
  };
  let current = open(0);
  const stemTape = stem(pass, plan, input, sizes.convolution, current.features, current.moments);
  const blocks: BlockTape[] = [];
  const transitions: TransitionTape[] = [];
  plan.blocks.forEach((block, i) => {
    if (i > 0) {
      const next = open(i);
      const { features, moments } = current;
      const step = plan.transitions[i - 1];
      const tape = transition(pass, step, features, moments, next.features, next.moments);
      if (pass.training) transitions.push(tape);
      current = next;
    }
    const { features, moments } = current;
    const layers: DenseLayerTape[] = [];
    for (const layer of block.layers) {
      const tape = denseLayer(pass, layer, features, moments);
      if (pass.training) layers.push(tape);
    }
    if (pass.training) blocks.push({ features, layers });
  });
  const { logits, tape: headTape } = head(pass, plan, current.features, current.moments);
  const tape = pass.training ? { stem: stemTape, blocks, transitions, head: headTape } : undefined;
  return { logits, tape };
}
