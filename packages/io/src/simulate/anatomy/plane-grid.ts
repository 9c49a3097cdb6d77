import type { SlicePlace } from '../random-field.js';
import { bendMm, type Body } from './body.js';

/** The voxels of one axial slice in body coordinates; the body bends, the voxels do not. */
export class PlaneGrid {
  readonly columns: number;
  readonly rows: number;
  /** Height of the plane in body coordinates. */
  readonly w: number;
  readonly #scale: number;
  readonly #xs: Float64Array;
  readonly #ys: Float64Array;
  readonly #xShift: Float64Array;
  readonly #yShift: Float64Array;
  readonly #widestBend: number;

  constructor(body: Body, { xsMm, ysMm, zMm }: SlicePlace) {
    this.columns = xsMm.length;
    this.rows = ysMm.length;
    this.w = zMm / body.scale;
    this.#scale = body.scale;
    this.#xs = xsMm;
    this.#ys = ysMm;
    this.#xShift = ysMm.map((y) => bendMm(body, 'y', y) + bendMm(body, 'z', zMm));
    this.#yShift = xsMm.map((x) => bendMm(body, 'x', x));
    this.#widestBend = body.waves.reduce((sum, wave) => sum + Math.abs(wave.amplitudeMm), 0);
  }

  u(column: number, row: number): number {
    return (this.#xs[column] + this.#xShift[row]) / this.#scale;
  }

  v(column: number, row: number): number {
    return (this.#ys[row] + this.#yShift[column]) / this.#scale;
  }

  /** First and last column that can hold a `u` of this range. */
  columnsOf(lowU: number, highU: number): [number, number] {
    return rangeOf(this.#xs, lowU * this.#scale, highU * this.#scale, this.#widestBend);
  }

  /** First and last row that can hold a `v` of this range. */
  rowsOf(lowV: number, highV: number): [number, number] {
    return rangeOf(this.#ys, lowV * this.#scale, highV * this.#scale, this.#widestBend);
  }
}

function rangeOf(
  placesMm: Float64Array,
  lowMm: number,
  highMm: number,
  slackMm: number,
): [number, number] {
  const step = placesMm.length > 1 ? placesMm[1] - placesMm[0] : 1;
  const index = (mm: number): number => (mm - placesMm[0]) / step;
  return [
    Math.max(0, Math.ceil(index(lowMm - slackMm))),
    Math.min(placesMm.length - 1, Math.floor(index(highMm + slackMm))),
  ];
}
