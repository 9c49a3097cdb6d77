/** Trains through the reference's 20 steps: fresh input and labels each step, batches of 8. */
import ndarray from 'ndarray';
import { createDenseNet, fit, type OptimizerOptions } from '../src/index.js';
import { fixtureJson, formula, setFormulaWeights } from './reference.js';

/** The reference's curves by name, with the optimizer that each was made with. */
export const OPTIMIZERS = {
  'sgd_lr0.1_mom0.9_nesterov_wd1e-4': {
    name: 'sgd',
    learningRate: 0.1,
    momentum: 0.9,
    nesterov: true,
    weightDecay: 1e-4,
  },
  'sgd_lr0.05': { name: 'sgd', learningRate: 0.05, momentum: 0, weightDecay: 0 },
  'sgd_lr0.01': { name: 'sgd', learningRate: 0.01, momentum: 0, weightDecay: 0 },
  'adam_lr1e-3': { name: 'adam', learningRate: 1e-3 },
  'adam_lr1e-4': { name: 'adam', learningRate: 1e-4 },
  'adamw_lr1e-3_wd1e-2': { name: 'adamw', learningRate: 1e-3, weightDecay: 1e-2 },
} as const satisfies Record<string, OptimizerOptions>;

export async function trainAlongCurve(name: string, optimizer: OptimizerOptions) {
  const meta = fixtureJson(`${name}.meta.json.gz`);
  const { growth, blocks, in_ch, classes } = meta.config;
  const net = createDenseNet({ growthRate: growth, blocks, inChannels: in_ch, classes });
  setFormulaWeights(net, meta.seed);
  const size = meta.curve_batch * in_ch * 256;
  const data = new Float32Array(20 * size);
  for (let t = 0; t < 20; t++) data.set(formula(`batch${t}`, meta.seed, size), t * size);
  const patches = ndarray(data, [20 * meta.curve_batch, in_ch, 16, 16]);
  const labels: number[] = meta.step_labels.flat();
  const history = await fit(
    net,
    { patches, labels },
    { epochs: 1, batchSize: meta.curve_batch, shuffle: false, optimizer },
  );
  return { net, history, curves: meta.curves, meta };
}

export function largestDifference(a: readonly number[], b: readonly number[]): number {
  if (a.length !== b.length) return Infinity;
  return Math.max(...a.map((value, i) => Math.abs(value - b[i])));
}
