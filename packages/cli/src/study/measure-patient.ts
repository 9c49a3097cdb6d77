import { type Box, createRandom, createVolume, type Volume, volumeLike } from '@steatosis/core';
import {
  augmentPatch,
  type CohortCase,
  cropPatch,
  type MultiEcho,
  readCohort,
  type Roi,
} from '@steatosis/io/node';
import { extractFeatures, paperFeatures, planarFeatures } from '@steatosis/radiomics';
import ndarray from 'ndarray';
import type { NdArray } from 'ndarray';
import type { PatientData } from './patient-data.js';
import { PatientError } from './patient-error.js';
import { firstMagnitude, type PatientImages, readPatientImages } from './patient-images.js';
import { previewOf } from './preview.js';
import type { StudySettings } from './settings.js';

/** Which patient of which cohort to measure, and how. */
export interface MeasureInput {
  folder: string;
  id: string;
  seed: number;
  settings: StudySettings;
}

/** Read one patient, separate water and fat (or take the scanner's maps), cut and augment the ROIs, and compute their features. */
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
  const { copies, roiVoxels } = settings;
  const measured = await readPatientImages(found);
  const { pdffPercent } = measured;
  const rois = await found.readRois(pdffPercent);
  const images = [pdffPercent, featureImageOf(measured, id, settings)];
  const shownEchoes = shownEchoesOf(measured, id, settings);
  const area = roiVoxels * roiVoxels;
  const channels = shownEchoes?.echoTimesMs.length ?? 1;
  const rows = rois.length * copies;
  const features = new Float64Array(rows * paperFeatures.length);
  const patches = new Float32Array(rows * channels * area);
  const meanPdffPercent = new Float64Array(rows);
  const mask = createVolume(new Uint8Array(area).fill(1), [roiVoxels, roiVoxels, 1], pdffPercent);
  const random = createRandom(seed).split('augment').split(id);
  rois.forEach((roi, r) => {
    const box = boxWithMargin(roi, pdffPercent, id, settings);
    const stack = cutStack(images, shownEchoes, box, id);
    const variants = augmentPatch(stack, {
      seed: random.split(roi.segment).uint32(),
      copies: copies - 1,
      spacingMm: [pdffPercent.spacing[0], pdffPercent.spacing[1]],
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
    pdffSource: measured.source,
    preview: previewOf(measured, rois),
  };
}

/** The image of the features. */
function featureImageOf(
  { pdffPercent, water, fat, echoes }: PatientImages,
  id: string,
  { featureImage }: StudySettings,
): Volume {
  const first = echoes === undefined ? undefined : firstMagnitude(echoes);
  const image = { pdff: pdffPercent, water, fat, firstEcho: first }[featureImage];
  if (image !== undefined) return image;
  throw new PatientError(
    id,
    `it has no image for --feature-image ${featureImage}: it has maps of the scanner, and this one is not among them`,
  );
}

/** The echoes that the DenseNet sees; `undefined` where it sees the PDFF map. */
function shownEchoesOf(
  { echoes }: PatientImages,
  id: string,
  { densenetInput }: StudySettings,
): MultiEcho | undefined {
  if (densenetInput === 'pdff') return undefined;
  if (echoes !== undefined) return echoes;
  throw new PatientError(
    id,
    'it has maps of the scanner and no echoes, whose magnitudes the DenseNet should see; use --densenet-input pdff',
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
  echoes: MultiEcho | undefined,
  box: Box,
  id: string,
): NdArray<Float32Array> {
  const cuts: ArrayLike<number>[] = images.map((image) => cropPatch(image, box).data);
  if (echoes?.magnitude !== undefined) cuts.push(cropPatch(echoes.magnitude, box).data);
  else if (echoes !== undefined) {
    const imaginary = cropPatch(echoes.imaginary, box).data;
    cuts.push(cropPatch(echoes.real, box).data.map((re, i) => Math.hypot(re, imaginary[i]!)));
  }
  const data = Float32Array.from(cuts.flatMap((cut) => Array.from(cut)));
  if (!data.every((value) => Number.isFinite(value))) {
    throw new PatientError(id, 'an ROI holds values that are not finite; check its images');
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
    throw new PatientError(
      where,
      `the feature ${missing} is not defined; is the ROI flat (in a map that was clipped, for example)?`,
    );
  }
  return Float64Array.from(paperFeatures, (name) => found[name]!);
}

function mean(values: Float32Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
