import type { ParameterSpec } from '../architecture/parameters.js';
import { WeightsMismatchError } from '../errors.js';
import { type DenseNet, modelOf } from '../model/dense-net.js';
import { tensorOf } from '../model/state.js';
import { parseSafetensors, type RawTensor, serialiseSafetensors } from './safetensors.js';

/**
 * Load weights by torchvision's names (`features.denseblock1.denselayer1.norm1.weight` …) in torch's
 * layouts. The names of torchvision's older downloads (`norm.1`, `conv.2`) are understood. Counters of
 * batches may be missing, as in files from before torch 0.4.1, and then are 0.
 *
 * @param bytes a safetensors file with float32 tensors
 * @throws SafetensorsError when the file is cut short or inconsistent
 * @throws WeightsMismatchError when names, shapes or values do not fit; the net is then unchanged
 * @throws NetStateError while `fit` runs on the net
 * @example
 * ```ts
 * import { createDenseNet, loadSafetensors, saveSafetensors } from '@steatosis/densenet';
 *
 * const config = { growthRate: 4, blocks: [2, 2], inChannels: 1, classes: 2 };
 * const trained = createDenseNet({ ...config, seed: 1 });
 * const bytes = saveSafetensors(trained);
 * const copy = createDenseNet(config);
 * loadSafetensors(copy, bytes);
 * console.log(saveSafetensors(copy).every((byte, i) => byte === bytes[i])); // true
 * ```
 */
export function loadSafetensors(net: DenseNet, bytes: Uint8Array): void {
  const model = modelOf(net);
  model.checkChangeable();
  const file = new Map<string, RawTensor>();
  const unexpected: string[] = [];
  for (const [name, tensor] of parseSafetensors(bytes)) {
    if (file.has(currentName(name))) unexpected.push(name);
    else file.set(currentName(name), tensor);
  }
  const missing: string[] = [];
  const wrong: string[] = [];
  const values = new Map<string, Float32Array>();
  const counters = new Map<string, number>();
  for (const spec of model.specs) {
    const tensor = file.get(spec.name);
    file.delete(spec.name);
    if (tensor === undefined) {
      if (spec.role === 'batchesTracked') counters.set(spec.name, 0);
      else missing.push(spec.name);
      continue;
    }
    const problem = problemOf(spec, tensor);
    if (problem !== undefined) wrong.push(`${spec.name}: ${problem}`);
    else if (spec.role === 'batchesTracked') counters.set(spec.name, readCounter(tensor));
    else values.set(spec.name, readFloats(tensor));
  }
  unexpected.push(...file.keys());
  if (missing.length + unexpected.length + wrong.length > 0) {
    throw new WeightsMismatchError({ missing, unexpected, wrong });
  }
  for (const [name, from] of values) tensorOf(model.state.values, name).set(from);
  for (const [name, count] of counters) model.state.batchesTracked.set(name, count);
}

/**
 * The weights and running statistics as a safetensors file that torchvision's model of the same
 * configuration loads. The same weights give the same bytes.
 *
 * @throws NetStateError after `dispose()`
 */
export function saveSafetensors(net: DenseNet): Uint8Array {
  const model = modelOf(net);
  model.checkUsable();
  const tensors = new Map<string, RawTensor>();
  for (const spec of model.specs) {
    const { name, shape } = spec;
    if (spec.role === 'batchesTracked') {
      const bytes = new Uint8Array(8);
      const count = model.state.batchesTracked.get(name) ?? 0;
      new DataView(bytes.buffer).setBigInt64(0, BigInt(count), true);
      tensors.set(name, { dtype: 'I64', shape, bytes });
    } else {
      const values = tensorOf(model.state.values, name);
      const bytes = new Uint8Array(values.length * 4);
      const view = new DataView(bytes.buffer);
      values.forEach((value, i) => view.setFloat32(i * 4, value, true));
      tensors.set(name, { dtype: 'F32', shape, bytes });
    }
  }
  return serialiseSafetensors(tensors);
}

/** torchvision once named the parts of a dense layer `norm.1`; its loader renames them in the same way. */
function currentName(name: string): string {
  return name.replace(/(\.denselayer\d+\.(?:norm|conv))\.([12])\./, '$1$2.');
}

function problemOf(spec: ParameterSpec, tensor: RawTensor): string | undefined {
  const dtype = spec.role === 'batchesTracked' ? 'I64' : 'F32';
  if (tensor.dtype !== dtype) return `${tensor.dtype} instead of ${dtype}`;
  if (tensor.shape.join() !== spec.shape.join()) {
    return `shape [${tensor.shape.join(', ')}] instead of [${spec.shape.join(', ')}]`;
  }
  if (spec.role === 'batchesTracked') {
    return readCounter(tensor) >= 0 ? undefined : 'a negative counter';
  }
  const values = readFloats(tensor);
  if (values.some((value) => !Number.isFinite(value))) return 'a value that is not finite';
  if (spec.role === 'runningVariance' && values.some((value) => value < 0)) {
    return 'a negative variance';
  }
  return undefined;
}

function readFloats({ bytes }: RawTensor): Float32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Float32Array.from({ length: bytes.length / 4 }, (_, i) => view.getFloat32(i * 4, true));
}

function readCounter({ bytes }: RawTensor): number {
  return Number(new DataView(bytes.buffer, bytes.byteOffset, 8).getBigInt64(0, true));
}
