import { sameGridOrThrow, type Vector3, type Volume } from '@steatosis/core';
import { NonFiniteRegionError, RegionTooSmallError } from '../errors.js';
import type { Workspace } from '../kernels/workspace.js';
import { expectThreeAxes } from '../prepare/check-volumes.js';
import { boxOf, findLabelBox } from './find-box.js';
import { findRuns } from './find-runs.js';
import {
  firstNonFinite,
  gatherValues,
  rangeOfValues,
  sourceOfValues,
  tallyAtOnce,
  tallyValues,
  type ValueRange,
  type ValueSource,
  type ValueTally,
} from './region-values.js';

/**
 * A region of interest cut out of its image: the values inside, and where they lie in a box that is
 * padded on every side, so that a step to a neighbour never needs a bounds test.
 */
export interface Region {
  /** First voxel of the box in the image, x, y, z. */
  readonly start: Vector3;
  /** Voxels of the box, without padding. */
  readonly size: Vector3;
  /** mm */
  readonly spacing: Vector3;
  /** Voxels on each side of the box. */
  readonly pad: number;
  /** Steps to the next row and the next slice of the padded box; the step along x is 1. */
  readonly rowStep: number;
  readonly sliceStep: number;
  /** Voxels of the padded box. */
  readonly paddedLength: number;
  /** Voxels of the region. */
  readonly count: number;
  /** Where the values lie in the image. */
  readonly source: ValueSource;
  /** Image values of the region, x fastest; gathered when first asked for. */
  readonly values: Float64Array;
  /** Counts of the values, if they are integers that are not spread too far; made when first asked for. */
  readonly tally: ValueTally | undefined;
  /** Runs of voxels along x: index in the padded box of the first of each, and of the next after the last. */
  readonly runs: Int32Array;
  /** Smallest and largest value that is not NaN. */
  readonly minimum: number;
  readonly maximum: number;
  /** Values that are NaN; 0 unless they were allowed. */
  readonly nanCount: number;
  /** Whether the image's type holds integers only. */
  readonly integer: boolean;
  /** Whether the image is `Float32Array`, whose precision PyRadiomics keeps for bin edges. */
  readonly single: boolean;
}

export interface RegionOptions {
  label: number;
  /** The largest step to a neighbour, voxels; the padding is no larger than it has to be. */
  reach: number;
  minimumDimensions: number;
  /** The region must have more voxels than this. */
  minimumSize: number;
  allowNaN: boolean;
  /** The image where it is derived from another: where its first voxel lies in the other, and its name. */
  derived?: { start: Vector3; name: string } | undefined;
}

/**
 * Cut the region with a label out of an image. Only the mask is searched; of the image, voxels of the
 * region alone are read.
 *
 * @throws GridMismatchError EmptyMaskError LabelAbsentError RegionTooSmallError NonFiniteRegionError
 */
export function cutRegion(
  image: Volume,
  mask: Volume,
  options: RegionOptions,
  workspace: Workspace,
): Region {
  expectThreeAxes(image, 'image');
  expectThreeAxes(mask, 'mask');
  sameGridOrThrow(image, mask);
  const { first, last } = findLabelBox(mask.data, options.label);
  const { size } = boxOf({ first, last });
  const pad = Math.max(1, Math.min(options.reach, Math.max(...size) - 1));
  const rowStep = size[0] + 2 * pad;
  const sliceStep = rowStep * (size[1] + 2 * pad);
  const box = { first, size, pad, rowStep, sliceStep };
  const runs = findRuns(mask.data, options.label, box, workspace);
  const count = voxelsOf(runs);
  expectLargeEnough(count, size, options);
  const source = sourceOfValues(image.data, runs, box, workspace);
  const atOnce = tallyAtOnce(source, runs, count, workspace);
  const range = atOnce?.range ?? rangeOfValues(source, runs, count);
  expectNumbers(range, count, options, () => firstNonFinite(source, runs, box));
  const { data } = image.data;
  const integer = !(data instanceof Float32Array || data instanceof Float64Array);
  let values: Float64Array | undefined;
  let tally = atOnce?.tally;
  // Counting beats sorting unless the integers are spread far wider than there are voxels.
  const countable = integer && range.maximum - range.minimum < 8 * count + 4096;
  return {
    start: first,
    size,
    spacing: image.spacing,
    pad,
    rowStep,
    sliceStep,
    paddedLength: sliceStep * (size[2] + 2 * pad),
    count,
    source,
    get values() {
      return (values ??= gatherValues(source, runs, count, workspace));
    },
    get tally() {
      return countable ? (tally ??= tallyValues(source, runs, range, workspace)) : undefined;
    },
    runs,
    minimum: range.minimum,
    maximum: range.maximum,
    nanCount: range.nanCount,
    integer,
    single: data instanceof Float32Array,
  };
}

function voxelsOf(runs: Int32Array): number {
  let count = 0;
  for (let r = 0; r < runs.length; r += 2) count += runs[r + 1] - runs[r];
  return count;
}

function expectNumbers(
  { nanCount, infiniteCount }: ValueRange,
  count: number,
  options: RegionOptions,
  first: () => Vector3,
): void {
  const { derived } = options;
  const place = (): Vector3 =>
    first().map((at, axis) => at + (derived?.start[axis] ?? 0)) as Vector3;
  const fail = (advice: string): NonFiniteRegionError =>
    derived === undefined || derived.name === 'original'
      ? new NonFiniteRegionError(infiniteCount + nanCount, place(), advice)
      : new NonFiniteRegionError(
          infiniteCount + nanCount,
          place(),
          'Leave it out or change the settings of its image type, unless the image that it is derived from ' +
            'has voxels nearby that are not finite and can be repaired.',
          derived.name,
        );
  if (infiniteCount > 0 || (nanCount > 0 && !options.allowNaN)) {
    throw fail(
      infiniteCount === 0
        ? "Repair the image or the mask; nanPolicy: 'pyradiomics' treats NaN as PyRadiomics does."
        : 'Repair the image or the mask.',
    );
  }
  if (nanCount === count) {
    throw fail('No value of the region is a number.');
  }
}

/** PyRadiomics' rules: more than one voxel, enough axes, more voxels than the stated minimum. */
function expectLargeEnough(count: number, size: Vector3, options: RegionOptions): void {
  const dimensions = size.filter((n) => n > 1).length;
  if (count === 1) throw new RegionTooSmallError(1, 0, 'more than one voxel');
  if (dimensions < options.minimumDimensions) {
    throw new RegionTooSmallError(
      count,
      dimensions,
      `a region that extends along at least ${options.minimumDimensions} axes (minimumROIDimensions)`,
    );
  }
  if (count <= options.minimumSize) {
    throw new RegionTooSmallError(
      count,
      dimensions,
      `more than ${options.minimumSize} voxels (minimumROISize)`,
    );
  }
}

/** The padded box with 1 at the voxels of the region. */
export function regionMask(region: Region, workspace: Workspace): Uint8Array {
  const inside = workspace.uint8('inside', region.paddedLength);
  const { runs } = region;
  for (let r = 0; r < runs.length; r += 2) inside.fill(1, runs[r], runs[r + 1]);
  return inside;
}
