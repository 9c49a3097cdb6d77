import { InvalidArgumentError } from '../errors.js';
import { gridOf, indexToWorld } from './grid.js';
import type { TypedArray, Vector3, Volume } from './volume.js';

/** A box of voxels: first index and number of voxels along x, y, z. */
export interface Box {
  start: Vector3;
  size: Vector3;
}

/**
 * The part of a volume inside a box: a view that shares the voxels, with its own origin.
 * Use `denseData` or a copy where the rest of the volume should be freed.
 *
 * @throws InvalidArgumentError when the box is empty or leaves the volume
 */
export function cropVolume<T extends TypedArray>(volume: Volume<T>, box: Box): Volume<T> {
  const { size } = gridOf(volume);
  const fits = size.every((n, axis) => {
    const from = box.start[axis]!;
    const count = box.size[axis]!;
    return (
      Number.isInteger(from) &&
      Number.isInteger(count) &&
      from >= 0 &&
      count >= 1 &&
      from + count <= n
    );
  });
  if (!fits) {
    throw new InvalidArgumentError(
      'box',
      box,
      `a box of whole voxels inside ${size.join('×')} voxels`,
    );
  }
  const components = volume.data.shape.slice(3);
  return {
    data: volume.data.lo(...box.start, ...components.map(() => 0)).hi(...box.size, ...components),
    spacing: volume.spacing,
    origin: indexToWorld(volume, box.start),
    direction: volume.direction,
  };
}
