import type { TypedArray, Vector3 } from '@steatosis/core';
import { FormatError, UnsupportedFormatError } from '../errors.js';
import { decodeNumbers, type NumberLayout } from '../bytes/numbers.js';
import { lookup } from '../lookup.js';
import { componentOf, type ImageComponent, mapKindOf, type ScannerMapKind } from './component.js';
import type { DicomFile } from './file.js';
import { type Keyword, TAGS } from './tags.js';
import { unreadableSyntax } from './transfer-syntax.js';

/** One slice: where it lies, what it shows, and how to get at its pixels. */
export interface DicomImage {
  file: DicomFile;
  rows: number;
  columns: number;
  /** Centre of the first pixel, LPS mm. */
  position: Vector3 | undefined;
  /** Directions of increasing column and row index. */
  orientation: readonly number[] | undefined;
  /** Distance between rows and between columns, mm. */
  pixelSpacing: readonly number[] | undefined;
  component: ImageComponent;
  /** Which map a derived image is. */
  map: ScannerMapKind | undefined;
  /** `undefined` for what has no echo time of its own, such as a water image. */
  echoTimeMs: number | undefined;
}

/** Multi-frame classes whose frames are not read; those of enhanced MR are, by `framesOf`. */
const MULTI_FRAME: Readonly<Record<string, string>> = {
  '1.2.840.10008.5.1.4.1.1.2.1': 'Enhanced CT Image',
  '1.2.840.10008.5.1.4.1.1.66.4': 'Segmentation',
  '1.2.840.10008.5.1.4.1.1.66.7': 'Label Map Segmentation',
};

/** Whether a file holds an image at all: reports and structure sets do not. */
export function hasPixels(file: DicomFile): boolean {
  return (
    file.element(TAGS.PixelData.tag) !== undefined || file.element(TAGS.Rows.tag) !== undefined
  );
}

/** Echo time in ms; computed images have none, or 0. */
export function echoTimeOf(file: DicomFile): number | undefined {
  const time = file.number('EffectiveEchoTime') ?? file.number('EchoTime');
  return time !== undefined && time > 0 ? time : undefined;
}

/**
 * The image of a classic single-frame file or of one frame; its pixels are checked but not decoded yet.
 *
 * @throws FormatError when a needed attribute is missing or impossible
 * @throws UnsupportedFormatError for compressed pixels, several frames, colour
 */
export function imageOf(file: DicomFile): DicomImage {
  if (!hasPixels(file)) {
    const modality = file.text('Modality') ?? 'no modality';
    throw new UnsupportedFormatError(modality, `it holds no image (${modality})`, {
      source: file.source,
    });
  }
  const sopClass = file.text('SOPClassUID');
  const multiFrame = lookup(MULTI_FRAME, sopClass ?? '');
  const severalFrames =
    file.parent === undefined && !file.syntax.compressed && frameCountOf(file) > 1;
  if (multiFrame !== undefined || severalFrames) {
    throw new UnsupportedFormatError(
      sopClass ?? 'multi-frame',
      `it is a multi-frame object (${multiFrame ?? 'several frames'}); classic single-frame images and enhanced MR are read: export the series as MR, or convert it to NIfTI`,
      file.place('SOPClassUID'),
    );
  }
  if (file.syntax.compressed) {
    throw unreadableSyntax(file.syntax.uid, file.syntax.name, file.source);
  }
  const rows = lengthOf(file, 'Rows');
  const columns = lengthOf(file, 'Columns');
  const samples = file.number('SamplesPerPixel') ?? 1;
  const photometric = file.text('PhotometricInterpretation') ?? 'MONOCHROME2';
  if (samples !== 1 || !photometric.startsWith('MONOCHROME')) {
    throw new UnsupportedFormatError(
      photometric,
      `it is a colour image (${photometric}); grey-scale images are read`,
      file.place('PhotometricInterpretation'),
    );
  }
  checkPixels(file, rows * columns);
  return {
    file,
    rows,
    columns,
    position: vectorOf(file, 'ImagePositionPatient', 3) as Vector3 | undefined,
    orientation: vectorOf(file, 'ImageOrientationPatient', 6),
    pixelSpacing: vectorOf(file, 'PixelSpacing', 2),
    component: componentOf(file),
    map: mapKindOf(file),
    echoTimeMs: echoTimeOf(file),
  };
}

