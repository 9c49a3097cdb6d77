import { createVolume, type TypedArray, type Volume } from '@steatosis/core';
import { SeriesError } from '../errors.js';
import { groupBy } from '../group-by.js';
import { type DicomImage, storedValues } from './image.js';
import type { ImageComponent, ScannerMapKind } from './component.js';
import { fillScaled, phaseScaling, type Scaling, signalScaling } from './scaling.js';
import { sameEchoTime, type Stack, stackOf } from './stack.js';
import type { Keyword } from './tags.js';

/** One regular volume of a series. */
export interface SeriesVolume {
  /** `[x, y, z]`, or `[x, y, z, echo]` where the images have several echo times. */
  volume: Volume;
  component: ImageComponent;
  /** Which map a derived volume is, where its Image Type says so; `readMaps` brings maps to common units. */
  map?: ScannerMapKind | undefined;
  /** Image Type of its first file, of an enhanced file that of its first frame. */
  imageType: readonly string[];
  /** Ascending, one for each entry of the last axis; empty where the files have none. */
  echoTimesMs: readonly number[];
  /** Counts repetitions in time from 0. */
  repetition: number;
  /** Unit of the values, where it is known: `'rad'` for phase. */
  unit: string | undefined;
  /** Names of the files, echo by echo and slice by slice; frames are `<name>, frame <n>`. */
  files: readonly string[];
}

/** What may tell apart slices of one echo at one place: repetitions in time. */
const REPETITION_KEYWORDS = [
  'TemporalPositionIdentifier',
  'TemporalPositionIndex',
  'AcquisitionNumber',
  'TriggerTime',
] as const satisfies readonly Keyword[];

/** Split the images of a series by component and repetition, and stack each part. */
export function volumesOf(
  images: readonly DicomImage[],
  onWarning: (message: string) => void,
): SeriesVolume[] {
  const parts = groupBy(images, ({ component, file }) =>
    component === 'derived' ? `derived ${file.texts('ImageType').join('\\')}` : component,
  );
  return [...parts.values()].flatMap((part) =>
    repetitionsOf(part).map((repeated, repetition) => {
      const stack = stackOf(repeated);
      if (stack.shearDeg > 0.1) {
        onWarning(
          `The slices from ${stack.slots[0][0].file.source} on are shifted against each other (gantry tilt): the step from slice to slice leans ${stack.shearDeg.toFixed(2)} degrees. The volume is sheared accordingly; nothing was resampled.`,
        );
      }
      return toVolume(stack, repetition, onWarning);
    }),
  );
}

/** Images of one component, apart by repetition where a tag tells the repetitions apart completely. */
export function repetitionsOf(images: readonly DicomImage[]): DicomImage[][] {
  if (!hasRepeats(images)) return [[...images]];
  // Of classic files the instance number counts slices, of enhanced ones whole volumes.
  const multiFrame = images.every(({ file }) => file.parent !== undefined);
  for (const keyword of [
    ...REPETITION_KEYWORDS,
    ...(multiFrame ? ['InstanceNumber' as const] : []),
  ]) {
    const groups = groupBy(images, ({ file }) => file.number(keyword));
    const parts = [...groups.entries()].sort(([a = 0], [b = 0]) => a - b).map(([, part]) => part);
    const complete =
      parts.length > 1 &&
      !groups.has(undefined) &&
      parts.every((part) => part.length === parts[0].length && !hasRepeats(part));
    if (complete) return parts;
  }
  return [[...images]];
}

function hasRepeats(images: readonly DicomImage[]): boolean {
  const seen = new Set<string>();
  return images.some(({ position, orientation, echoTimeMs }) => {
    const places = [...(position ?? []), ...(orientation ?? [])].map((v) => v.toFixed(3));
    const key = [...places, echoTimeMs?.toFixed(3)].join();
    const known = seen.has(key);
    seen.add(key);
    return known;
  });
}

function toVolume(
  stack: Stack,
  repetition: number,
  onWarning: (message: string) => void,
): SeriesVolume {
  const [first] = stack.slots[0];
  const radians = first.component === 'phase' && phaseScaling(first) !== undefined;
  if (first.component === 'phase' && !radians) {
    onWarning(
      `${first.file.source}: the unit of its phase is unknown; the values are as the file scales them.`,
    );
  }
  const scaling = (image: DicomImage): Scaling =>
    (radians ? phaseScaling(image) : undefined) ?? signalScaling(image);
  const flat = stack.slots.flat();
  const data = flat.every((image) => isIdentity(scaling(image)))
    ? storedVolume(stack)
    : scaledVolume(stack, scaling);
  const shape = [stack.columns, stack.rows, stack.slots[0].length];
  if (stack.slots.length > 1) shape.push(stack.slots.length);
  return {
    volume: createVolume(data, shape, stack.placement),
    component: first.component,
    map: first.map,
    imageType: first.file.texts('ImageType'),
    echoTimesMs: stack.echoTimesMs,
    repetition,
    unit: radians ? 'rad' : undefined,
    files: flat.map((image) => image.file.source),
  };
}

/** All slices scaled to signal, echo by echo. */
export function scaledVolume(
  stack: Stack,
  scaling: (image: DicomImage) => Scaling,
): Float32Array<ArrayBuffer> {
  const pixels = stack.columns * stack.rows;
  const flat = stack.slots.flat();
  const data = new Float32Array(pixels * flat.length);
  flat.forEach((image, i) => fillScaled(image, scaling(image), data, i * pixels));
  return data;
}

function storedVolume(stack: Stack): TypedArray {
  const pixels = stack.columns * stack.rows;
  const flat = stack.slots.flat();
  const first = storedValues(flat[0]);
  const Constructor = first.constructor as new (length: number) => TypedArray;
  const data = new Constructor(pixels * flat.length);
  flat.forEach((image, i) => {
    const values = storedValues(image);
    if (values.constructor !== Constructor) {
      throw new SeriesError(
        'mixed-size',
        `${image.file.source} and ${flat[0].file.source} store pixels of different types. One volume needs one type.`,
        [image.file.source, flat[0].file.source],
      );
    }
    data.set(values, i * pixels);
  });
  return data;
}

function isIdentity({ slope, intercept }: Scaling): boolean {
  return slope === 1 && intercept === 0;
}

/** Whether two stacks hold the same slices at the same echo times. */
export function sameStack(a: Stack, b: Stack): boolean {
  const close = (p: readonly number[], q: readonly number[]): boolean =>
    p.length === q.length && p.every((v, i) => Math.abs(v - q[i]) <= 0.01);
  return (
    a.columns === b.columns &&
    a.rows === b.rows &&
    a.slots[0].length === b.slots[0].length &&
    a.echoTimesMs.length === b.echoTimesMs.length &&
    a.echoTimesMs.every((time, i) => sameEchoTime(time, b.echoTimesMs[i])) &&
    close(a.placement.origin, b.placement.origin) &&
    close(a.placement.spacing, b.placement.spacing) &&
    close(a.placement.direction, b.placement.direction)
  );
}
