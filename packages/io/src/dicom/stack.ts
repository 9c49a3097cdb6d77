import type { Vector3 } from '@steatosis/core';
import { SeriesError } from '../errors.js';
import { cross, dot, type Placement, placementOf } from '../geometry.js';
import type { DicomImage } from './image.js';

/** Slices of one orientation in order of position, for every echo. */
export interface Stack {
  columns: number;
  rows: number;
  placement: Placement;
  /** Ascending; empty where the images have no echo time. */
  echoTimesMs: number[];
  /** `slots[echo][slice]`, at least one echo. */
  slots: DicomImage[][];
  /** Angle between the step from slice to slice and the normal of the slices, degrees. */
  shearDeg: number;
}

/** How far a slice centre may lie from an even spacing, mm: positions are rounded in files. */
const POSITION_TOLERANCE_MM = 0.01;
const ORIENTATION_TOLERANCE = 1e-4;

/**
 * Order images of one component into a regular stack: by position along the normal, then by echo time.
 *
 * @throws SeriesError when positions are missing, slices differ in size or orientation, occur twice, are
 * absent or unevenly spaced, or when an echo lacks a slice; the message and `files` say which
 */
export function stackOf(images: readonly DicomImage[]): Stack {
  const [first] = images;
  for (const image of images) checkLike(image, first);
  const [row, column] = axesOf(first);
  const normal = cross(row, column);
  const along = (image: DicomImage): number => dot(image.position!, normal);

  const sorted = [...images].sort((a, b) => along(a) - along(b));
  const levels: DicomImage[][] = [];
  for (const image of sorted) {
    const level = levels.at(-1);
    const same = level !== undefined && along(image) - along(level[0]) <= POSITION_TOLERANCE_MM;
    if (same) level.push(image);
    else levels.push([image]);
  }
  const echoTimesMs = echoTimesOf(images);
  const slots = slotsOf(levels, echoTimesMs, along);
  const slices = slots[0];
  const step = stepOf(slices, along, normal);
  const [rowSpacing, columnSpacing] = first.pixelSpacing!;
  const placement = placementOf(
    [
      row.map((v) => v * columnSpacing) as Vector3,
      column.map((v) => v * rowSpacing) as Vector3,
      step,
    ],
    slices[0].position!,
  );
  if (placement === undefined) {
    throw new SeriesError(
      'missing-attribute',
      `${first.file.source}: its orientation (${first.orientation!.join(', ')}) and pixel spacing (${first.pixelSpacing!.join(', ')}) do not span space.`,
      [first.file.source],
    );
  }
  const cosine = Math.abs(dot(step, normal)) / (Math.hypot(...step) * Math.hypot(...normal));
  return {
    columns: first.columns,
    rows: first.rows,
    placement,
    echoTimesMs,
    slots,
    shearDeg: (Math.acos(Math.min(1, cosine)) * 180) / Math.PI,
  };
}

/** Unit vectors along increasing column and row index. */
function axesOf({ file, orientation }: DicomImage): [row: Vector3, column: Vector3] {
  const axes = [orientation!.slice(0, 3), orientation!.slice(3)];
  const lengths = axes.map((axis) => Math.hypot(...axis));
  const skew = dot(axes[0], axes[1]);
  if (!(Math.abs(skew) < 1e-3 && lengths.every((length) => Math.abs(length - 1) < 1e-3))) {
    throw new SeriesError(
      'missing-attribute',
      `${file.source}: its orientation (${orientation!.join(', ')}) is no pair of perpendicular unit vectors.`,
      [file.source],
    );
  }
  // Files round the cosines: what is left of their length must not change the pixel spacing.
  return axes.map((axis, i) => axis.map((v) => v / lengths[i])) as [Vector3, Vector3];
}

/** Echo times that differ by more than rounding, ascending. */
export function echoTimesOf(images: readonly DicomImage[]): number[] {
  const times = images.flatMap(({ echoTimeMs }) => (echoTimeMs === undefined ? [] : [echoTimeMs]));
  return times
    .sort((a, b) => a - b)
    .filter((time, i, all) => i === 0 || !sameEchoTime(time, all[i - 1]));
}

export function sameEchoTime(a: number, b: number): boolean {
  return Math.abs(a - b) < 0.001;
}