/** Pixels as they lie in the file: only `32 - right` bits of each count, from bit `32 - left` downwards. */
export interface PackedPixels {
  values: TypedArray;
  signed: boolean;
  left: number;
  right: number;
}

/** The pixels of an image, rows one after another; bits outside of the stored ones may hold overlays. */
export function packedPixels({ file, rows, columns }: DicomImage): PackedPixels {
  const bits = file.number('BitsAllocated')!;
  const stored = file.number('BitsStored') ?? bits;
  const signed = file.number('PixelRepresentation') === 1;
  const element = file.element(TAGS.PixelData.tag)!;
  const bytes = file.bytes.subarray(element.offset, element.offset + rows * columns * (bits / 8));
  const layout: NumberLayout = { bytes: (bits / 8) as 1 | 2 | 4, kind: signed ? 'int' : 'uint' };
  return {
    values: decodeNumbers(bytes, layout, true),
    signed,
    left: 31 - (file.number('HighBit') ?? stored - 1),
    right: 32 - stored,
  };
}

/** The stored values of an image, overlays dropped and signs extended. */
export function storedValues(image: DicomImage): TypedArray {
  const { values, signed, left, right } = packedPixels(image);
  if (right === 32 - 8 * values.BYTES_PER_ELEMENT) return values;
  const out = values.slice();
  for (let i = 0; i < out.length; i++) {
    out[i] = signed ? (values[i] << left) >> right : (values[i] << left) >>> right;
  }
  return out;
}

/** Number of Frames; 1 where the file does not say. */
export function frameCountOf(file: DicomFile): number {
  const text = file.text('NumberOfFrames');
  if (text === undefined) return 1;
  const frames = Number(text);
  if (!(Number.isInteger(frames) && frames >= 1)) {
    throw new FormatError(
      'DICOM',
      `NumberOfFrames is ${JSON.stringify(text.slice(0, 20))}; a whole number ≥ 1 was expected`,
      file.place('NumberOfFrames'),
    );
  }
  return frames;
}

function lengthOf(file: DicomFile, keyword: 'Rows' | 'Columns'): number {
  const value = file.number(keyword);
  if (value === undefined || value < 1) {
    throw new FormatError('DICOM', `${keyword} is ${value ?? 'missing'}`, file.place(keyword));
  }
  return value;
}

function checkPixels(file: DicomFile, pixels: number): void {
  const bits = file.number('BitsAllocated');
  if (bits === undefined || bits < 1 || (bits !== 1 && bits % 8 !== 0)) {
    throw new FormatError(
      'DICOM',
      `BitsAllocated is ${bits ?? 'missing'}`,
      file.place('BitsAllocated'),
    );
  }
  if (bits !== 8 && bits !== 16 && bits !== 32) {
    throw new UnsupportedFormatError(
      `${bits} bits allocated`,
      `its pixels have ${bits} bits; 8, 16 and 32 are read`,
      file.place('BitsAllocated'),
    );
  }
  const stored = file.number('BitsStored') ?? bits;
  const high = file.number('HighBit') ?? stored - 1;
  if (!(stored >= 1 && stored <= bits && high >= stored - 1 && high < bits)) {
    throw new FormatError(
      'DICOM',
      `${stored} bits stored up to bit ${high} do not fit into ${bits} allocated`,
      file.place('BitsStored'),
    );
  }
  const element = file.element(TAGS.PixelData.tag);
  if (element === undefined) {
    throw new FormatError('DICOM', 'it has no pixel data', file.place('PixelData'));
  }
  const needed = pixels * (bits / 8);
  if (element.encapsulated === true || element.length < needed) {
    throw new FormatError(
      'DICOM',
      `its pixels need ${needed} bytes, but Pixel Data has ${element.length}${element.encapsulated === true ? ' in compressed fragments' : ''}`,
      file.place('PixelData'),
    );
  }
}

function vectorOf(file: DicomFile, keyword: Keyword, length: number): number[] | undefined {
  const values = file.numbers(keyword);
  if (values.length === 0) return undefined;
  if (values.length !== length) {
    throw new FormatError(
      'DICOM',
      `${keyword} has ${values.length} numbers; ${length} were expected`,
      file.place(keyword),
    );
  }
  return values;
}
