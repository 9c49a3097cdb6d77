import {
  denseData,
  InvalidArgumentError,
  orientationOf,
  reorient,
  sameGridOrThrow,
  type TypedArray,
  type Volume,
} from '@steatosis/core';
import { lookup } from '../lookup.js';
import { checkedOptions } from '../options.js';
import { type DicomMapName, MAP_QUANTITIES } from './map-quantities.js';
import type { SeriesTags } from './read-series.js';
import { encodeDataSet, joinBytes, type WrittenElement } from './write-data-set.js';
import { encodeImageFile, imageElements, type MapToWrite } from './write-map-elements.js';
import { quantiseMap } from './write-quantised.js';
import { sha256, uidOfHash } from './write-uid.js';

/** How {@link encodeDicomMaps} writes. */
export interface EncodeDicomMapsOptions {
  /**
   * Attributes of the series that the maps come from, by keyword, as `readSeries` gives them: `RepetitionTime`,
   * `FlipAngle`, `MagneticFieldStrength`, `ImagingFrequency` and `SeriesNumber` (a hundred times it is added to
   * the maps' own numbers); and, only where identifiers may be kept, `PatientName`, `PatientID`, `PatientBirthDate`,
   * `PatientSex`, `StudyDate`, `StudyInstanceUID` and `FrameOfReferenceUID`. Others are ignored. Default: none;
   * the patient is then ANONYMOUS, and study and frame of reference are new.
   */
  source?: SeriesTags | undefined;
  /** Sentence for Image Comments after "not for diagnosis": how the maps were made. Default none. */
  comment?: string | undefined;
}

/** One map as a DICOM series. */
export interface EncodedDicomMap {
  name: DicomMapName;
  seriesInstanceUID: string;
  /** Value of one stored step: stored values are off by at most half of it. */
  step: number;
  /** Voxels beyond ± 32767 steps (or infinite), stored as the nearest value that fits. */
  saturated: number;
  /** Voxels that are NaN, stored as −32768 with Pixel Padding Value saying so. */
  undefinedVoxels: number;
  /** One file a slice, in the order of instance numbers from 1. */
  files: Uint8Array[];
}

/**
 * Write maps as classic MR Image Storage series, one for each map: 16-bit signed with rescale slope, unit (Rescale
 * Type and Real World Value Mapping in UCUM), geometry, display window and `DERIVED\PRIMARY\OTHER\…`.
 *
 * PDFF comes in steps of 0.01 % (± 327.67 %), R2* of 0.1 /s, the field map of 0.1 Hz, their standard deviations likewise; other
 * maps in the finest of 1, 2, 5 × 10ⁿ that holds their largest value. The rows and columns of the pictures are turned as
 * radiologists see them (axial: the patient's right on the left); no voxel moves in the patient.
 * UIDs follow from the content, so that the same maps give the same bytes, and no clock is read. Research
 * software: the files say that they are not for diagnosis.
 *
 * @param maps volumes `[x, y, z]` on one grid, by name
 * @throws InvalidArgumentError for an unknown map, another shape, or image axes that are not perpendicular
 * @throws GridMismatchError when the maps lie on different grids
 * @example
 * ```ts
 * import { createVolume } from '@steatosis/core';
 * import { encodeDicomMaps, readSeries } from '@steatosis/io';
 *
 * const pdffPercent = createVolume(Float32Array.of(2.5, 12.34, -0.81, 33.3), [2, 2, 1]);
 * const [series] = await encodeDicomMaps({ pdffPercent });
 * const [back] = await readSeries(series.files);
 * console.log(back.tags['ImageType']); // [ 'DERIVED', 'PRIMARY', 'OTHER', 'FAT_FRACTION' ]
 * console.log(back.volume?.data.get(1, 0, 0).toFixed(2)); // 12.34
 * ```
 */
export async function encodeDicomMaps(
  maps: Readonly<Partial<Record<DicomMapName, Volume | undefined>>>,
  options: EncodeDicomMapsOptions = {},
): Promise<EncodedDicomMap[]> {
  const { source = {}, comment = '' } = checkedOptions('encodeDicomMaps', options, [
    'source',
    'comment',
  ]);
  const written = checkedMaps(maps).map(([name, volume], i) => {
    return { name, map: mapToWrite(name, volume, i, source, comment) };
  });
  if (written.length === 0) throw new InvalidArgumentError('maps', maps, 'at least one map');
  const slices = await Promise.all(written.map(({ map }) => hashedSlices(map)));
  const content = await sha256(joinBytes(slices.flatMap((list) => list.map(({ hash }) => hash))));
  const study = uidOf(source, 'StudyInstanceUID') ?? uidOfHash(await hashOf('study', content));
  const frameOfReference =
    uidOf(source, 'FrameOfReferenceUID') ?? uidOfHash(await hashOf('frame', content));
  return await Promise.all(
    written.map(async ({ name, map }, i) => {
      const hashes = joinBytes(slices[i].map(({ hash }) => hash));
      const series = uidOfHash(await hashOf(`series ${study} ${frameOfReference}`, hashes));
      const files = slices[i].map(async ({ elements, hash }) => {
        const instance = uidOfHash(await hashOf(`instance ${series}`, hash));
        return encodeImageFile(elements, { study, series, instance, frameOfReference });
      });
      const { step, saturated, undefinedVoxels } = map.quantised;
      return {
        name,
        seriesInstanceUID: series,
        step,
        saturated,
        undefinedVoxels,
        files: await Promise.all(files),
      };
    }),
  );
}

