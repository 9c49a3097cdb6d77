import { type Grid, type Random, SteatosisError } from '@steatosis/core';
import { type Body, drawBody } from './anatomy/body.js';
import { paintSlice } from './anatomy/paint.js';
import {
  placeRois,
  ROI_MARGIN_VOXELS,
  ROI_SEGMENTS,
  ROI_VOXELS,
  type SimulatedRoi,
} from './rois.js';

/** A body as the scan's grid cuts it, first axis fastest, with the regions of a reader. */
export interface ExaminedBody {
  body: Body;
  /** Columns and rows of the grid in mm, and the heights of its slices. */
  xsMm: Float64Array;
  ysMm: Float64Array;
  zsMm: Float64Array;
  /** Index into `TISSUES`. */
  tissue: Uint8Array;
  /** Couinaud segment of liver parenchyma, 0 elsewhere. */
  segment: Uint8Array;
  /** Relative deviation of fat from the liver's mean by lobe. */
  lobarPattern: Float32Array;
  /** One region for each of `ROI_SEGMENTS`. */
  rois: SimulatedRoi[];
}

/** No body drawn has room for a region in some segment. */
export class RoiPlacementError extends SteatosisError {
  readonly code = 'NO_PLACE_FOR_ROI';
  readonly segment: number;

  constructor(segment: number, bodies: number) {
    super(
      `Segment ${segment} had no place for a region of ${ROI_VOXELS}×${ROI_VOXELS} voxels with ` +
        `${ROI_MARGIN_VOXELS} voxels of parenchyma around it in ${bodies} simulated bodies; ` +
        'simulate more slices or a finer matrix.',
    );
    this.segment = segment;
  }
}

/** Far more than are ever needed: fewer than one body in a hundred is turned away. */
const MOST_BODIES = 20;

/**
 * Draw bodies until one has room for all regions: the paper's readers had to find six in every patient.
 *
 * @throws RoiPlacementError when the grid shows too little of any liver
 */
export function examineBody(random: Random, sex: 'M' | 'F', grid: Grid): ExaminedBody {
  for (let attempt = 0; ; attempt++) {
    const stream = random.split(attempt);
    const painted = paintBody(drawBody(stream.split('body'), sex), grid);
    const rois = placeRois(stream.split('rois'), painted.segment, grid.size);
    if (rois.length === ROI_SEGMENTS.length) return { ...painted, rois };
    if (attempt + 1 === MOST_BODIES) {
      const missing = ROI_SEGMENTS.find((s) => rois.every((roi) => roi.segment !== s));
      throw new RoiPlacementError(missing!, MOST_BODIES);
    }
  }
}

function paintBody(body: Body, grid: Grid): Omit<ExaminedBody, 'rois'> {
  const [nx, ny, nz] = grid.size;
  const along = (axis: 0 | 1 | 2): Float64Array =>
    Float64Array.from(
      { length: grid.size[axis] },
      (_, i) => grid.origin[axis] + i * grid.spacing[axis],
    );
  const [xsMm, ysMm, zsMm] = [along(0), along(1), along(2)];
  const tissue = new Uint8Array(nx * ny * nz);
  const segment = new Uint8Array(tissue.length);
  const lobarPattern = new Float32Array(tissue.length);
  for (let z = 0; z < nz; z++) {
    const slice = paintSlice(body, { xsMm, ysMm, zMm: zsMm[z] });
    tissue.set(slice.tissue, z * nx * ny);
    segment.set(slice.segment, z * nx * ny);
    lobarPattern.set(slice.lobarPattern, z * nx * ny);
  }
  return { body, xsMm, ysMm, zsMm, tissue, segment, lobarPattern };
}
