import { denseData, InvalidArgumentError, type Volume } from '@steatosis/core';
import { gzip } from '../bytes/gzip.js';
import { littleEndianMachine } from '../bytes/numbers.js';
import { checkedOptions } from '../options.js';
import type { Segment } from '../segmentation/segment.js';
import { nrrdTypeName } from './types.js';

/** How {@link encodeNrrd} writes. */
export interface EncodeNrrdOptions {
  /** `'gzip'` (default) or `'raw'`. */
  encoding?: 'gzip' | 'raw' | undefined;
  /** zlib's level, 1 … 9; default 6. Ignored with `'raw'`, and in browsers. */
  gzipLevel?: number | undefined;
  /**
   * Names and values of a label map, written as 3D Slicer's `.seg.nrrd` has them. Default none: a plain
   * image. The volume must then be `[x, y, z]`: overlapping layers are read but not written.
   */
  segments?: readonly Segment[] | undefined;
}

const KEYS = ['encoding', 'gzipLevel', 'segments'] as const;

/**
 * Write a volume as an attached NRRD file (`.nrrd`, or `.seg.nrrd` with `segments`) in LPS; the geometry
 * keeps every digit. A fourth axis is written as a list axis.
 *
 * @returns the bytes of the file
 * @throws InvalidArgumentError for unknown options, and for segments that the volume cannot hold
 * @example
 * ```ts
 * import { createVolume } from '@steatosis/core';
 * import { encodeNrrd, readSegmentation } from '@steatosis/io';
 *
 * const mask = createVolume(new Uint8Array([0, 2, 2, 0]), [4, 1, 1]);
 * const bytes = await encodeNrrd(mask, { segments: [{ value: 2, name: 'seg2' }] });
 * const { segments } = await readSegmentation(bytes);
 * console.log(segments[0].name); // seg2
 * ```
 */
export async function encodeNrrd(
  volume: Volume,
  options: EncodeNrrdOptions = {},
): Promise<Uint8Array> {
  checkedOptions('encodeNrrd', options, KEYS);
  const { encoding = 'gzip', gzipLevel = 6, segments } = options;
  if (encoding !== 'gzip' && encoding !== 'raw') {
    throw new InvalidArgumentError('encoding', encoding, "'gzip' or 'raw'");
  }
  if (!Number.isInteger(gzipLevel) || gzipLevel < 1 || gzipLevel > 9) {
    throw new InvalidArgumentError('gzipLevel', gzipLevel, 'an integer 1 … 9');
  }
  const data = denseData(volume);
  const raw = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  const lines = [...headerLines(volume, encoding), ...segmentLines(volume, segments ?? [])];
  const header = new TextEncoder().encode(`${lines.join('\n')}\n\n`);
  const body = encoding === 'gzip' ? await gzip(raw, gzipLevel) : raw;
  const bytes = new Uint8Array(header.length + body.length);
  bytes.set(header);
  bytes.set(body, header.length);
  return bytes;
}

function headerLines(volume: Volume, encoding: string): string[] {
  const { data, spacing, origin, direction } = volume;
  const list = data.shape.length > 3;
  const columns = [0, 1, 2].map((axis) =>
    [0, 1, 2].map((row) => direction[row * 3 + axis] * spacing[axis] + 0),
  );
  return [
    'NRRD0004',
    `type: ${nrrdTypeName(data.data)}`,
    `dimension: ${data.shape.length}`,
    'space: left-posterior-superior',
    `sizes: ${data.shape.join(' ')}`,
    `space directions: ${columns.map((column) => `(${column.join(',')})`).join(' ')}${list ? ' none' : ''}`,
    `kinds: domain domain domain${list ? ' list' : ''}`,
    `endian: ${littleEndianMachine() ? 'little' : 'big'}`,
    `encoding: ${encoding}`,
    `space origin: (${origin.join(',')})`,
  ];
}

function segmentLines(volume: Volume, segments: readonly Segment[]): string[] {
  if (segments.length === 0) return [];
  if (volume.data.shape.length > 3) {
    throw new InvalidArgumentError('segments', segments, 'none for a volume with a fourth axis');
  }
  const taken = new Set<number>();
  for (const { value } of segments) {
    // Writing the value into an element of the mask's type shows whether it can stand there.
    const element = volume.data.data.slice(0, 1).fill(value);
    if (!Number.isInteger(value) || value === 0 || element[0] !== value || taken.has(value)) {
      throw new InvalidArgumentError(
        'segments',
        segments,
        `a whole number of its own for each segment, not 0, that the mask's ${volume.data.data.constructor.name} can hold; ${value} is none`,
      );
    }
    taken.add(value);
  }
  const [nx, ny, nz] = volume.data.shape;
  const extent = `0 ${nx - 1} 0 ${ny - 1} 0 ${nz - 1}`;
  const lines = segments.flatMap(({ value, name, color = [0.5, 0.68, 0.5] }, i) => [
    `Segment${i}_Color:=${color.join(' ')}`,
    `Segment${i}_Extent:=${extent}`,
    `Segment${i}_ID:=Segment_${i + 1}`,
    `Segment${i}_LabelValue:=${value}`,
    `Segment${i}_Layer:=0`,
    `Segment${i}_Name:=${name.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')}`,
  ]);
  return [
    ...lines,
    'Segmentation_ContainedRepresentationNames:=Binary labelmap|',
    'Segmentation_MasterRepresentation:=Binary labelmap',
    'Segmentation_ReferenceImageExtentOffset:=0 0 0',
  ];
}
