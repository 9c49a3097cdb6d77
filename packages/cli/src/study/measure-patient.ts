import {
  type Box,
  createRandom,
  createVolume,
  denseData,
  SteatosisError,
  type Volume,
  volumeLike,
} from '@steatosis/core';
import {
  augmentPatch,
  type CohortCase,
  type ComplexMultiEcho,
  cropPatch,
  readCohort,
  type Roi,
  separateWaterFat,
  type WaterFatMaps,
} from '@steatosis/io/node';
import { extractFeatures, paperFeatures, planarFeatures } from '@steatosis/radiomics';
import ndarray from 'ndarray';
import type { NdArray } from 'ndarray';
import type { PatientData } from './patient-data.js';
import { previewOf } from './preview.js';
import type { StudySettings } from './settings.js';

/** A patient that cannot be measured; `cause` says what is wrong with the files. */
export class PatientError extends SteatosisError {
  readonly code = 'BAD_PATIENT';
  readonly participant: string;

  constructor(participant: string, problem: string, cause?: unknown) {
    super(`${participant}: ${problem}`, { cause });
    this.participant = participant;
  }
}

/** Which patient of which cohort to measure, and how. */
export interface MeasureInput {
  folder: string;
  id: string;
  seed: number;
  settings: StudySettings;
}

/** Read one patient, separate water and fat, cut and augment the ROIs, and compute their features. */
export async function measurePatient(
  input: MeasureInput,
): Promise<PatientData & { warnings: string[] }> {
  const warnings: string[] = [];
  try {
    const found = await findCase(input.folder, input.id, (warning) => warnings.push(warning));
    return { ...(await measure(found, input)), warnings };
  } catch (error) {
    if (error instanceof PatientError) throw error;
    throw new PatientError(input.id, error instanceof Error ? error.message : String(error), error);
  }
}

async function findCase(
  folder: string,
  id: string,
  onWarning: (message: string) => void,
): Promise<CohortCase> {
  for await (const candidate of readCohort(folder, { onWarning })) {
    if (candidate.id === id) return candidate;
  }
  throw new PatientError(id, `no longer stands in participants.tsv of ${folder}`);
}

async function measure(
  found: CohortCase,
  { id, seed, settings }: MeasureInput,
): Promise<PatientData> {
  const { copies, roiVoxels, densenetInput } = settings;
  const multiEcho = await found.readMultiEcho();
  const maps = await separateWaterFat(multiEcho);
  const echoes = multiEcho as ComplexMultiEcho;
  const rois = await found.readRois(maps.pdffPercent);
  const images = [maps.pdffPercent, featureImageOf(maps, echoes, settings)];
  const shownEchoes = densenetInput === 'pdff' ? undefined : echoes;
  const area = roiVoxels * roiVoxels;
  const channels = shownEchoes?.echoTimesMs.length ?? 1;
  const rows = rois.length * copies;
  const features = new Float64Array(rows * paperFeatures.length);
  const patches = new Float32Array(rows * channels * area);
  const meanPdffPercent = new Float64Array(rows);
  const mask = createVolume(
    new Uint8Array(area).fill(1),
    [roiVoxels, roiVoxels, 1],
    maps.pdffPercent,
  );
  const random = createRandom(seed).split('augment').split(id);
  rois.forEach((roi, r) => {
    const box = boxWithMargin(roi, maps.pdffPercent, id, settings);
    const stack = cutStack(images, shownEchoes, box, id);
    const variants = augmentPatch(stack, {
      seed: random.split(roi.segment).uint32(),
      copies: copies - 1,
      spacingMm: [maps.pdffPercent.spacing[0], maps.pdffPercent.spacing[1]],
      outputSize: [roiVoxels, roiVoxels],
    });
    variants.forEach((variant, copy) => {
      const row = r * copies + copy;
      const plane = (channel: number) =>
        variant.data.subarray(channel * area, (channel + 1) * area);
      meanPdffPercent[row] = mean(plane(0));
      const image = volumeLike(mask, plane(1).slice());
      features.set(
        featuresOf(image, mask, settings, `${id}, ${roi.segment}`),
        row * paperFeatures.length,
      );
      const shown = shownEchoes === undefined ? plane(0) : variant.data.subarray(2 * area);
      patches.set(shown, row * channels * area);
    });
  });
  return {
    id,
    segments: rois.map((roi) => roi.segment),
    copies,
    features,
    patches,
    channels,
    meanPdffPercent,
    preview: previewOf({ ...maps, magnitude: firstMagnitude(echoes) }, rois),
  };
}

