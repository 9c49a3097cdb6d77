import type { SlicePlace } from '../random-field.js';
import type { Body } from './body.js';
import { cutLiver, planesOf } from './liver.js';
import { cutBody } from './organs.js';
import { PlaneGrid } from './plane-grid.js';
import { TISSUE } from './tissues.js';
import { forEachInside } from './tubes.js';
import { liverVessels, PANCREAS, SPLENIC_VEIN } from './vessels.js';

/** What lies in the voxels of one axial slice, first index fastest. */
export interface PaintedSlice {
  /** Index into `TISSUES`. */
  tissue: Uint8Array;
  /** Couinaud segment 1 … 8 of liver parenchyma, 0 elsewhere (vessels too). */
  segment: Uint8Array;
  /** Relative deviation of fat from the liver's mean by lobe; 0 outside the parenchyma. */
  lobarPattern: Float32Array;
}

/** Paint one slice of a body. */
export function paintSlice(body: Body, place: SlicePlace): PaintedSlice {
  const grid = new PlaneGrid(body, place);
  const { columns, rows, w } = grid;
  const liver = cutLiver(body, w);
  const tissueAt = cutBody(body, w, liver);
  const tissue = new Uint8Array(columns * rows);
  for (let row = 0, at = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++, at++) {
      tissue[at] = tissueAt(grid.u(column, row), grid.v(column, row));
    }
  }
  forEachInside(PANCREAS, grid, (column, row) => {
    const at = row * columns + column;
    if (tissue[at] === TISSUE.visceralFat) tissue[at] = TISSUE.pancreas;
  });
  const fill = (column: number, row: number): void => {
    const at = row * columns + column;
    if (BLOOD_REPLACES.includes(tissue[at])) tissue[at] = TISSUE.blood;
  };
  forEachInside(SPLENIC_VEIN, grid, fill);
  for (const vessel of liverVessels(planesOf(body))) forEachInside(vessel, grid, fill);

  const segment = new Uint8Array(tissue.length);
  const lobarPattern = new Float32Array(tissue.length);
  for (let row = 0, at = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++, at++) {
      if (tissue[at] !== TISSUE.liver) continue;
      const u = grid.u(column, row);
      const v = grid.v(column, row);
      segment[at] = liver.segment(u, v);
      lobarPattern[at] = liver.lobarPattern(u, v);
    }
  }
  return { tissue, segment, lobarPattern };
}

const BLOOD_REPLACES: readonly number[] = [TISSUE.liver, TISSUE.visceralFat, TISSUE.pancreas];
