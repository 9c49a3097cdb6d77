import { createVolume } from '@steatosis/core';
import { componentOf, mapKindOf, type ScannerMapKind } from '../dicom/component.js';
import { framesOf } from '../dicom/enhanced-frames.js';
import type { DicomFile } from '../dicom/file.js';
import { type DicomImage, echoTimeOf, hasPixels, imageOf, storedValues } from '../dicom/image.js';
import { seriesFiles } from '../dicom/read-series.js';
import { lacksScaleSlope, signalScaling } from '../dicom/scaling.js';
import { stackOf } from '../dicom/stack.js';
import { repetitionsOf, scaledVolume } from '../dicom/volumes.js';
import { groupBy } from '../group-by.js';
import { kindOfDescription } from './by-name.js';
import { type FoundMap, MAP_NAMES } from './scanner-maps.js';

/** All maps among DICOM files: by Image Type or Frame Type, else by series description. */
export function mapsOfDicom(
  files: readonly DicomFile[],
  onWarning: (message: string) => void,
): FoundMap[] {
  return seriesFiles(files.filter(hasPixels)).flatMap(([, series]) =>
    mapsOfSeries(series.flatMap(framesOf), onWarning),
  );
}

function mapsOfSeries(
  files: readonly DicomFile[],
  onWarning: (message: string) => void,
): FoundMap[] {
  const typed = files.filter((file) => mapKindOf(file) !== undefined);
  const described = typed.length === 0 ? describedKind(files, onWarning) : undefined;
  const images = (described === undefined ? typed : files).map(imageOf);
  // In-phase images of several echo times are several images.
  const groups = groupBy(
    images,
    ({ map, echoTimeMs }) => `${described ?? map} ${echoTimeMs?.toFixed(3)}`,
  );
  return [...groups.values()].flatMap((group) =>
    repetitionsOf(group).map((repeated) =>
      mapOf(described ?? repeated[0].map!, repeated, onWarning),
    ),
  );
}

/** The map that a series is by its description, where it is one magnitude image and Image Type says nothing. */
function describedKind(
  files: readonly DicomFile[],
  onWarning: (message: string) => void,
): ScannerMapKind | undefined {
  const [first] = files;
  const kind = kindOfDescription(first.text('SeriesDescription') ?? '');
  if (kind === undefined || files.some((file) => componentOf(file) !== 'magnitude'))
    return undefined;
  if (new Set(files.map(echoTimeOf)).size > 1) return undefined;
  onWarning(
    `${first.source} and the images of its series are taken for ${MAP_NAMES[kind]} by the series description alone; their Image Type does not say.`,
  );
  return kind;
}

function mapOf(
  kind: ScannerMapKind,
  images: readonly DicomImage[],
  onWarning: (message: string) => void,
): FoundMap {
  // What the description names is scaled as what Image Type names.
  const stack = stackOf(images.map((image) => ({ ...image, component: 'derived', map: kind })));
  const [{ file }] = stack.slots[0];
  const signal = kind === 'water' || kind === 'fat';
  const unscaled = stack.slots[0].find(lacksScaleSlope);
  if (signal && unscaled !== undefined) {
    onWarning(
      `${unscaled.file.source}: the private scale slope (2005,100E) of Philips is missing, so water and fat may be scaled differently. Export the series with its private attributes.`,
    );
  }
  const shape = [stack.columns, stack.rows, stack.slots[0].length];
  const values = scaledVolume(stack, signalScaling);
  stack.slots[0].forEach((image, slice) => markPadding(image, values, slice));
  const type = file.text('RescaleType');
  const siemens = (file.text('Manufacturer') ?? '').toLowerCase().includes('siemens');
  return {
    kind,
    source: file.source,
    volume: createVolume(values, shape, stack.placement),
    // US is the standard's word for "unspecified".
    unit: type === undefined || type.toUpperCase() === 'US' ? undefined : type,
    tenths: siemens && (file.number('RescaleSlope') ?? 1) === 1,
  };
}

/**
 * Voxels of the padding value are no number. Only the lowest value of the signed type is taken for one: others,
 * 0 above all, are values of tissue as well.
 */
function markPadding(image: DicomImage, values: Float32Array, slice: number): void {
  const { file, rows, columns } = image;
  const lowest = -(2 ** ((file.number('BitsAllocated') ?? 16) - 1));
  if (file.number('PixelPaddingValue') !== lowest) return;
  storedValues(image).forEach((value: number, i: number) => {
    if (value === lowest) values[slice * rows * columns + i] = Number.NaN;
  });
}
