import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createDenseNet, type DenseNet, loadSafetensors, saveSafetensors } from '../src/index.js';
import { modelOf } from '../src/model/dense-net.js';
import { parseSafetensors, serialiseSafetensors } from '../src/weights/safetensors.js';
import { caught } from './caught.js';
import { fixture, setFormulaWeights } from './reference.js';

const config = { growthRate: 4, blocks: [2, 2], inChannels: 1, classes: 2 };
const written = () => fixture('tiny_g4_b22_in1.weights.safetensors.gz');
const weightsOf = (net: DenseNet) => [...modelOf(net).state.values];

test('a file that torch wrote gives the weights of the formula', () => {
  const loaded = createDenseNet(config);
  loadSafetensors(loaded, written());
  const expected = createDenseNet(config);
  setFormulaWeights(expected, 23);
  expect(weightsOf(loaded)).toEqual(weightsOf(expected));
});

test('what is saved has the tensors of what was loaded, in the state dictionary’s order', () => {
  const net = createDenseNet(config);
  loadSafetensors(net, written());
  const saved = parseSafetensors(saveSafetensors(net));
  const original = parseSafetensors(written());
  expect([...saved.keys()]).toEqual(modelOf(net).specs.map(({ name }) => name));
  expect(saved).toEqual(new Map([...saved.keys()].map((name) => [name, original.get(name)])));
});

test('saving and loading gives the same bytes for any seed', () => {
  fc.assert(
    fc.property(fc.integer(), (seed) => {
      const bytes = saveSafetensors(createDenseNet({ ...config, seed }));
      const copy = createDenseNet(config);
      loadSafetensors(copy, bytes);
      expect(saveSafetensors(copy)).toEqual(bytes);
    }),
    { numRuns: 10 },
  );
});

test('the names of torchvision’s older downloads, without counters', () => {
  const older = new Map(
    [...parseSafetensors(written())].flatMap(([name, tensor]) =>
      name.endsWith('num_batches_tracked')
        ? []
        : [[name.replace(/(denselayer\d+\.(?:norm|conv))([12])/, '$1.$2'), tensor] as const],
    ),
  );
  expect([...older.keys()]).toContain('features.denseblock1.denselayer1.norm.1.weight');
  const net = createDenseNet({ ...config, seed: 9 });
  loadSafetensors(net, serialiseSafetensors(older));
  const expected = createDenseNet(config);
  setFormulaWeights(expected, 23);
  expect(weightsOf(net)).toEqual(weightsOf(expected));
});

describe('weights that do not fit leave the net as it was', () => {
  const change = (edit: (tensors: ReturnType<typeof parseSafetensors>) => void) => {
    const tensors = new Map(parseSafetensors(written()));
    edit(tensors);
    const net = createDenseNet(config);
    const before = saveSafetensors(net);
    const error = caught(() => loadSafetensors(net, serialiseSafetensors(tensors)));
    expect(saveSafetensors(net)).toEqual(before);
    return error;
  };
  const floats = (...values: number[]) => new Uint8Array(Float32Array.from(values).buffer);

  test('a tensor is missing', () => {
    const error = change((tensors) => tensors.delete('classifier.bias'));
    expect(error).toMatchObject({ code: 'WEIGHTS_MISMATCH' });
    expect(error.message).toContain('1 missing (classifier.bias)');
  });

  test('a tensor is unknown', () => {
    const error = change((tensors) => {
      tensors.set('fc.bias', { dtype: 'F32', shape: [1], bytes: floats(1) });
    });
    expect(error.message).toContain('1 unexpected (fc.bias)');
  });

  test('the same tensor under its old and its new name', () => {
    const error = change((tensors) => {
      const name = 'features.denseblock1.denselayer1.norm1.weight';
      tensors.set(name.replace('norm1', 'norm.1'), tensors.get(name)!);
    });
    expect(error.message).toContain(
      '1 unexpected (features.denseblock1.denselayer1.norm.1.weight)',
    );
  });

  test('another number of classes', () => {
    const error = change((tensors) => {
      tensors.set('classifier.bias', { dtype: 'F32', shape: [3], bytes: floats(1, 2, 3) });
    });
    expect(error.message).toContain('classifier.bias: shape [3] instead of [2]');
  });

  test('a value that is not finite, and a negative variance', () => {
    const infinite = change((tensors) => {
      tensors.set('classifier.bias', { dtype: 'F32', shape: [2], bytes: floats(1, Infinity) });
    });
    expect(infinite.message).toContain('not finite');
    const name = 'features.norm5.running_var';
    const negative = change((tensors) => {
      const values = Array.from({ length: 16 }, (_, i) => (i === 3 ? -1 : 1));
      tensors.set(name, { dtype: 'F32', shape: [16], bytes: floats(...values) });
    });
    expect(negative.message).toContain('negative variance');
  });

  test('weights of another type', () => {
    const error = change((tensors) => {
      tensors.set('classifier.bias', { dtype: 'I64', shape: [2], bytes: new Uint8Array(16) });
    });
    expect(error.message).toContain('I64 instead of F32');
  });
});

describe('broken files', () => {
  const file = (header: unknown, data = new Uint8Array(0)) => {
    const json = new TextEncoder().encode(
      typeof header === 'string' ? header : JSON.stringify(header),
    );
    const bytes = new Uint8Array(8 + json.length + data.length);
    new DataView(bytes.buffer).setBigUint64(0, BigInt(json.length), true);
    bytes.set(json, 8);
    bytes.set(data, 8 + json.length);
    return bytes;
  };
  const entry = (more: object) => ({
    w: { dtype: 'F32', shape: [1], data_offsets: [0, 4], ...more },
  });
  const four = new Uint8Array(4);

  test.each<[string, unknown]>([
    ['nothing', new Uint8Array(0)],
    ['no bytes at all', 'weights'],
    ['a header beyond the file', new Uint8Array(16).fill(255)],
    ['no JSON', file('{"w":')],
    ['invalid UTF-8', file('{"\uD800":0}').fill(0xff, 9, 11)],
    ['a JSON list', file('[1]')],
    ['an entry without facts', file({ w: null })],
    ['an unknown type', file(entry({ dtype: 'F16', shape: [2] }), four)],
    ['bytes beyond the file', file(entry({ data_offsets: [0, 8] }), four)],
    ['offsets backwards', file(entry({ data_offsets: [4, 0] }), four)],
    ['a shape that does not fit', file(entry({ shape: [2] }), four)],
    ['a negative shape', file(entry({ shape: [-1] }), four)],
    ['a gap', file(entry({ data_offsets: [4, 8] }), new Uint8Array(8))],
    ['bytes at the end', file(entry({}), new Uint8Array(8))],
    ['an overlap', file({ ...entry({}), v: entry({}).w }, four)],
  ])('%s', (_, bytes) => {
    const net = createDenseNet(config);
    expect(caught(() => loadSafetensors(net, bytes as Uint8Array))).toMatchObject({
      code: 'SAFETENSORS_FORMAT',
    });
  });

  test('cut short anywhere', () => {
    const net = createDenseNet(config);
    const whole = saveSafetensors(net);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: whole.length - 1 }), (length) => {
        const { code } = caught(() => loadSafetensors(net, whole.subarray(0, length)));
        expect(code).toBe('SAFETENSORS_FORMAT');
      }),
    );
  });
});
