import { InvalidArgumentError, type TypedArray, type Vector3 } from '@steatosis/core';
import type { NdArray } from 'ndarray';
import { MaskRows } from './mask-rows.js';
import type { LabelBox } from './find-box.js';

/**
 * The bounding boxes of all labels of a mask, found in one pass over it.
 *
 * @returns the box of each label, labels ascending; 0 is the background and has none
 * @throws InvalidArgumentError for a value that is not an integer
 */
export function findLabelBoxes(mask: NdArray<TypedArray>): Map<number, LabelBox> {
  const boxes = new Map<number, LabelBox>();
  const { data, offset } = mask;
  const [nx, ny, nz] = mask.shape as Vector3;
  const [sx, sy, sz] = mask.stride as Vector3;
  const rows = new MaskRows(data);
  for (let z = 0; z < nz; z++) {
    for (let y = 0; y < ny; y++) {
      const row = offset + y * sy + z * sz;
      if (sx === 1 && rows.isBackground(row, row + nx)) continue;
      for (let x = 0; x < nx;) {
        const label = data[row + x * sx];
        const first = x++;
        while (x < nx && data[row + x * sx] === label) x++;
        if (label !== 0) include(boxes, label, first, x - 1, y, z);
      }
    }
  }
  return new Map([...boxes].sort(([a], [b]) => a - b));
}

/** Widen the box of a label by a run along x. */
function include(
  boxes: Map<number, LabelBox>,
  label: number,
  from: number,
  to: number,
  y: number,
  z: number,
): void {
  const box = boxes.get(label);
  if (box === undefined) {
    if (!Number.isInteger(label)) throw new InvalidArgumentError('mask', label, 'integer labels');
    boxes.set(label, { first: [from, y, z], last: [to, y, z] });
    return;
  }
  const { first, last } = box;
  if (from < first[0]) first[0] = from;
  if (to > last[0]) last[0] = to;
  if (y < first[1]) first[1] = y;
  if (y > last[1]) last[1] = y;
  // Slices come in ascending order.
  last[2] = z;
}