function checkedMaps(
  maps: Readonly<Partial<Record<DicomMapName, Volume | undefined>>>,
): [name: DicomMapName, volume: Volume][] {
  const given = Object.entries(maps).filter(([, volume]) => volume !== undefined) as [
    DicomMapName,
    Volume,
  ][];
  given.forEach(([name, volume]) => {
    if (lookup(MAP_QUANTITIES, name) === undefined) {
      const names = Object.keys(MAP_QUANTITIES).join(', ');
      throw new InvalidArgumentError('maps', name, `maps named ${names}`);
    }
    if (volume.data?.shape.length !== 3) {
      throw new InvalidArgumentError(name, volume.data?.shape, 'a map of shape [nx, ny, nz]');
    }
    const [columns, rows, count] = volume.data.shape;
    if (columns > 65535 || rows > 65535 || count > 65535) {
      throw new InvalidArgumentError(name, volume.data.shape, 'at most 65535 voxels along an axis');
    }
    sameGridOrThrow(given[0][1], volume, given[0][0], name);
  });
  return given;
}

function mapToWrite(
  name: DicomMapName,
  original: Volume,
  index: number,
  source: SeriesTags,
  comment: string,
): MapToWrite {
  const volume = asShown(original);
  const { direction: d } = volume;
  const skew = d[0] * d[1] + d[3] * d[4] + d[6] * d[7];
  if (Math.abs(skew) > 1e-4) {
    throw new InvalidArgumentError(
      `direction of ${name}`,
      d,
      'perpendicular image axes: DICOM images cannot be sheared in their plane',
    );
  }
  const quantity = MAP_QUANTITIES[name];
  const values = denseData(volume);
  const before = source['SeriesNumber'];
  // Integer strings end at 2³¹ − 1.
  const base = typeof before === 'number' && before > 0 && before < 2e7 ? 100 * before : 0;
  return {
    volume,
    quantity,
    quantised: quantiseMap(values, quantity.step),
    window: quantity.window ?? [0, brightEnd(values)],
    seriesNumber: base + index + 1,
    source,
    comment,
  };
}

/**
 * Rows and columns in the order in which slices are looked at: columns to the patient's left (else to
 * posterior), rows to posterior (else to inferior). The slices stay as they are.
 */
function asShown(volume: Volume): Volume {
  const slice = orientationOf(volume)[2];
  const inPlane = ['LR', 'PA', 'IS'].filter((pair) => !pair.includes(slice));
  return reorient(volume, inPlane.map(([shown]) => shown).join('') + slice);
}

/** 98th percentile of the positive values, of at most some hundred thousand voxels. */
function brightEnd(values: TypedArray): number {
  const stride = Math.max(1, Math.floor(values.length / 2e5));
  const bright: number[] = [];
  for (let i = 0; i < values.length; i += stride) {
    if (values[i] > 0 && values[i] < Infinity) bright.push(values[i]);
  }
  const sorted = Float64Array.from(bright).sort();
  return sorted[Math.floor(0.98 * (sorted.length - 1))] ?? 1;
}

async function hashedSlices(
  map: MapToWrite,
): Promise<{ elements: WrittenElement[]; hash: Uint8Array }[]> {
  return await Promise.all(
    Array.from({ length: map.volume.data.shape[2] }, async (_, slice) => {
      const elements = imageElements(map, slice);
      return { elements, hash: await sha256(joinBytes([encodeDataSet(elements)])) };
    }),
  );
}

async function hashOf(role: string, content: Uint8Array): Promise<Uint8Array> {
  return await sha256(joinBytes([new TextEncoder().encode(role), content]));
}

function uidOf(source: SeriesTags, keyword: string): string | undefined {
  const uid = source[keyword];
  if (uid === undefined || uid === '') return undefined;
  if (typeof uid === 'string' && uid.length <= 64 && /^\d+(\.\d+)+$/.test(uid)) return uid;
  throw new InvalidArgumentError(`source.${keyword}`, uid, 'a DICOM UID');
}
