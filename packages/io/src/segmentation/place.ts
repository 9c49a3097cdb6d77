import {
  denseData,
  type Grid,
  gridOf,
  indexToWorld,
  sameGrid,
  type TypedArray,
  type Vector3,
  type Volume,
  volumeLike,
  worldToIndex,
} from '@steatosis/core';
import { SegmentationError } from '../errors.js';
import type { Segment } from './segment.js';

/**
 * Labels on the grid of an image, matched by their place in the patient. Where the two grids share their
 * voxel centres (cropped or flipped label maps) this is exact; otherwise each voxel of the image takes the
 * nearest label, with a warning.
 *
 * @throws SegmentationError when a structure lies wholly outside of the image
 */
export function placeOnto(
  mask: Volume,
  reference: Volume,
  segments: readonly Segment[],
  source: string,
  onWarning: (message: string) => void,
): Volume {
  if (sameGrid(mask, reference)) return { ...mask, ...placementOfReference(reference) };
  const from = gridOf(mask);
  const to = gridOf(reference);
  if (!sharesCentres(from, to)) {
    onWarning(
      `${source}: its voxels do not coincide with those of the image; each voxel of the image took the nearest label.`,
    );
  }
  const layers = mask.data.shape[3] ?? 1;
  const placed = resample(denseData(mask), from, to, layers);
  const result = volumeLike(reference, placed, mask.data.shape.length > 3 ? layers : undefined);
  checkLost(mask, result, segments, source, onWarning);
  return result;
}

function placementOfReference({ spacing, origin, direction }: Volume): Omit<Grid, 'size'> {
  return { spacing, origin, direction };
}

/** Whether every voxel centre of `from`, inside or outside of `to`, is a voxel centre of `to`. */
function sharesCentres(from: Grid, to: Grid): boolean {
  const [nx, ny, nz] = from.size.map((n) => Math.max(1, n - 1));
  const points: Vector3[] = [
    [0, 0, 0],
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
    [nx, ny, nz],
  ];
  const steps = points.map((index) => worldToIndex(to, indexToWorld(from, index)));
  const whole = steps.every((index) => index.every((v) => Math.abs(v - Math.round(v)) < 0.01));
  const unit = [1, 2, 3].every((i) => {
    const step = steps[i].map((v, axis) => Math.abs(Math.round(v - steps[0][axis])));
    return step[0] + step[1] + step[2] === 1;
  });
  return whole && unit;
}

function resample(labels: TypedArray, from: Grid, to: Grid, layers: number): TypedArray {
  const Constructor = labels.constructor as new (length: number) => TypedArray;
  const [nx, ny, nz] = to.size;
  const [mx, my, mz] = from.size;
  const out = new Constructor(nx * ny * nz * layers);
  const at = (x: number, y: number, z: number): Vector3 =>
    worldToIndex(from, indexToWorld(to, [x, y, z]));
  const zero = at(0, 0, 0);
  const [dx, dy, dz] = [at(1, 0, 0), at(0, 1, 0), at(0, 0, 1)].map(
    (p) => p.map((v, i) => v - zero[i]) as Vector3,
  );
  for (let z = 0; z < nz; z++) {
    for (let y = 0; y < ny; y++) {
      for (let x = 0; x < nx; x++) {
        const i = Math.round(zero[0] + x * dx[0] + y * dy[0] + z * dz[0]);
        const j = Math.round(zero[1] + x * dx[1] + y * dy[1] + z * dz[1]);
        const k = Math.round(zero[2] + x * dx[2] + y * dy[2] + z * dz[2]);
        if (i < 0 || j < 0 || k < 0 || i >= mx || j >= my || k >= mz) continue;
        const source = i + mx * (j + my * k);
        const target = x + nx * (y + ny * z);
        for (let layer = 0; layer < layers; layer++) {
          out[target + layer * nx * ny * nz] = labels[source + layer * mx * my * mz];
        }
      }
    }
  }
  return out;
}

function checkLost(
  before: Volume,
  after: Volume,
  segments: readonly Segment[],
  source: string,
  onWarning: (message: string) => void,
): void {
  for (const { name, value, layer } of segments) {
    const was = countOf(before, value, layer ?? 0);
    const is = countOf(after, value, layer ?? 0);
    if (was > 0 && is === 0) {
      throw new SegmentationError(
        `The segment ${JSON.stringify(name)} of ${source} lies outside of the image. Does it belong to this image?`,
        source,
      );
    }
    if (is < was && sharesCentres(gridOf(before), gridOf(after))) {
      onWarning(
        `${source}: ${was - is} of ${was} voxels of the segment ${JSON.stringify(name)} lie outside of the image.`,
      );
    }
  }
}

/** Voxels of one layer that have a value. */
function countOf(mask: Volume, value: number, layer: number): number {
  const data = denseData(mask);
  const voxels = mask.data.shape.slice(0, 3).reduce((product, n) => product * n, 1);
  let count = 0;
  for (let i = layer * voxels; i < (layer + 1) * voxels; i++) if (data[i] === value) count += 1;
  return count;
}
