import { InvalidArgumentError } from '../errors.js';
import { gridOf, indexToWorld } from './grid.js';
import type { TypedArray, Vector3, Volume } from './volume.js';

const LETTERS = ['LR', 'PA', 'SI'] as const;

/**
 * Three letters that say where each image axis points, closest patient axis each: `LPS` for a volume
 * whose x grows to the patient's left, y to posterior and z to superior.
 */
export function orientationOf(volume: Pick<Volume, 'direction'>): string {
  return closestAxes(volume.direction)
    .map(({ axis, sign }) => LETTERS[axis]![sign > 0 ? 0 : 1])
    .join('');
}

/**
 * Permute and flip the axes so that they point as the letters say (`'LPS'`, `'RAS'`, …). Only axes are
 * renamed: no voxel changes its place in the patient and nothing is interpolated or copied; the result
 * is a view over the same voxels.
 *
 * @throws InvalidArgumentError unless the letters name each of left/right, posterior/anterior and
 * superior/inferior once
 */
export function reorient<T extends TypedArray>(volume: Volume<T>, letters: string): Volume<T> {
  const wanted = Array.from(letters, (letter) => {
    const axis = LETTERS.findIndex((pair) => pair.includes(letter));
    return { axis, sign: axis >= 0 && LETTERS[axis]![0] === letter ? 1 : -1 };
  });
  if (
    wanted.length !== 3 ||
    [0, 1, 2].some((axis) => wanted.filter((w) => w.axis === axis).length !== 1)
  ) {
    throw new InvalidArgumentError('letters', letters, "three letters such as 'LPS' or 'RAS'");
  }
  const present = closestAxes(volume.direction);
  const source = wanted.map((w) => present.findIndex((p) => p.axis === w.axis));
  const flip = wanted.map((w, i) => present[source[i]!]!.sign !== w.sign);
  const { size } = gridOf(volume);
  const first: Vector3 = [0, 0, 0];
  source.forEach((from, i) => {
    if (flip[i]) first[from] = size[from]! - 1;
  });
  const extra = volume.data.shape.length > 3 ? [3] : [];
  const data = volume.data
    .transpose(...source, ...extra)
    .step(...flip.map((f) => (f ? -1 : 1)), ...extra.map(() => 1));
  const direction = [0, 1, 2].flatMap((row) =>
    source.map((from, i) => (flip[i] ? -1 : 1) * volume.direction[row * 3 + from]!),
  );
  return {
    data,
    spacing: source.map((from) => volume.spacing[from]!) as Vector3,
    origin: indexToWorld(volume, first),
    direction,
  };
}

const ASSIGNMENTS = [
  [0, 1, 2],
  [0, 2, 1],
  [1, 0, 2],
  [1, 2, 0],
  [2, 0, 1],
  [2, 1, 0],
] as const;

/**
 * For each image axis the patient axis it is closest to, each patient axis used once: the assignment with
 * the largest sum of cosines. Oblique axes can tie exactly (a turn by 45°). The tie is then broken by the
 * axes' own components in patient order, signs set along the patient axis, so that the choice does not
 * change when image axes are permuted or flipped and `reorient` agrees with itself.
 */
function closestAxes(direction: readonly number[]): { axis: number; sign: number }[] {
  let best: number[] = [];
  let chosen: readonly number[] = ASSIGNMENTS[0];
  for (const imageOf of ASSIGNMENTS) {
    const axes = imageOf.flatMap((image, patient) => {
      const sign = direction[patient * 3 + image]! < 0 ? -1 : 1;
      return [0, 1, 2].map((row) => sign * direction[row * 3 + image]!);
    });
    const rank = [axes[0]! + axes[4]! + axes[8]!, ...axes];
    const differs = rank.findIndex((value, i) => value !== best[i]);
    if (best.length === 0 || (differs >= 0 && rank[differs]! > best[differs]!)) {
      best = rank;
      chosen = imageOf;
    }
  }
  return [0, 1, 2].map((image) => {
    const axis = chosen.indexOf(image);
    return { axis, sign: direction[axis * 3 + image]! < 0 ? -1 : 1 };
  });
}