function checkLike(image: DicomImage, first: DicomImage): void {
  const { source } = image.file;
  const missing =
    image.position === undefined
      ? '(0020,0032) ImagePositionPatient'
      : image.orientation === undefined
        ? '(0020,0037) ImageOrientationPatient'
        : image.pixelSpacing === undefined
          ? '(0028,0030) PixelSpacing'
          : undefined;
  if (missing !== undefined) {
    throw new SeriesError(
      'no-position',
      `${source} has no ${missing}, so its place in the patient is unknown. Export the series with its geometry.`,
      [source],
    );
  }
  const sameSize =
    image.rows === first.rows &&
    image.columns === first.columns &&
    image.pixelSpacing!.every((v, i) => Math.abs(v - first.pixelSpacing![i]) <= 1e-4 * v);
  if (!sameSize) {
    const show = (i: DicomImage): string =>
      `${i.columns}×${i.rows} pixels of ${i.pixelSpacing!.join('×')} mm`;
    throw new SeriesError(
      'mixed-size',
      `${source} has ${show(image)}, but ${first.file.source} has ${show(first)}. One volume needs slices of one size.`,
      [source, first.file.source],
    );
  }
  const turned = image.orientation!.some(
    (v, i) => !(Math.abs(v - first.orientation![i]) <= ORIENTATION_TOLERANCE),
  );
  if (turned) {
    throw new SeriesError(
      'mixed-orientation',
      `${source} is oriented (${image.orientation!.join(', ')}), but ${first.file.source} (${first.orientation!.join(', ')}). A series of several orientations (a localizer) is no volume.`,
      [source, first.file.source],
    );
  }
}

function slotsOf(
  levels: readonly DicomImage[][],
  echoTimesMs: readonly number[],
  along: (image: DicomImage) => number,
): DicomImage[][] {
  const echoes = echoTimesMs.length > 1 ? echoTimesMs : [undefined];
  const untimed = levels.flat().find((image) => image.echoTimeMs === undefined);
  if (echoes.length > 1 && untimed !== undefined) {
    throw new SeriesError(
      'missing-attribute',
      `${untimed.file.source} has no (0018,0081) EchoTime, although other images of its series have several.`,
      [untimed.file.source],
    );
  }
  return echoes.map((time, echo) =>
    levels.map((level, slice) => {
      const here = level.filter(
        ({ echoTimeMs }) =>
          time === undefined || (echoTimeMs !== undefined && sameEchoTime(echoTimeMs, time)),
      );
      const at = `${round(along(level[0]))} mm (slice ${slice + 1} of ${levels.length})`;
      const ofEcho = time === undefined ? '' : ` of echo ${echo + 1} (${time} ms)`;
      if (here.length === 0) {
        throw new SeriesError(
          'incomplete-echo',
          `Echo ${echo + 1} (${time} ms) has no slice at ${at}, where other echoes have one. A file is missing.`,
          level.map((image) => image.file.source),
        );
      }
      if (here.length > 1) {
        const files = here.map((image) => image.file.source);
        throw new SeriesError(
          'duplicate-slice',
          `${files.join(' and ')} are the same slice${ofEcho} at ${at}. Remove one of them, or separate the acquisitions.`,
          files,
        );
      }
      return here[0];
    }),
  );
}

/** Step from slice to slice; of a single slice its thickness along the normal. */
function stepOf(
  slices: readonly DicomImage[],
  along: (image: DicomImage) => number,
  normal: Vector3,
): Vector3 {
  if (slices.length === 1) {
    const { file } = slices[0];
    const thickness = file.number('SliceThickness') ?? file.number('SpacingBetweenSlices') ?? 0;
    const size = thickness > 0 ? thickness : 1;
    return normal.map((v) => v * size) as Vector3;
  }
  const [first, last] = [slices[0].position!, slices.at(-1)!.position!];
  const step = first.map((v, i) => (last[i] - v) / (slices.length - 1)) as Vector3;
  const uneven = slices.some(({ position }, k) => {
    const off = position!.map((v, i) => v - first[i] - k * step[i]);
    return !(Math.hypot(...off) <= POSITION_TOLERANCE_MM);
  });
  if (uneven) throw unevenError(slices, along);
  return step;
}

function unevenError(
  slices: readonly DicomImage[],
  along: (image: DicomImage) => number,
): SeriesError {
  const gaps = slices.slice(1).map((slice, i) => along(slice) - along(slices[i]));
  const usual = gaps.toSorted((a, b) => a - b)[gaps.length >> 1];
  const wide = gaps.findIndex((gap) => {
    const times = Math.round(gap / usual);
    return times >= 2 && Math.abs(gap - times * usual) <= 4 * POSITION_TOLERANCE_MM;
  });
  const even = gaps.every((gap) => {
    const times = Math.round(gap / usual);
    return times >= 1 && Math.abs(gap - times * usual) <= 4 * POSITION_TOLERANCE_MM;
  });
  if (wide >= 0 && even) {
    const [before, after] = [slices[wide], slices[wide + 1]];
    return new SeriesError(
      'missing-slice',
      `A slice is missing between ${before.file.source} at ${round(along(before))} mm and ${after.file.source} at ${round(along(after))} mm: this gap is ${round(gaps[wide])} mm, the others are ${round(usual)} mm.`,
      [before.file.source, after.file.source],
    );
  }
  return new SeriesError(
    'uneven-spacing',
    `The slices are not evenly spaced along a line: the gaps are ${gaps.map(round).join(', ')} mm. Resample them, or export an evenly spaced series.`,
    slices.map((slice) => slice.file.source),
  );
}

function round(value: number): number {
  return Number(value.toFixed(3));
}
