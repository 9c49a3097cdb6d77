import { isSteatosisError, type SteatosisError, type Volume } from '@steatosis/core';
import { groupBy } from '../group-by.js';
import { checkedOptions, type ReadOptions } from '../options.js';
import { type ImageSources, namedSources } from '../sources.js';
import { type DicomFile, isDicom, parseDicom } from './file.js';
import { framesOf, imagesOf } from './enhanced-frames.js';
import { hasPixels } from './image.js';
import { IDENTIFYING_KEYWORDS, TAGS, TECHNICAL_KEYWORDS } from './tags.js';
import { type SeriesVolume, volumesOf } from './volumes.js';

/** How {@link readSeries} reads. */
export interface ReadSeriesOptions extends ReadOptions {
  /**
   * Also put names, dates, descriptions and UIDs of the patient and the examination into `tags`. Default
   * false: `tags` then say only how the images were made.
   */
  keepIdentifiers?: boolean | undefined;
}

/** Values of DICOM attributes by keyword, of the first file (and its first frame) of a series. */
export type SeriesTags = Readonly<
  Record<string, string | number | readonly string[] | readonly number[]>
>;

/** One DICOM series. */
export interface Series {
  seriesInstanceUID: string;
  tags: SeriesTags;
  /** Number of files. */
  files: number;
  /** One for each component (magnitude, phase …) and repetition; empty where `error` says why. */
  volumes: SeriesVolume[];
  /** The volume of a series that has exactly one. */
  volume?: Volume | undefined;
  warnings: string[];
  /** Why the series makes up no volume. */
  error?: SteatosisError | undefined;
}

/**
 * Sort DICOM files into series, and the slices of each series into volumes: by position, echo time,
 * component and repetition, whatever the names and the order of the files.
 *
 * Classic single-frame files and enhanced (multi-frame) MR in uncompressed little endian are read. A series
 * that is compressed, of another multi-frame class or irregular (a missing slice, uneven gaps, mixed
 * orientations …) comes back with `error` and without volumes. Values are signal: rescale slope and intercept
 * are applied, Philips' scale slope too, each file and frame by its own; phase is in rad where its unit is
 * known. Files that are no DICOM are skipped with a warning.
 *
 * @throws FormatError when a DICOM file is damaged: leaving it out could hide a missing slice
 * @example
 * ```ts no-run
 * import { readSeries } from '@steatosis/io/node';
 *
 * for (const { tags, volumes, error } of await readSeries('study/')) {
 *   console.log(tags['SeriesNumber'], error?.message ?? volumes.map((v) => v.volume.data.shape));
 * }
 * ```
 */
export async function readSeries(
  source: ImageSources,
  options: ReadSeriesOptions = {},
): Promise<Series[]> {
  checkedOptions('readSeries', options, ['onWarning', 'keepIdentifiers']);
  const files = await readDicomFiles(source, options);
  return seriesFiles(files).map(([uid, group]) => seriesOf(uid, group, options));
}

/** All DICOM files among the sources. */
export async function readDicomFiles(
  source: ImageSources,
  { onWarning }: ReadOptions,
): Promise<DicomFile[]> {
  const files: DicomFile[] = [];
  for await (const entry of namedSources(source)) {
    const bytes = await entry.bytes();
    // A damaged file under a DICOM name is an error, not a file of another kind.
    if (isDicom(bytes) || /\.(dcm|ima)$/i.test(entry.name))
      files.push(parseDicom({ name: entry.name, bytes }));
    else onWarning?.(`${entry.name} is no DICOM file; it was skipped.`);
  }
  return files;
}

/** Files by series, in the order of series number and UID. */
export function seriesFiles(files: readonly DicomFile[]): [uid: string, files: DicomFile[]][] {
  const groups = groupBy(files, (file) => file.text('SeriesInstanceUID') ?? '');
  return [...groups.entries()].sort(
    ([uidA, [a]], [uidB, [b]]) =>
      (a.number('SeriesNumber') ?? 0) - (b.number('SeriesNumber') ?? 0) || (uidA < uidB ? -1 : 1),
  );
}

function seriesOf(uid: string, files: readonly DicomFile[], options: ReadSeriesOptions): Series {
  const warnings: string[] = [];
  const warn = (message: string): void => {
    warnings.push(message);
    options.onWarning?.(message);
  };
  const series: Series = {
    seriesInstanceUID: uid,
    tags: tagsOf(firstFrameOf(files[0]), options.keepIdentifiers === true),
    files: files.length,
    volumes: [],
    warnings,
  };
  const images = files.filter(hasPixels);
  if (images.length < files.length) {
    warn(`${files.length - images.length} of ${files.length} files of the series hold no image.`);
  }
  try {
    if (images.length > 0) series.volumes = volumesOf(images.flatMap(imagesOf), warn);
    if (series.volumes.length === 1) series.volume = series.volumes[0].volume;
  } catch (error) {
    if (!isSteatosisError(error)) throw error;
    series.error = error;
  }
  return series;
}

/** A damaged file has no frames; its series then says why it makes up no volume. */
function firstFrameOf(file: DicomFile): DicomFile {
  try {
    return framesOf(file)[0] ?? file;
  } catch (error) {
    if (!isSteatosisError(error)) throw error;
    return file;
  }
}

/** Attributes of a file by keyword. */
function tagsOf(file: DicomFile, keepIdentifiers: boolean): SeriesTags {
  const keywords = keepIdentifiers
    ? [...TECHNICAL_KEYWORDS, ...IDENTIFYING_KEYWORDS]
    : TECHNICAL_KEYWORDS;
  const tags: Record<string, SeriesTags[string]> = {};
  for (const keyword of keywords) {
    const numeric = ['DS', 'IS', 'US', 'FD'].includes(TAGS[keyword].vr);
    const values = numeric ? file.numbers(keyword) : file.texts(keyword);
    if (values.length > 0) tags[keyword] = values.length === 1 ? values[0] : values;
  }
  return tags;
}
