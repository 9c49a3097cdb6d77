import { expect, test } from 'vitest';
import { densenet121 } from '../src/index.js';
import { modelOf } from '../src/model/dense-net.js';
import { fixtureJson, formulaPatches, relativeError, setFormulaWeights } from './reference.js';

test('densenet121 with formula weights equals torchvision', async () => {
  const golden = fixtureJson('densenet121_formula.json.gz');
  const net = densenet121({ inputSize: 64 });
  expect(net.config).toMatchObject({ classes: 1000, inChannels: 3, inputSize: [64, 64] });
  expect(net.summary()).toMatchObject({ parameters: golden.params, features: 1024 });
  const { specs, state } = modelOf(net);
  expect(specs.map(({ name, shape }) => [name, shape])).toEqual(golden.state_dict);
  setFormulaWeights(net, golden.seed);
  const [first] = golden.weight_checks['features.conv0.weight'];
  expect(state.values.get('features.conv0.weight')![0]).toBeCloseTo(first, 7);
  const logits = await net.logits(formulaPatches('input', golden.seed, golden.input_shape));
  expect(relativeError(logits.data, golden.logits_f64.flat())).toBeLessThan(2e-6);
  expect(relativeError(logits.data, golden.logits_f32.flat())).toBeLessThan(2e-6);
  net.dispose();
});
