import path from 'node:path';
import { isSteatosisError, orientationOf, type Vector3, type Volume } from '@steatosis/core';
import { isMegreImage } from '../bids/names.js';
import { detectFormatOrThrow, type FileFormat } from '../detect.js';
import type { ScannerMapKind } from '../dicom/component.js';
import type { Series, SeriesTags } from '../dicom/read-series.js';
import { NoImagesError } from '../errors.js';
import { mapOfName } from '../maps/by-name.js';
import type { ScannerMaps } from '../maps/scanner-maps.js';
import type { MultiEcho } from '../multi-echo/multi-echo.js';
import { checkedOptions, type ReadOptions } from '../options.js';
import { readBytes, filesIn, isFolder } from './files.js';
import { readParticipants } from './participants.js';
import {
  readImage,
  readMaps,
  readMarkups,
  readMultiEcho,
  readSegmentation,
  readSeries,
} from './read.js';

/** How {@link describeSource} reads. */
export interface DescribeOptions extends ReadOptions {
  /** Also tell names, dates and UIDs of DICOM files. Default false. */
  keepIdentifiers?: boolean | undefined;
}

/** Shape and place of a volume, as plain data. */
export interface VolumeDescription {
  /** Voxels along x, y, z, and components where there are several. */
  shape: number[];
  spacingMm: Vector3;
  /** LPS */
  originMm: Vector3;
  /** Where the axes point, for example `LPS`. */
  orientation: string;
  /** `Int16Array`, `Float32Array` … */
  elementType: string;
}

/** One DICOM series, as plain data. */
export interface SeriesDescription {
  /** Present with `keepIdentifiers` only. */
  seriesInstanceUID?: string | undefined;
  tags: SeriesTags;
  files: number;
  volumes: (VolumeDescription & {
    component: string;
    /** Which map a derived volume is, where its Image Type says so. */
    map?: ScannerMapKind | undefined;
    echoTimesMs: readonly number[];
  })[];
  warnings: readonly string[];
  /** Why it makes up no volume. */
  error?: string | undefined;
}

/** A multi-echo acquisition, as plain data. */
export interface MultiEchoDescription extends VolumeDescription {
  complex: boolean;
  echoTimesMs: readonly number[];
  fieldStrengthT: number;
  flipAngleDeg?: number | undefined;
  repetitionTimeMs?: number | undefined;
}

/** Maps of a scanner as `readMaps` reads them, as plain data; shape and place are those of all. */
export interface MapsDescription extends VolumeDescription {
  /** `water`, `pdffPercent`, … */
  maps: (keyof ScannerMaps)[];
  /** What was assumed about units and origin. */
  warnings: readonly string[];
}

/** What a path holds. */
export type SourceDescription =
  | ({ kind: 'image'; format: string } & VolumeDescription)
  | ({
      kind: 'segmentation';
      segments: { value: number; name: string; layer?: number | undefined }[];
    } & VolumeDescription)
  | { kind: 'markups'; points: number; boxes: string[]; curves: number }
  | ({ kind: 'multi-echo'; format: 'BIDS' } & MultiEchoDescription)
  | ({ kind: 'maps'; format: 'NIfTI' } & MapsDescription)
  | {
      kind: 'dicom';
      series: SeriesDescription[];
      /** The multi-echo acquisition among the series, where there is exactly one. */
      multiEcho?: MultiEchoDescription | undefined;
      /** The scanner's maps among the series, where one acquisition has any. */
      maps?: MapsDescription | undefined;
    }
  | {
      kind: 'cohort';
      participants: number;
      /** Patients by sex and by grade; `n/a` for missing values. */
      sexes: Record<string, number>;
      steatosisGrades: Record<string, number>;
    };

/**
 * What a file or folder holds, as plain data for people or JSON: images, segmentations, markups, DICOM
 * series, a BIDS acquisition, maps, a cohort. Nothing in it identifies a patient unless `keepIdentifiers` is set.
 *
 * @example
 * ```ts no-run
 * import { describeSource } from '@steatosis/io/node';
 *
 * console.log(JSON.stringify(await describeSource('scan/'), null, 2));
 * ```
 */
export async function describeSource(
  source: string,
  options: DescribeOptions = {},
): Promise<SourceDescription> {
  checkedOptions('describeSource', options, ['onWarning', 'keepIdentifiers']);
  const read = { onWarning: options.onWarning };
  if (!(await isFolder(source))) return await describeFile(source, options);
  const names = await filesIn(source);
  if (names.includes(path.join(source, 'participants.tsv'))) return await describeCohort(source);
  if (names.some(isMegreImage)) {
    const multiEcho = await readMultiEcho(source, read);
    return { kind: 'multi-echo', format: 'BIDS', ...describeMultiEcho(multiEcho) };
  }
  if (names.some((name) => mapOfName(name) !== undefined)) {
    return { kind: 'maps', format: 'NIfTI', ...(await describeMaps(source)) };
  }
  if (names.length === 0) throw new NoImagesError(source, 'files');
  return await describeDicom(source, options);
}

