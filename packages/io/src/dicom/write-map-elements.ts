import type { Vector3, Volume } from '@steatosis/core';
import { InvalidArgumentError } from '@steatosis/core';
import { cross, dot } from '../geometry.js';
import type { MapQuantity } from './map-quantities.js';
import type { SeriesTags } from './read-series.js';
import { decimalString, encodeDataSet, joinBytes, type WrittenElement } from './write-data-set.js';
import { PADDING, type QuantisedMap } from './write-quantised.js';

/** MR Image Storage, the classic single-frame class that every viewer opens. */
const MR_IMAGE_STORAGE = '1.2.840.10008.5.1.4.1.1.4';
const EXPLICIT_LITTLE_ENDIAN = '1.2.840.10008.1.2.1';
/** Hash of the package's name, see `uidOfHash`. */
const IMPLEMENTATION_CLASS = '2.25.196249244393580226243345865871529670217';
const NOT_FOR_DIAGNOSIS = 'Research software, not a medical device: not for diagnosis.';

/** The UIDs of one image. */
export interface ImageUids {
  study: string;
  series: string;
  instance: string;
  frameOfReference: string;
}

/** Everything about one map but its UIDs. */
export interface MapToWrite {
  /** In-plane axes perpendicular. */
  volume: Volume;
  quantity: MapQuantity;
  quantised: QuantisedMap;
  /** Display range. */
  window: readonly [low: number, high: number];
  seriesNumber: number;
  source: SeriesTags;
  comment: string;
}

/** A file of a slice: preamble, meta group and data set. */
export function encodeImageFile(elements: readonly WrittenElement[], uids: ImageUids): Uint8Array {
  const meta = encodeDataSet([
    { tag: 0x00020001, vr: 'OB', value: Uint8Array.of(0, 1) },
    { tag: 0x00020002, vr: 'UI', value: MR_IMAGE_STORAGE },
    { tag: 0x00020003, vr: 'UI', value: uids.instance },
    { tag: 0x00020010, vr: 'UI', value: EXPLICIT_LITTLE_ENDIAN },
    { tag: 0x00020012, vr: 'UI', value: IMPLEMENTATION_CLASS },
    { tag: 0x00020013, vr: 'SH', value: 'STEATOSIS' },
  ]);
  const length = encodeDataSet([{ tag: 0x00020000, vr: 'UL', value: [meta.length] }]);
  const preamble = new Uint8Array(132);
  preamble.set(new TextEncoder().encode('DICM'), 128);
  return joinBytes([preamble, length, meta, encodeDataSet([...elements, ...uidElements(uids)])]);
}

function uidElements({ study, series, instance, frameOfReference }: ImageUids): WrittenElement[] {
  return [
    { tag: 0x00080018, vr: 'UI', value: instance },
    { tag: 0x0020000d, vr: 'UI', value: study },
    { tag: 0x0020000e, vr: 'UI', value: series },
    { tag: 0x00200052, vr: 'UI', value: frameOfReference },
  ];
}

/** All elements of a slice but its UIDs, so that the UIDs can be made from them. */
export function imageElements(map: MapToWrite, slice: number): WrittenElement[] {
  return [
    ...patientElements(map.source),
    ...studyElements(map),
    ...acquisitionElements(map.source),
    ...planeElements(map.volume, slice),
    ...pixelElements(map, slice),
    realWorldElement(map),
  ];
}

function patientElements(source: SeriesTags): WrittenElement[] {
  const id = textOf(source, 'PatientID');
  const name = textOf(source, 'PatientName');
  const elements: WrittenElement[] = [
    { tag: 0x00100010, vr: 'PN', value: name ?? id ?? 'ANONYMOUS' },
    { tag: 0x00100020, vr: 'LO', value: id ?? name ?? 'ANONYMOUS' },
    { tag: 0x00100030, vr: 'DA', value: textOf(source, 'PatientBirthDate') ?? '' },
    { tag: 0x00100040, vr: 'CS', value: textOf(source, 'PatientSex') ?? '' },
  ];
  if (name !== undefined) return elements;
  return [
    ...elements,
    { tag: 0x00120062, vr: 'CS', value: 'YES' },
    { tag: 0x00120063, vr: 'LO', value: 'Name, dates and UIDs of the source not written' },
  ];
}

