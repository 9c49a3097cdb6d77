import type { ParameterSpec } from '../architecture/parameters.js';
import { elements } from '../architecture/parameters.js';

/** The tensors of a net by torchvision's names, in torch's layouts. */
export interface ModelState {
  /** Everything but the counters of batches. */
  readonly values: Map<string, Float32Array>;
  /** `num_batches_tracked` of each normalisation. */
  readonly batchesTracked: Map<string, number>;
}

export function newState(specs: readonly ParameterSpec[]): ModelState {
  const state: ModelState = { values: new Map(), batchesTracked: new Map() };
  for (const spec of specs) {
    if (spec.role === 'batchesTracked') state.batchesTracked.set(spec.name, 0);
    else state.values.set(spec.name, new Float32Array(elements(spec)));
  }
  return state;
}

export function tensorOf(tensors: ReadonlyMap<string, Float32Array>, name: string): Float32Array {
  const values = tensors.get(name);
  if (values === undefined) throw new Error(`There is no tensor named ${name}.`);
  return values;
}
