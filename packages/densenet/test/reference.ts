/** Reads the fixtures and makes the formula weights and inputs of test/fixtures/torch/README.md. */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import ndarray from 'ndarray';
import type { NdArray } from 'ndarray';
import type { DenseNet } from '../src/index.js';
import { modelOf } from '../src/model/dense-net.js';

export type Golden = Map<string, { shape: number[]; values: number[] }>;

export function fixture(name: string): Uint8Array {
  const bytes = readFileSync(new URL(`fixtures/torch/${name}`, import.meta.url));
  return new Uint8Array(name.endsWith('.gz') ? gunzipSync(bytes) : bytes);
}

export function fixtureJson(name: string) {
  return JSON.parse(new TextDecoder().decode(fixture(name)));
}

/** A reader of its own, so that the package's reader is not checked against itself. */
export function readGolden(name: string): Golden {
  const file = fixture(`${name}.golden.safetensors.gz`);
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const headerBytes = Number(view.getBigUint64(0, true));
  const header = JSON.parse(new TextDecoder().decode(file.subarray(8, 8 + headerBytes))) as Record<
    string,
    { dtype: string; shape: number[]; data_offsets: [number, number] }
  >;
  const golden: Golden = new Map();
  delete header['__metadata__'];
  for (const [
    key,
    {
      dtype,
      shape,
      data_offsets: [begin, end],
    },
  ] of Object.entries(header)) {
    const size = dtype === 'F32' ? 4 : 8;
    const values = Array.from({ length: (end - begin) / size }, (_, i) => {
      const at = 8 + headerBytes + begin + i * size;
      if (dtype === 'F32') return view.getFloat32(at, true);
      return dtype === 'F64' ? view.getFloat64(at, true) : Number(view.getBigInt64(at, true));
    });
    golden.set(key, { shape, values });
  }
  return golden;
}

/** v(name, i, seed) of the fixtures' README. */
export function formula(name: string, seed: number, length: number): Float64Array {
  let hash = 2166136261;
  for (const byte of new TextEncoder().encode(name)) hash = Math.imul(hash ^ byte, 16777619);
  const base = (hash + Math.imul(seed, 0x9e3779b9)) | 0;
  return Float64Array.from({ length }, (_, i) => {
    let x = (base + Math.imul(i, 0x9e3779b9)) | 0;
    x = Math.imul(x ^ (x >>> 16), 0x7feb352d);
    x = Math.imul(x ^ (x >>> 15), 0x846ca68b);
    x ^= x >>> 16;
    return (x >>> 8) / 8388608 - 1;
  });
}

export function setFormulaWeights(net: DenseNet, seed: number): void {
  const { specs, state } = modelOf(net);
  for (const { name, shape, role } of specs) {
    const values = state.values.get(name);
    if (values === undefined) continue;
    const v = formula(name, seed, values.length);
    const [, inputs = 1, height = 1, width = 1] = shape;
    const map: Record<string, (x: number) => number> = {
      convolution: (x) => x * Math.sqrt(6 / (inputs * height * width)),
      linear: (x) => x * Math.sqrt(1 / inputs),
      runningMean: (x) => 0.1 * x,
      runningVariance: (x) => 1 + 0.2 * x,
      normWeight: (x) => 1 + 0.1 * x,
    };
    values.set(v.map(map[role] ?? ((x) => 0.1 * x)));
  }
}

export function formulaPatches(name: string, seed: number, shape: number[]): NdArray<Float32Array> {
  const length = shape.reduce((product, n) => product * n, 1);
  return ndarray(Float32Array.from(formula(name, seed, length)), shape);
}

/** max|a − b| / max|b| over a tensor: the metric of all comparisons with the reference. */
export function relativeError(found: ArrayLike<number>, reference: ArrayLike<number>): number {
  if (found.length !== reference.length) return Infinity;
  let difference = 0;
  let largest = 0;
  for (let i = 0; i < reference.length; i++) {
    difference = Math.max(difference, Math.abs(found[i] - reference[i]));
    largest = Math.max(largest, Math.abs(reference[i]));
  }
  return difference / largest;
}
