/** Uniform numbers in [0, 1) of a linear congruential generator: `peers/draws.py` makes the same. */
export function draws(n: number, start: number): Float64Array {
  let state = start;
  return Float64Array.from({ length: n }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 4294967296;
  });
}
