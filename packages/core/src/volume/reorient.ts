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

/** For each image axis the patient axis it is closest to, each patient axis used once. */
function closestAxes(direction: readonly number[]): { axis: number; sign: number }[] {
  const best: { axis: number; sign: number }[] = [];
  const cells = [0, 1, 2].flatMap((image) =>
    [0, 1, 2].map((patient) => ({ image, patient, cosine: direction[patient * 3 + image]! })),
  );
  cells.sort((a, b) => Math.abs(b.cosine) - Math.abs(a.cosine));
  const usedImage = new Set<number>();
  const usedPatient = new Set<number>();
  for (const { image, patient, cosine } of cells) {
    if (usedImage.has(image) || usedPatient.has(patient)) continue;
    usedImage.add(image);
    usedPatient.add(patient);
    best[image] = { axis: patient, sign: cosine < 0 ? -1 : 1 };
  }
  return best;
}
