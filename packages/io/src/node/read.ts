import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { Volume } from '@steatosis/core';
import { isMegreImage, isMegreSidecar } from '../bids/names.js';
import {
  readSeries as readSeriesOf,
  type ReadSeriesOptions,
  type Series,
} from '../dicom/read-series.js';
import { NoImagesError } from '../errors.js';
import { mapOfName } from '../maps/by-name.js';
import { mapsOf } from '../maps/read-maps.js';
import type { ScannerMaps } from '../maps/scanner-maps.js';
import { type Markups, readMarkups as readMarkupsOf } from '../markups/read.js';
import type { MultiEcho } from '../multi-echo/multi-echo.js';
import { multiEchoOf } from '../multi-echo/read-multi-echo.js';
import { checkedOptions, type ReadOptions } from '../options.js';
import { readImage as readImageOf, type ReadImageOptions } from '../read-image.js';
import { readSegmentation as readSegmentationOf } from '../segmentation/read.js';
import type { Segmentation } from '../segmentation/segment.js';
import {
  checkedSources,
  type ImageSource,
  type ImageSources,
  type NamedSource,
} from '../sources.js';
import { dicomSources, filesIn, fileSource, isFolder, siblingsOf } from './files.js';

/**
 * As `readImage` of `@steatosis/io`, and from a path. Detached headers (`.nhdr`, `.hdr`) open their data
 * files in the folder of the header.
 *
 * @example
 * ```ts no-run
 * import { readImage } from '@steatosis/io/node';
 *
 * const volume = await readImage('liver.nii.gz');
 * console.log(volume.data.shape, volume.spacing);
 * ```
 */
export async function readImage(
  source: string | ImageSource,
  options: ReadImageOptions = {},
): Promise<Volume> {
  return await readImageOf(opened(source), withSiblings(source, options));
}

/** Files by path, or as `@steatosis/io` takes them. */
export type FileSources = Iterable<string | ImageSource> | AsyncIterable<string | ImageSource>;

/**
 * As `readSeries` of `@steatosis/io`, and from a folder with all folders in it, or from paths.
 *
 * @throws NoImagesError when the folder holds no DICOM file
 */
export async function readSeries(
  source: string | FileSources,
  options: ReadSeriesOptions = {},
): Promise<Series[]> {
  if (typeof source !== 'string') return await readSeriesOf(pathsOpened(source), options);
  const series = await readSeriesOf(await dicomOf(source, options), options);
  if (series.length === 0) throw new NoImagesError(source, 'DICOM files');
  return series;
}

/**
 * As `readMultiEcho` of `@steatosis/io`, and from a folder, from paths, or from one image of a BIDS acquisition, whose
 * other echoes and sidecars are found beside it.
 */
export async function readMultiEcho(
  source: string | FileSources,
  options: ReadOptions = {},
): Promise<MultiEcho> {
  checkedOptions('readMultiEcho', options, ['onWarning']);
  if (typeof source !== 'string') {
    return await multiEchoOf(pathsOpened(source), 'The input', options);
  }
  const files = await multiEchoFiles(source, options);
  return await multiEchoOf(files, source, options);
}

/**
 * As `readMaps` of `@steatosis/io`, and from a folder with all folders in it, from paths, or from one file. Maps in
 * NIfTI files are taken before those in DICOM files.
 */
export async function readMaps(
  source: string | FileSources,
  options: ReadOptions = {},
): Promise<ScannerMaps> {
  checkedOptions('readMaps', options, ['onWarning']);
  if (typeof source !== 'string') return await mapsOf(pathsOpened(source), 'The input', options);
  const names = (await isFolder(source)) ? await filesIn(source) : await withSidecar(source);
  const files = names.some((name) => mapOfName(name) !== undefined)
    ? names.filter(isMapOrSidecar).map(fileSource)
    : await dicomOf(source, options);
  return await mapsOf(files, source, options);
}