function studyElements({
  quantity,
  quantised,
  source,
  seriesNumber,
  comment,
}: MapToWrite): WrittenElement[] {
  const { step, saturated } = quantised;
  const beyond =
    saturated > 0
      ? ` ${saturated} voxels of the series lie beyond ${Number((32767 * step).toPrecision(6))}.`
      : '';
  return [
    { tag: 0x00080005, vr: 'CS', value: 'ISO_IR 192' },
    { tag: 0x00080008, vr: 'CS', value: ['DERIVED', 'PRIMARY', 'OTHER', quantity.imageType] },
    { tag: 0x00080016, vr: 'UI', value: MR_IMAGE_STORAGE },
    { tag: 0x00080020, vr: 'DA', value: textOf(source, 'StudyDate') ?? '' },
    { tag: 0x00080030, vr: 'TM', value: '' },
    { tag: 0x00080050, vr: 'SH', value: '' },
    { tag: 0x00080060, vr: 'CS', value: 'MR' },
    { tag: 0x00080070, vr: 'LO', value: 'steatosis' },
    { tag: 0x00080090, vr: 'PN', value: '' },
    { tag: 0x0008103e, vr: 'LO', value: `${quantity.description}, not for diagnosis` },
    { tag: 0x00081090, vr: 'LO', value: 'water-fat separation' },
    { tag: 0x00082111, vr: 'ST', value: `${quantity.description} in steps of ${step}.${beyond}` },
    { tag: 0x00200010, vr: 'SH', value: '' },
    { tag: 0x00200011, vr: 'IS', value: String(seriesNumber) },
    { tag: 0x00201040, vr: 'LO', value: '' },
    { tag: 0x00204000, vr: 'LT', value: [NOT_FOR_DIAGNOSIS, comment].filter(Boolean).join(' ') },
  ];
}

/** What the MR Image module wants to know; what the source does not say is left empty. */
function acquisitionElements(source: SeriesTags): WrittenElement[] {
  const decimal = (tag: number, keyword: string): WrittenElement => {
    const value = source[keyword];
    return { tag, vr: 'DS', value: typeof value === 'number' ? decimalString(value) : '' };
  };
  return [
    { tag: 0x00180020, vr: 'CS', value: 'GR' },
    { tag: 0x00180021, vr: 'CS', value: 'NONE' },
    { tag: 0x00180022, vr: 'CS', value: '' },
    { tag: 0x00180023, vr: 'CS', value: '' },
    decimal(0x00180080, 'RepetitionTime'),
    // A map belongs to no single echo.
    { tag: 0x00180081, vr: 'DS', value: '' },
    decimal(0x00180084, 'ImagingFrequency'),
    decimal(0x00180087, 'MagneticFieldStrength'),
    { tag: 0x00180091, vr: 'IS', value: '' },
    decimal(0x00181314, 'FlipAngle'),
    { tag: 0x00185100, vr: 'CS', value: '' },
  ];
}

function planeElements(volume: Volume, slice: number): WrittenElement[] {
  const { spacing, direction: d, origin } = volume;
  const [row, column, step] = [0, 1, 2].map((axis): Vector3 => [d[axis], d[3 + axis], d[6 + axis]]);
  const normal = cross(row, column);
  const position = origin.map((v, i) => v + slice * spacing[2] * step[i]);
  const decimals = (values: readonly number[]): string[] => values.map(decimalString);
  return [
    { tag: 0x00180050, vr: 'DS', value: decimalString(spacing[2]) },
    {
      tag: 0x00180088,
      vr: 'DS',
      value: decimalString(spacing[2] * Math.abs(dot(step, normal))),
    },
    { tag: 0x00200013, vr: 'IS', value: String(slice + 1) },
    { tag: 0x00200032, vr: 'DS', value: decimals(position) },
    { tag: 0x00200037, vr: 'DS', value: decimals([...row, ...column]) },
    { tag: 0x00201041, vr: 'DS', value: decimalString(dot(position, normal)) },
    { tag: 0x00280030, vr: 'DS', value: decimals([spacing[1], spacing[0]]) },
  ];
}