async function describeFile(source: string, options: DescribeOptions): Promise<SourceDescription> {
  const read = { onWarning: options.onWarning };
  const format = detectFormatOrThrow({ name: source, bytes: await readBytes(source) });
  if (format === 'dicom') return await describeDicom(source, options);
  if (format === 'markups') {
    const { points, boxes, curves } = await readMarkups(source, read);
    return {
      kind: 'markups',
      points: points.length,
      boxes: boxes.map(({ name }) => name),
      curves: curves.length,
    };
  }
  if (source.toLowerCase().endsWith('.seg.nrrd')) {
    const { mask, segments } = await readSegmentation(source, undefined, read);
    const plain = segments.map(({ value, name, layer }) => ({ value, name, layer }));
    return { kind: 'segmentation', segments: plain, ...describeVolume(mask) };
  }
  return {
    kind: 'image',
    format: FORMAT_NAMES[format],
    ...describeVolume(await readImage(source, read)),
  };
}

const FORMAT_NAMES: Readonly<Record<FileFormat, string>> = {
  nifti: 'NIfTI',
  nrrd: 'NRRD',
  dicom: 'DICOM',
  markups: 'markups',
};

async function describeDicom(source: string, options: DescribeOptions): Promise<SourceDescription> {
  const series = await readSeries(source, options);
  const several = series.some(({ volumes }) =>
    volumes.some(({ echoTimesMs }) => echoTimesMs.length > 1),
  );
  const multiEcho = several ? await multiEchoIn(source) : undefined;
  // Without echoes a series may still be a map by its description, which only readMaps looks at.
  const mapped = series.some(({ volumes }) => volumes.some(({ map }) => map !== undefined));
  const maps = mapped || multiEcho === undefined ? await mapsIn(source) : undefined;
  return {
    kind: 'dicom',
    series: series.map((one) => describeSeries(one, options.keepIdentifiers === true)),
    multiEcho: multiEcho === undefined ? undefined : describeMultiEcho(multiEcho),
    maps,
  };
}

/** The maps, or nothing where there are those of several acquisitions or they are irregular. */
async function mapsIn(source: string): Promise<MapsDescription | undefined> {
  try {
    return await describeMaps(source);
  } catch (error) {
    if (!isSteatosisError(error)) throw error;
    return undefined;
  }
}

async function describeMaps(source: string): Promise<MapsDescription> {
  const warnings: string[] = [];
  // What is no map was told already when the series were read.
  const onWarning = (message: string): void => {
    if (!message.endsWith('it was skipped.')) warnings.push(message);
  };
  const maps = await readMaps(source, { onWarning });
  const [first] = Object.values(maps) as Volume[];
  return { ...describeVolume(first), maps: Object.keys(maps) as (keyof ScannerMaps)[], warnings };
}

/** The acquisition, or nothing where there are several or it is irregular: its series say why. */
async function multiEchoIn(source: string): Promise<MultiEcho | undefined> {
  try {
    return await readMultiEcho(source);
  } catch (error) {
    if (!isSteatosisError(error)) throw error;
    return undefined;
  }
}

function describeSeries(series: Series, keepIdentifiers: boolean): SeriesDescription {
  return {
    ...(keepIdentifiers ? { seriesInstanceUID: series.seriesInstanceUID } : {}),
    tags: series.tags,
    files: series.files,
    volumes: series.volumes.map(({ volume, component, map, echoTimesMs }) => ({
      ...describeVolume(volume),
      component,
      ...(map === undefined ? {} : { map }),
      echoTimesMs,
    })),
    warnings: series.warnings,
    error: series.error?.message,
  };
}

async function describeCohort(folder: string): Promise<SourceDescription> {
  const participants = await readParticipants(path.join(folder, 'participants.tsv'));
  const count = (values: (string | number | null)[]): Record<string, number> => {
    const counts: Record<string, number> = {};
    for (const value of values) {
      const key = String(value ?? 'n/a');
      counts[key] = (counts[key] ?? 0) + 1;
    }
    return counts;
  };
  return {
    kind: 'cohort',
    participants: participants.length,
    sexes: count(participants.map(({ clinical }) => clinical.sex)),
    steatosisGrades: count(participants.map(({ clinical }) => clinical.steatosisGrade)),
  };
}

function describeMultiEcho(multiEcho: MultiEcho): MultiEchoDescription {
  const volume = multiEcho.magnitude ?? multiEcho.real;
  return {
    ...describeVolume(volume),
    complex: multiEcho.magnitude === undefined,
    echoTimesMs: multiEcho.echoTimesMs,
    fieldStrengthT: multiEcho.fieldStrengthT,
    flipAngleDeg: multiEcho.flipAngleDeg,
    repetitionTimeMs: multiEcho.repetitionTimeMs,
  };
}

function describeVolume(volume: Volume): VolumeDescription {
  return {
    shape: [...volume.data.shape],
    spacingMm: volume.spacing,
    originMm: volume.origin,
    orientation: orientationOf(volume),
    elementType: volume.data.data.constructor.name,
  };
}
