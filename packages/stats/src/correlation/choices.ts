/** A whole number ≥ 0 and how many times it occurs. */
export interface Level {
  value: number;
  size: number;
}

/**
 * The choices that can be made from levels, numbered by how many they take of each in mixed radix: what choice c leaves is
 * choice `count − 1 − c`.
 *
 * @internal
 */
export interface Choices {
  count: number;
  /** What one more of a level adds to the number. */
  strides: readonly number[];
  /** How many entries a choice has. */
  sizes: Uint16Array;
  /** Different orders of a choice's entries. */
  orders: Float64Array;
}

/** @internal */
export function numberOfChoices(levels: readonly Level[]): number {
  return levels.reduce((product, { size }) => product * (size + 1), 1);
}

/** @internal */
export function choicesFrom(levels: readonly Level[]): Choices {
  const count = numberOfChoices(levels);
  const strides = levels.map(({ size }) => size);
  let stride = 1;
  for (let j = 0; j < levels.length; j++) {
    strides[j] = stride;
    stride *= levels[j].size + 1;
  }
  const sizes = new Uint16Array(count);
  const orders = new Float64Array(count);
  orders[0] = 1;
  eachChoice(levels, (choice, taken) => {
    for (let j = 0; j < taken.length; j++) {
      if (taken[j] === 0) continue;
      sizes[choice] = sizes[choice - strides[j]] + 1;
      orders[choice] += orders[choice - strides[j]];
    }
  });
  return { count, strides, sizes, orders };
}

/**
 * Calls `visit` with the number of each choice in turn and how many it takes of each level.
 *
 * @internal
 */
export function eachChoice(
  levels: readonly Level[],
  visit: (choice: number, taken: Uint16Array) => void,
): void {
  const taken = new Uint16Array(levels.length);
  const count = numberOfChoices(levels);
  for (let choice = 0; choice < count; choice++) {
    visit(choice, taken);
    for (let j = 0; j < levels.length; j++) {
      if (taken[j] < levels[j].size) {
        taken[j]++;
        break;
      }
      taken[j] = 0;
    }
  }
}