function pixelElements(
  { volume, quantity, quantised, window }: MapToWrite,
  slice: number,
): WrittenElement[] {
  const [columns, rows] = volume.data.shape;
  const [low, high] = window;
  const pixels = quantised.stored.subarray(slice * columns * rows, (slice + 1) * columns * rows);
  const bytes = new Uint8Array(2 * pixels.length);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < pixels.length; i++) view.setInt16(2 * i, pixels[i], true);
  return [
    { tag: 0x00280002, vr: 'US', value: [1] },
    { tag: 0x00280004, vr: 'CS', value: 'MONOCHROME2' },
    { tag: 0x00280010, vr: 'US', value: [rows] },
    { tag: 0x00280011, vr: 'US', value: [columns] },
    { tag: 0x00280100, vr: 'US', value: [16] },
    { tag: 0x00280101, vr: 'US', value: [16] },
    { tag: 0x00280102, vr: 'US', value: [15] },
    { tag: 0x00280103, vr: 'US', value: [1] },
    { tag: 0x00280120, vr: 'SS', value: [PADDING] },
    { tag: 0x00280301, vr: 'CS', value: 'NO' },
    { tag: 0x00281050, vr: 'DS', value: decimalString((low + high) / 2) },
    { tag: 0x00281051, vr: 'DS', value: decimalString(high - low) },
    { tag: 0x00281052, vr: 'DS', value: '0' },
    { tag: 0x00281053, vr: 'DS', value: decimalString(quantised.step) },
    { tag: 0x00281054, vr: 'LO', value: quantity.rescaleType },
    // The usual function is not defined for widths below 1, which signals in small units need.
    { tag: 0x00281056, vr: 'CS', value: 'LINEAR_EXACT' },
    { tag: 0x7fe00010, vr: 'OW', value: bytes },
  ];
}

/** Real World Value Mapping: what quantity in which unit a stored value means, in codes. */
function realWorldElement({ quantity, quantised }: MapToWrite): WrittenElement {
  const [unit, unitMeaning] = quantity.unit;
  const item: WrittenElement[] = [
    { tag: 0x00283003, vr: 'LO', value: quantity.description },
    { tag: 0x004008ea, vr: 'SQ', value: [codeItem(unit, 'UCUM', unitMeaning)] },
    { tag: 0x00409210, vr: 'SH', value: quantity.imageType },
    { tag: 0x00409211, vr: 'SS', value: [-PADDING - 1] },
    { tag: 0x00409216, vr: 'SS', value: [PADDING + 1] },
    { tag: 0x00409224, vr: 'FD', value: [0] },
    { tag: 0x00409225, vr: 'FD', value: [quantised.step] },
  ];
  if (quantity.concept !== undefined) {
    const [code, meaning] = quantity.concept;
    const definition: WrittenElement[] = [
      { tag: 0x0040a040, vr: 'CS', value: 'CODE' },
      { tag: 0x0040a043, vr: 'SQ', value: [codeItem('246205007', 'SCT', 'Quantity')] },
      { tag: 0x0040a168, vr: 'SQ', value: [codeItem(code, 'DCM', meaning)] },
    ];
    item.push({ tag: 0x00409220, vr: 'SQ', value: [definition] });
  }
  return { tag: 0x00409096, vr: 'SQ', value: [item] };
}

function codeItem(value: string, scheme: string, meaning: string): WrittenElement[] {
  return [
    { tag: 0x00080100, vr: 'SH', value },
    { tag: 0x00080102, vr: 'SH', value: scheme },
    { tag: 0x00080104, vr: 'LO', value: meaning },
  ];
}

function textOf(source: SeriesTags, keyword: string): string | undefined {
  const value = source[keyword];
  if (value === undefined || value === '') return undefined;
  if (typeof value === 'string') return value;
  throw new InvalidArgumentError(`source.${keyword}`, value, 'a text');
}
