import { gridOf, indexToWorld, type Volume, volumeLike, worldToIndex } from '@steatosis/core';
import { InvalidArgumentError, type Vector3 } from '@steatosis/core';
import type { MarkupBox } from '../markups/read.js';
import { SegmentationError } from '../errors.js';
import type { Segment, Segmentation } from './segment.js';

/**
 * Boxes as a mask on the grid of an image: a voxel belongs to a box when its centre lies inside. Boxes that
 * overlap get layers of their own. The value of a box is the number at the end of its name (`seg2`, `ROI_2`
 * → 2) where all names end in different numbers, else its place in the list, from 1.
 */
export function maskOfBoxes(
  boxes: readonly MarkupBox[],
  reference: Volume | undefined,
  source: string,
): Segmentation {
  if (reference === undefined) {
    throw new InvalidArgumentError(
      'reference',
      reference,
      'a volume: boxes are in millimetres and need the grid of an image to become a mask',
    );
  }
  if (boxes.length === 0) {
    throw new SegmentationError(`${source} holds no ROI boxes.`, source);
  }
  const values = valuesOfNames(boxes);
  const [nx, ny, nz] = gridOf(reference).size;
  const layers: Uint16Array[] = [];
  const segments: Segment[] = [];
  boxes.forEach((box, i) => {
    const inside = voxelsInside(box, reference);
    if (inside.length === 0) {
      throw new SegmentationError(
        `The box ${JSON.stringify(box.name)} of ${source} holds no voxel centre of the image.`,
        source,
      );
    }
    let layer = layers.findIndex((mask) => inside.every((voxel) => mask[voxel] === 0));
    if (layer < 0) layer = layers.push(new Uint16Array(nx * ny * nz)) - 1;
    for (const voxel of inside) layers[layer][voxel] = values[i];
    segments.push({ value: values[i], name: box.name, layer });
  });
  if (layers.length === 1) {
    const flat = segments.map(({ value, name }) => ({ value, name }));
    return { mask: volumeLike(reference, layers[0]), segments: flat };
  }
  const all = new Uint16Array(layers.length * nx * ny * nz);
  layers.forEach((layer, i) => all.set(layer, i * nx * ny * nz));
  return { mask: volumeLike(reference, all, layers.length), segments };
}

/** Indices (first axis fastest) of the voxels whose centre is in the box. */
function voxelsInside({ center, size, axes }: MarkupBox, reference: Volume): number[] {
  const grid = gridOf(reference);
  const half = size.map((v) => v / 2);
  const corners = Array.from({ length: 8 }, (_, corner) => {
    const signs = [0, 1, 2].map((axis) => (corner & (1 << axis) ? half[axis] : -half[axis]));
    const point = center.map(
      (c, row) =>
        c + axes[row * 3] * signs[0] + axes[row * 3 + 1] * signs[1] + axes[row * 3 + 2] * signs[2],
    );
    return worldToIndex(grid, point);
  });
  const range = (axis: number): [from: number, to: number] => {
    const values = corners.map((index) => index[axis]);
    return [
      Math.max(0, Math.ceil(Math.min(...values) - 1e-6)),
      Math.min(grid.size[axis] - 1, Math.floor(Math.max(...values) + 1e-6)),
    ];
  };
  const [[x0, x1], [y0, y1], [z0, z1]] = [range(0), range(1), range(2)];
  const found: number[] = [];
  for (let z = z0; z <= z1; z++) {
    for (let y = y0; y <= y1; y++) {
      for (let x = x0; x <= x1; x++) {
        const p = indexToWorld(grid, [x, y, z]);
        const d: Vector3 = [p[0] - center[0], p[1] - center[1], p[2] - center[2]];
        const inside = half.every((limit, axis) => {
          const along = axes[axis] * d[0] + axes[3 + axis] * d[1] + axes[6 + axis] * d[2];
          return Math.abs(along) <= limit;
        });
        if (inside) found.push(x + grid.size[0] * (y + grid.size[1] * z));
      }
    }
  }
  return found;
}

function valuesOfNames(boxes: readonly MarkupBox[]): number[] {
  const numbers = boxes.map(({ name }) => Number(/(\d{1,4})$/.exec(name)?.[1] ?? Number.NaN));
  const distinct = new Set(numbers).size === boxes.length && numbers.every((n) => n >= 1);
  return distinct ? numbers : boxes.map((_, i) => i + 1);
}