/** The image of the features. */
function featureImageOf(
  maps: WaterFatMaps,
  echoes: ComplexMultiEcho,
  { featureImage }: StudySettings,
): Volume {
  if (featureImage === 'firstEcho') return firstMagnitude(echoes);
  return { pdff: maps.pdffPercent, water: maps.water, fat: maps.fat }[featureImage];
}

function firstMagnitude({ real, imaginary }: ComplexMultiEcho): Volume<Float32Array> {
  const [nx = 1, ny = 1, nz = 1] = real.data.shape;
  const re = denseData(real).subarray(0, nx * ny * nz);
  const im = denseData(imaginary);
  return volumeLike(
    real,
    re.map((value, i) => Math.hypot(value, im[i]!)),
  );
}

/** The ROI with the margin from which tissue moves in when it is shifted and turned. */
function boxWithMargin(
  { box, segment }: Roi,
  reference: Volume,
  id: string,
  { roiVoxels, marginVoxels }: StudySettings,
): Box {
  if (box.size[0] !== roiVoxels || box.size[1] !== roiVoxels || box.size[2] !== 1) {
    throw new PatientError(
      id,
      `the ROI ${segment} has ${box.size.join('×')} voxels; expected ${roiVoxels}×${roiVoxels}×1, axial. ` +
        'Redraw it, or resample the label map onto the grid of the echoes.',
    );
  }
  const size = roiVoxels + 2 * marginVoxels;
  const start = [box.start[0] - marginVoxels, box.start[1] - marginVoxels] as const;
  const [nx = 1, ny = 1] = reference.data.shape;
  if (start[0] < 0 || start[1] < 0 || start[0] + size > nx || start[1] + size > ny) {
    throw new PatientError(
      id,
      `the ROI ${segment} lies nearer than ${marginVoxels} voxels to the border of the image; ` +
        'augmentation needs that margin. Move the ROI inwards.',
    );
  }
  return { start: [start[0], start[1], box.start[2]], size: [size, size, 1] };
}

/** Patches of one box that move together: the images, then the magnitudes of the echoes if there are any. */
function cutStack(
  images: readonly Volume[],
  echoes: ComplexMultiEcho | undefined,
  box: Box,
  id: string,
): NdArray<Float32Array> {
  const cuts: ArrayLike<number>[] = images.map((image) => cropPatch(image, box).data);
  if (echoes !== undefined) {
    const imaginary = cropPatch(echoes.imaginary, box).data;
    cuts.push(cropPatch(echoes.real, box).data.map((re, i) => Math.hypot(re, imaginary[i]!)));
  }
  const data = Float32Array.from(cuts.flatMap((cut) => Array.from(cut)));
  if (!data.every((value) => Number.isFinite(value))) {
    throw new PatientError(id, 'an ROI holds values that are not finite; check the echoes');
  }
  const [width, height] = box.size;
  return ndarray(data, [data.length / (width * height), height, width]);
}

function featuresOf(
  image: Volume,
  mask: Volume,
  settings: StudySettings,
  where: string,
): Float64Array {
  const { binWidth, binCount } = settings;
  const found = extractFeatures(image, mask, {
    ...(binWidth === null ? { binCount: binCount! } : { binWidth }),
    featureClasses: [...paperFeatures],
  });
  const missing = planarFeatures.find((name) => !Number.isFinite(found[name]));
  if (missing !== undefined) {
    throw new PatientError(where, `the feature ${missing} is not defined; is the ROI flat?`);
  }
  return Float64Array.from(paperFeatures, (name) => found[name]!);
}

function mean(values: Float32Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
