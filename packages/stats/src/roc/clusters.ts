import { InvalidArgumentError } from '@steatosis/core';

/** Clusters by number. */
export interface Clusters {
  /** The cluster of each observation, 0 … count − 1 in order of appearance. */
  of: Uint32Array;
  count: number;
}

/**
 * @param names anything that can be compared, as a patient's number or name
 * @param argument what messages call them
 * @throws InvalidArgumentError for a cluster that is missing: NaN, null, undefined or an empty word
 * @internal
 */
export function numberedClusters(
  names: ArrayLike<number | string>,
  kept: Uint32Array | 'all',
  argument = 'clusters',
): Clusters {
  const n = kept === 'all' ? names.length : kept.length;
  const of = new Uint32Array(n);
  const numbers = new Map<number | string, number>();
  for (let k = 0; k < n; k++) {
    const i = kept === 'all' ? k : kept[k];
    const name = names[i];
    // Rows of one patient mostly stand together.
    if (k > 0 && name === names[kept === 'all' ? k - 1 : kept[k - 1]]) {
      of[k] = of[k - 1];
      continue;
    }
    let number = numbers.get(name);
    if (number === undefined) {
      checkName(`${argument}[${i}]`, name);
      number = numbers.size;
      numbers.set(name, number);
    }
    of[k] = number;
  }
  return { of, count: numbers.size };
}

function checkName(argument: string, name: unknown): void {
  const usable = typeof name === 'string' ? name !== '' : Number.isFinite(name);
  if (!usable) {
    throw new InvalidArgumentError(argument, name, 'a number or a name');
  }
}
