import { denseData, type TypedArray, type Volume, volumeLike } from '@steatosis/core';
import { detectFormatOrThrow } from '../detect.js';
import { parseDicom } from '../dicom/file.js';
import { SegmentationError, UnsupportedFormatError } from '../errors.js';
import { readMarkups } from '../markups/read.js';
import { readNifti } from '../nifti/read.js';
import { readNrrd } from '../nrrd/read.js';
import { checkedOptions } from '../options.js';
import { readContext } from '../read-context.js';
import type { ReadImageOptions } from '../read-image.js';
import { type ImageSource, openSource } from '../sources.js';
import { maskOfBoxes } from './boxes.js';
import { placeOnto } from './place.js';
import type { Segment, Segmentation } from './segment.js';

const MOST_SEGMENTS = 1 << 16;

/**
 * Read a segmentation: a label map (NIfTI or NRRD), a `.seg.nrrd` of 3D Slicer with its names and layers,
 * or ROI boxes (`.mrk.json`).
 *
 * With `reference` the mask is put onto the grid of that image by its place in the patient, never by array
 * index; cropped and flipped label maps come out exactly. ROI boxes need it.
 *
 * @param reference image whose grid the mask shall have; default the file's own grid
 * @throws SegmentationError when values are no integers, or a structure lies outside of the image
 * @throws FormatError, UnsupportedFormatError as `readImage` does
 * @example
 * ```ts
 * import { createVolume } from '@steatosis/core';
 * import { encodeNifti, readSegmentation } from '@steatosis/io';
 *
 * const image = createVolume(new Float32Array(8), [4, 2, 1]);
 * const part = createVolume(new Uint8Array([0, 3]), [2, 1, 1], { origin: [2, 1, 0] });
 * const { mask, segments } = await readSegmentation(await encodeNifti(part), image);
 * console.log(mask.data.get(3, 1, 0), segments); // 3 [ { value: 3, name: 'label 3' } ]
 * ```
 */
export async function readSegmentation(
  source: ImageSource,
  reference?: Volume,
  options: ReadImageOptions = {},
): Promise<Segmentation> {
  checkedOptions('readSegmentation', options, ['onWarning', 'openSibling']);
  const file = await openSource(source);
  const context = readContext(options, options.openSibling);
  const format = detectFormatOrThrow(file);
  if (format === 'markups') {
    const { boxes } = await readMarkups(
      { ...file, bytes: () => Promise.resolve(file.bytes) },
      {
        onWarning: context.onWarning,
      },
    );
    return maskOfBoxes(boxes, reference, file.name);
  }
  if (format === 'dicom') {
    const modality = parseDicom(file).text('Modality') ?? 'image';
    throw new UnsupportedFormatError(
      `DICOM ${modality}`,
      `it is a DICOM object (${modality}); segmentations are read from .nii.gz, .nrrd, .seg.nrrd and .mrk.json: export one of these, for example from 3D Slicer`,
      { source: file.name },
    );
  }
  const { volume, keyValues } =
    format === 'nifti'
      ? { volume: await readNifti(file, context), keyValues: new Map<string, string>() }
      : await readNrrd(file, context);
  const labels = asIntegers(volume, file.name);
  const segments = segmentsOf(labels, keyValues, file.name, context.onWarning);
  const mask =
    reference === undefined
      ? labels
      : placeOnto(labels, reference, segments, file.name, context.onWarning);
  return { mask, segments };
}

/** Label maps written as floating point become the smallest integers that hold them. */
function asIntegers(volume: Volume, source: string): Volume {
  const values = denseData(volume);
  if (!(values instanceof Float32Array || values instanceof Float64Array)) return volume;
  let [low, high] = [0, 0];
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (!Number.isInteger(value) || Math.abs(value) > 2147483647) {
      throw new SegmentationError(
        `${source} is no label map: it holds the value ${value}; integers were expected.`,
        source,
      );
    }
    if (value < low) low = value;
    if (value > high) high = value;
  }
  const integers: TypedArray =
    low < 0
      ? Int32Array.from(values)
      : high < 256
        ? Uint8Array.from(values)
        : high < 65536
          ? Uint16Array.from(values)
          : Int32Array.from(values);
  return volumeLike(volume, integers, volume.data.shape[3]);
}

function segmentsOf(
  mask: Volume,
  keyValues: ReadonlyMap<string, string>,
  source: string,
  onWarning: (message: string) => void,
): Segment[] {
  const layers = mask.data.shape[3] ?? 1;
  const named = namedSegments(keyValues, layers, source);
  const found = distinctValues(mask, layers, source);
  const known = new Set(named.map(({ value, layer }) => `${layer ?? 0} ${value}`));
  const unnamed = found.filter(({ value, layer }) => !known.has(`${layer ?? 0} ${value}`));
  if (named.length > 0 && unnamed.length > 0) {
    const values = unnamed.map(({ value }) => value).join(', ');
    onWarning(`${source}: voxels have values that no segment names: ${values}.`);
  }
  return [...named, ...unnamed];
}

/** Names, values, layers and colours in the header of a `.seg.nrrd`. */
function namedSegments(
  keyValues: ReadonlyMap<string, string>,
  layers: number,
  source: string,
): Segment[] {
  const segments: Segment[] = [];
  for (let i = 0; keyValues.has(`Segment${i}_ID`) || keyValues.has(`Segment${i}_Name`); i++) {
    const get = (key: string): string | undefined => keyValues.get(`Segment${i}_${key}`);
    // Before layers were shared each segment had a component of its own, with the value 1.
    const value = Number(get('LabelValue') ?? 1);
    const layer = Number(get('Layer') ?? (layers > 1 ? i : 0));
    if (!Number.isInteger(value) || !Number.isInteger(layer) || layer < 0 || layer >= layers) {
      throw new SegmentationError(
        `Segment ${i} of ${source} has the value ${get('LabelValue')} in layer ${get('Layer')}; the file has ${layers} layers.`,
        source,
      );
    }
    const segment: Segment = { value, name: get('Name') ?? get('ID') ?? '' };
    if (layers > 1) segment.layer = layer;
    const color = get('Color')?.trim().split(/\s+/).map(Number);
    if (color?.length === 3 && color.every(Number.isFinite)) {
      segment.color = color as [number, number, number];
    }
    segments.push(segment);
  }
  return segments;
}

/** Every value but 0, layer by layer, ascending. */
function distinctValues(mask: Volume, layers: number, source: string): Segment[] {
  const data = denseData(mask);
  const voxels = data.length / layers;
  return Array.from({ length: layers }, (_, layer) => {
    const seen = new Set<number>();
    let last = 0;
    for (let i = layer * voxels; i < (layer + 1) * voxels; i++) {
      const value = data[i];
      if (value === last) continue;
      last = value;
      seen.add(value);
      if (seen.size > MOST_SEGMENTS) {
        throw new SegmentationError(
          `${source} holds more than ${MOST_SEGMENTS} different values: it is an image, no label map.`,
          source,
        );
      }
    }
    seen.delete(0);
    return [...seen]
      .sort((a, b) => a - b)
      .map((value) =>
        layers > 1 ? { value, name: `label ${value}`, layer } : { value, name: `label ${value}` },
      );
  }).flat();
}
