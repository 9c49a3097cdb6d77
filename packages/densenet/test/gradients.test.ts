import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';
import { createDenseNet, fit, lossAndGradients } from '../src/index.js';
import { modelOf } from '../src/model/dense-net.js';
import {
  fixtureJson,
  formulaPatches,
  type Golden,
  readGolden,
  relativeError,
  setFormulaWeights,
} from './reference.js';

/** Everything is compared by max|found − reference| / max|reference| over a tensor. */
describe.each(['tiny_g4_b22_in1', 'paper_g12_b666_in6'])('%s equals torch', (name) => {
  const golden = readGolden(name);
  const meta = fixtureJson(`${name}.meta.json.gz`);
  const { growth, blocks, in_ch, classes } = meta.config;
  const patches = formulaPatches('input', meta.seed, [meta.batch, in_ch, 16, 16]);
  const labels: number[] = meta.label_list;
  const newNet = () => {
    const net = createDenseNet({
      growthRate: growth,
      blocks,
      inChannels: in_ch,
      classes,
      inputSize: 16,
    });
    setFormulaWeights(net, meta.seed);
    return net;
  };
  const values = (key: string) => golden.get(key)!.values;

  test('the formula makes the reference input', () => {
    expect(Array.from(patches.data)).toEqual(values('input'));
  });

  test('names, shapes and count of the weights', () => {
    const net = newNet();
    const specs = modelOf(net).specs.map(({ name, shape }) => [name, shape]);
    expect(specs).toEqual(meta.state_dict);
    expect(net.summary().parameters).toBe(meta.params);
  });

  test('logits by running statistics', async () => {
    const logits = await newNet().logits(patches);
    expect(logits.shape).toEqual([meta.batch, classes]);
    expect(relativeError(logits.data, values('eval_logits'))).toBeLessThan(1e-6);
    expect(relativeError(logits.data, values('eval_logits_f64'))).toBeLessThan(1e-6);
  });

  test('logits by batch statistics, and the loss', async () => {
    const { logits, loss } = await lossAndGradients(newNet(), { patches, labels });
    expect(relativeError(logits, values('train_logits_f64'))).toBeLessThan(2e-6);
    expect(Math.abs(loss - meta.loss_f64)).toBeLessThan(1e-6);
  });

  test('every gradient', async () => {
    const { gradients } = await lossAndGradients(newNet(), { patches, labels });
    expect([...gradients.keys()].sort()).toEqual(gradientNames(golden));
    const worst = worstOf(gradients, golden, 'grad.');
    expect(worst.error, worst.name).toBeLessThan(5e-5);
  });

  test('loss with smoothed labels, and with class weights', async () => {
    const variants = meta.loss_variants;
    const smoothed = await lossAndGradients(newNet(), { patches, labels }, { labelSmoothing: 0.1 });
    expect(Math.abs(smoothed.loss - variants['label_smoothing_0.1'])).toBeLessThan(2e-6);
    const { weights, loss } = variants.class_weight;
    const weighted = await lossAndGradients(
      newNet(),
      { patches, labels },
      { classWeights: weights },
    );
    expect(Math.abs(weighted.loss - loss)).toBeLessThan(2e-6);
  });

  test('running statistics after one training step', async () => {
    const net = newNet();
    await fit(
      net,
      { patches, labels },
      { epochs: 1, batchSize: meta.batch, optimizer: { name: 'sgd', learningRate: 1e-3 } },
    );
    const { state } = modelOf(net);
    const after = new Map(
      [...golden].flatMap(([key, { values }]) =>
        key.startsWith('after.') ? [[key.slice('after.'.length), values] as const] : [],
      ),
    );
    expect(after.size).toBeGreaterThan(0);
    for (const [key, reference] of after) {
      expect(relativeError(state.values.get(key)!, reference), key).toBeLessThan(1e-6);
    }
    expect(new Set(state.batchesTracked.values())).toEqual(new Set([1]));
  });

  test('no tensor is left on the backend', async () => {
    const net = newNet();
    await lossAndGradients(net, { patches, labels });
    const before = tf.memory();
    await fit(net, { patches, labels }, { epochs: 3, batchSize: meta.batch });
    await net.predict(patches);
    expect(tf.memory().numTensors).toBe(before.numTensors);
    expect(tf.memory().numDataBuffers).toBe(before.numDataBuffers);
    expect(tf.memory().numBytes).toBe(before.numBytes);
  });
});

test('gradients of the tiny net are as close to float64 as those of torch', async () => {
  const golden = readGolden('tiny_g4_b22_in1');
  const meta = fixtureJson('tiny_g4_b22_in1.meta.json.gz');
  const net = createDenseNet({ growthRate: 4, blocks: [2, 2], inChannels: 1, classes: 2 });
  setFormulaWeights(net, meta.seed);
  const patches = formulaPatches('input', meta.seed, [meta.batch, 1, 16, 16]);
  const data = { patches, labels: meta.label_list };
  const { gradients } = await lossAndGradients(net, data);
  expect(worstOf(gradients, golden, 'grad_f64.').error).toBeLessThan(
    meta.max_rel_grad_err_f32_vs_f64,
  );
});

function gradientNames(golden: Golden): string[] {
  return [...golden.keys()]
    .filter((key) => key.startsWith('grad.'))
    .map((key) => key.slice('grad.'.length))
    .sort();
}

function worstOf(gradients: Map<string, Float32Array>, golden: Golden, prefix: string) {
  let worst = { name: '', error: 0 };
  for (const [name, gradient] of gradients) {
    const error = relativeError(gradient, golden.get(prefix + name)!.values);
    if (!(error <= worst.error)) worst = { name, error };
  }
  return worst;
}
