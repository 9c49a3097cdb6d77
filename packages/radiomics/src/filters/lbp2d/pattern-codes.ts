/** How the comparison of a pixel with its neighbours becomes a number. */
export type Lbp2DMethod = 'default' | 'ror' | 'uniform' | 'var';

/**
 * The number of one pixel.
 *
 * @param neighbours values around the circle
 */
export type PatternCode = (centre: number, neighbours: Float64Array) => number;

/** The rule of a method; `flatVariance` is what `var` gives where all neighbours are alike. */
export function patternCode(
  method: Lbp2DMethod,
  samples: number,
  flatVariance: number,
): PatternCode {
  const codes: Record<Lbp2DMethod, PatternCode> = {
    default: bits,
    ror: (centre, neighbours) => smallestRotation(bits(centre, neighbours), samples),
    uniform,
    var: (_, neighbours) => variance(neighbours) || flatVariance,
  };
  return codes[method];
}

/** The largest number that a method gives; Infinity where it has no bound. */
export function largestCode(method: Lbp2DMethod, samples: number): number {
  if (method === 'var') return Infinity;
  return method === 'uniform' ? samples + 1 : 2 ** samples - 1;
}

/** Bit k is set where neighbour k is not below the centre. */
function bits(centre: number, neighbours: Float64Array): number {
  let code = 0;
  for (let k = neighbours.length - 1; k >= 0; k--) {
    code = 2 * code + (neighbours[k] - centre >= 0 ? 1 : 0);
  }
  return code;
}

/** Numbers of up to 53 bits are rotated as doubles, which hold them exactly. */
function smallestRotation(code: number, samples: number): number {
  const top = 2 ** (samples - 1);
  let smallest = code;
  let rotated = code;
  for (let k = 1; k < samples; k++) {
    const last = rotated % 2;
    rotated = (rotated - last) / 2 + last * top;
    if (rotated < smallest) smallest = rotated;
  }
  return smallest;
}

/**
 * Neighbours not below the centre if there are at most two changes along the circle, else their number
 * plus one. As in scikit-image the step from the last neighbour to the first is no change.
 */
function uniform(centre: number, neighbours: Float64Array): number {
  let above = 0;
  let changes = 0;
  let before = false;
  for (let k = 0; k < neighbours.length; k++) {
    const isAbove = neighbours[k] - centre >= 0;
    if (isAbove) above++;
    if (k > 0 && isAbove !== before) changes++;
    before = isAbove;
  }
  return changes <= 2 ? above : neighbours.length + 1;
}

/** Population variance from the sums of values and squares, as scikit-image computes it. */
function variance(neighbours: Float64Array): number {
  let sum = 0;
  let squares = 0;
  for (let k = 0; k < neighbours.length; k++) {
    sum += neighbours[k];
    squares += neighbours[k] * neighbours[k];
  }
  return (squares - (sum * sum) / neighbours.length) / neighbours.length;
}