/** As `readSegmentation` of `@steatosis/io`, and from a path. */
export async function readSegmentation(
  source: string | ImageSource,
  reference?: Volume,
  options: ReadImageOptions = {},
): Promise<Segmentation> {
  return await readSegmentationOf(opened(source), reference, withSiblings(source, options));
}

/** As `readMarkups` of `@steatosis/io`, and from a path. */
export async function readMarkups(
  source: string | ImageSource,
  options: ReadOptions = {},
): Promise<Markups> {
  return await readMarkupsOf(opened(source), options);
}

/** A file and the JSON file of the same name beside it, if there is one. */
async function withSidecar(source: string): Promise<string[]> {
  const sidecar = source.replace(/\.nii(\.gz)?$/i, '.json');
  const beside = await readdir(path.dirname(source)).catch((): string[] => []);
  const present = sidecar !== source && beside.includes(path.basename(sidecar));
  return present ? [source, sidecar] : [source];
}

function isMapOrSidecar(name: string): boolean {
  return mapOfName(name) !== undefined || name.toLowerCase().endsWith('.json');
}

/** A path as a source; sources stay as they are. */
function opened(source: string | ImageSource): ImageSource {
  return typeof source === 'string' ? fileSource(source) : source;
}

async function* pathsOpened(sources: FileSources): AsyncGenerator<ImageSource> {
  for await (const source of checkedSources(sources)) yield opened(source);
}

function withSiblings(source: string | ImageSource, options: ReadImageOptions): ReadImageOptions {
  return typeof source === 'string' ? { openSibling: siblingsOf(source), ...options } : options;
}

/** The DICOM files of a folder, or one file. */
async function dicomOf(source: string, { onWarning }: ReadOptions): Promise<ImageSources> {
  return (await isFolder(source)) ? dicomSources(source, onWarning) : [fileSource(source)];
}

async function multiEchoFiles(source: string, options: ReadOptions): Promise<ImageSources> {
  const folder = await isFolder(source);
  const names = folder
    ? await filesIn(source)
    : isMegreImage(source)
      ? echoesBeside(source, await filesIn(path.dirname(source)))
      : [];
  if (!names.some(isMegreImage)) return await dicomOf(source, options);
  const inside = names.filter((name) => isMegreImage(name) || isMegreSidecar(name));
  const above = await sidecarsAbove(path.resolve(path.dirname(inside.find(isMegreImage)!)));
  const known = new Set(inside.map((name) => path.resolve(name)));
  return [...inside, ...above.filter((name) => !known.has(name))].map(absolute);
}

/** Absolute names, so that folders above the given one are recognised as such. */
function absolute(name: string): NamedSource {
  return { ...fileSource(path.resolve(name)), name: path.resolve(name).replaceAll(path.sep, '/') };
}

/** The files of one acquisition: equal but for echo and part. */
function echoesBeside(image: string, names: readonly string[]): string[] {
  const stem = (name: string): string =>
    path
      .basename(name)
      .replace(/\..*$/, '')
      .replaceAll(/_(echo|part)-[0-9A-Za-z]+/g, '');
  const folder = path.resolve(path.dirname(image));
  return names.filter(
    (name) =>
      isMegreSidecar(name) ||
      (isMegreImage(name) &&
        path.resolve(path.dirname(name)) === folder &&
        stem(name) === stem(image)),
  );
}

/** Sidecars that an image inherits from the folders above it, up to the root of the data set. */
async function sidecarsAbove(folder: string): Promise<string[]> {
  const found: string[] = [];
  let current = folder;
  // subject / session / anat: the root of a BIDS data set is at most three folders up.
  for (let level = 0; level < 3; level++) {
    const parent = path.dirname(current);
    if (parent === current || !/^(anat|ses-|sub-)/.test(path.basename(current))) break;
    current = parent;
    found.push(...(await sidecarsIn(current)));
  }
  return found;
}

async function sidecarsIn(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  return names.filter(isMegreSidecar).map((name) => path.join(folder, name));
}
