import { createRandom, type Random } from '@steatosis/core';

/** One scale of a random field. */
export interface FieldScale {
  /** Distance of the knots in mm: structures are about twice as large. */
  knotMm: number;
  /** Share of the field's variance; the shares of all scales add up to 1. */
  share: number;
}

/** Where an axial slice lies: mm of its columns, its rows and its plane. */
export interface SlicePlace {
  xsMm: Float64Array;
  ysMm: Float64Array;
  zMm: number;
}

/** Knots cover ± this many mm along x and y: wider than any field of view. */
const REACH_MM = 260;

/**
 * SD of a tensor product of three cubic B-splines over unit-variance knots, averaged over places: the
 * integral of the squared spline is 151/315 along each axis.
 */
const SPLINE_SD = 0.33189;

/**
 * A smooth random function of the place with mean 0 and SD 1: on each scale a cubic B-spline over
 * normally distributed knots.
 *
 * The value at a place depends on the seed and the place only, not on the slices or the matrix asked for.
 */
export class RandomField {
  readonly #scales: { knotMm: number; weight: number; random: Random; layers: KnotLayers }[];

  constructor(seed: number, scales: readonly FieldScale[]) {
    const random = createRandom(seed).split('field');
    this.#scales = scales.map(({ knotMm, share }, scale) => ({
      knotMm,
      weight: Math.sqrt(share) / SPLINE_SD,
      random: random.split(scale),
      layers: new Map(),
    }));
  }

  /** Fill `target[x + columns·y]` with the values of one slice. */
  fillSlice(target: Float32Array, { xsMm, ysMm, zMm }: SlicePlace): void {
    target.fill(0);
    const columns = xsMm.length;
    for (const { knotMm, weight, random, layers } of this.#scales) {
      const side = knotsPerSide(knotMm);
      const plane = blendLayers(random, layers, side, zMm / knotMm, weight);
      const x = tapsOf(xsMm, knotMm, side);
      const y = tapsOf(ysMm, knotMm, side);
      const row = new Float64Array(side);
      for (let j = 0, at = 0; j < ysMm.length; j++) {
        row.fill(0);
        for (let t = 0; t < 4; t++) {
          const from = (y.first[j] + t) * side;
          const share = y.weights[4 * j + t];
          for (let i = 0; i < side; i++) row[i] += share * plane[from + i];
        }
        for (let i = 0, w = 0; i < columns; i++, w += 4, at++) {
          const k = x.first[i];
          target[at] +=
            x.weights[w] * row[k] +
            x.weights[w + 1] * row[k + 1] +
            x.weights[w + 2] * row[k + 2] +
            x.weights[w + 3] * row[k + 3];
        }
      }
    }
  }
}

/** Knots of one z each, `side × side`. */
type KnotLayers = Map<number, Float64Array>;

function knotsPerSide(knotMm: number): number {
  return 2 * Math.ceil(REACH_MM / knotMm) + 4;
}

function blendLayers(
  random: Random,
  layers: KnotLayers,
  side: number,
  z: number,
  weight: number,
): Float64Array {
  const plane = new Float64Array(side * side);
  const base = Math.floor(z);
  const shares = splineWeights(z - base);
  for (let t = 0; t < 4; t++) {
    const number = base - 1 + t;
    let layer = layers.get(number);
    if (layer === undefined) {
      const stream = random.split(number);
      layer = Float64Array.from({ length: side * side }, () => stream.normal());
      layers.set(number, layer);
    }
    for (let i = 0; i < plane.length; i++) plane[i] += weight * shares[t] * layer[i];
  }
  return plane;
}

/** For each place the first of its four knots and their weights. */
function tapsOf(
  placesMm: Float64Array,
  knotMm: number,
  side: number,
): { first: Int32Array; weights: Float64Array } {
  const first = new Int32Array(placesMm.length);
  const weights = new Float64Array(4 * placesMm.length);
  for (let i = 0; i < placesMm.length; i++) {
    const knot = placesMm[i] / knotMm + side / 2;
    const base = Math.floor(knot);
    first[i] = base - 1;
    weights.set(splineWeights(knot - base), 4 * i);
  }
  return { first, weights };
}

/** The four uniform cubic B-splines that are not zero at `u` in [0, 1). */
function splineWeights(u: number): [number, number, number, number] {
  const v = 1 - u;
  return [
    (v * v * v) / 6,
    (3 * u * u * u - 6 * u * u + 4) / 6,
    (3 * v * v * v - 6 * v * v + 4) / 6,
    (u * u * u) / 6,
  ];
}
