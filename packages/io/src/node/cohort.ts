import path from 'node:path';
import { type Box, denseData, throwIfAborted, type Volume, volumeLike } from '@steatosis/core';
import { SegmentationError } from '../errors.js';
import { mapsOf } from '../maps/read-maps.js';
import type { ScannerMaps } from '../maps/scanner-maps.js';
import type { MultiEcho } from '../multi-echo/multi-echo.js';
import { checkedOptions, type ReadOptions } from '../options.js';
import type { ClinicalRecord } from './clinical.js';
import { readParticipants } from './participants.js';
import { fileSource } from './files.js';
import { echoesOf, exists, foldersOf, kindOfImages, mapsOfPatient } from './patient-images.js';
import { readMaps, readMultiEcho, readSegmentation } from './read.js';

/** How {@link readCohort} reads. */
export interface ReadCohortOptions extends ReadOptions {
  /** Stops before the next patient; the iteration then throws an `AbortedError`. */
  signal?: AbortSignal | undefined;
}

/** One region of interest of a patient. */
export interface Roi {
  /** Couinaud segment: `seg2`, `seg3`, `seg4`, `seg6`, `seg7`, `seg8`. */
  segment: string;
  /** Value of its voxels in `mask`. */
  label: number;
  /** Label map `[x, y, z]` on the grid of the reference; shared by the ROIs of a patient. */
  mask: Volume;
  /** Smallest box that holds its voxels. */
  box: Box;
}

/** One patient of a study; images are read when they are asked for. */
export interface CohortCase {
  /** `sub-01` */
  id: string;
  clinical: ClinicalRecord;
  /**
   * What the patient has: echoes (three or more), from which maps are computed, or else maps that the scanner
   * or another program made.
   *
   * @throws NoImagesError when there is neither
   */
  imageKind(): Promise<'echoes' | 'maps'>;
  readMultiEcho(): Promise<MultiEcho>;
  /** @throws NoImagesError when there is no map */
  readMaps(): Promise<ScannerMaps>;
  /** @param reference image on whose grid the ROIs shall lie */
  readRois(reference: Volume): Promise<Roi[]>;
}

/** Values of the six ROIs in the study's label maps: Couinaud segments. */
const ROI_LABELS = [2, 3, 4, 6, 7, 8] as const;
const ROI_ENDINGS = ['seg.nrrd', 'nii.gz', 'mrk.json'] as const;

/**
 * The patients of a study laid out as BIDS, one after another, in the order of `participants.tsv`. Memory
 * holds what you keep, not the cohort.
 *
 * Echoes come from `sub-<id>/[ses-<…>/]anat/*_MEGRE.nii.gz`, or from DICOM files in `sourcedata/sub-<id>/`; maps
 * from NIfTI files in `sub-<id>/` or in `derivatives/<name>/sub-<id>/` (see `readMaps` for their names), or from the
 * same DICOM files. ROIs come from `derivatives/rois/sub-<id>/anat/sub-<id>_rois.seg.nrrd`, `.nii.gz` or `.mrk.json`, with the values
 * (or numbers at the end of the box names) 2, 3, 4, 6, 7, 8.
 *
 * @throws TableError when `participants.tsv` is broken, FileAccessError when it is absent
 * @example
 * ```ts no-run
 * import { readCohort, separateWaterFat } from '@steatosis/io/node';
 *
 * for await (const patient of readCohort('study/')) {
 *   const { pdffPercent } =
 *     (await patient.imageKind()) === 'echoes'
 *       ? await separateWaterFat(await patient.readMultiEcho())
 *       : await patient.readMaps();
 *   if (pdffPercent !== undefined) console.log(patient.id, (await patient.readRois(pdffPercent)).length);
 * }
 * ```
 */
export async function* readCohort(
  folder: string,
  options: ReadCohortOptions = {},
): AsyncGenerator<CohortCase> {
  const { signal, onWarning } = checkedOptions('readCohort', options, ['signal', 'onWarning']);
  throwIfAborted(signal);
  for (const { id, clinical } of await readParticipants(path.join(folder, 'participants.tsv'))) {
    throwIfAborted(signal);
    yield {
      id,
      clinical,
      imageKind: async () => {
        throwIfAborted(signal);
        return await kindOfImages(await foldersOf(folder, id));
      },
      readMultiEcho: async () => {
        throwIfAborted(signal);
        return await readMultiEcho(echoesOf(await foldersOf(folder, id)), { onWarning });
      },
      readMaps: async () => {
        throwIfAborted(signal);
        const folders = await foldersOf(folder, id);
        const source = mapsOfPatient(folders);
        if (typeof source === 'string') return await readMaps(source, { onWarning });
        return await mapsOf(source.map(fileSource), folders.subject, { onWarning });
      },
      readRois: async (reference) => {
        throwIfAborted(signal);
        return await roisOf(folder, id, reference, { onWarning });
      },
    };
  }
}

async function roisOf(
  folder: string,
  id: string,
  reference: Volume,
  options: ReadOptions,
): Promise<Roi[]> {
  const stem = path.join(folder, 'derivatives', 'rois', id, 'anat', `${id}_rois`);
  const present: string[] = [];
  for (const ending of ROI_ENDINGS) {
    if (await exists(`${stem}.${ending}`)) present.push(`${stem}.${ending}`);
  }
  if (present.length !== 1) {
    throw new SegmentationError(
      present.length === 0
        ? `${id} has no ROIs: none of ${stem}.{${ROI_ENDINGS.join(',')}} exists.`
        : `${id} has several files of ROIs: ${present.join(', ')}. Keep one.`,
      stem,
    );
  }
  const [source] = present;
  const { mask, segments } = await readSegmentation(source, reference, options);
  return ROI_LABELS.map((label) => {
    const segment = segments.find(({ value }) => value === label);
    const layer = layerOf(mask, segment?.layer ?? 0);
    const box = segment === undefined ? undefined : boxOfLabel(layer, label);
    if (box === undefined) {
      throw new SegmentationError(
        `${source} has no voxels with the value ${label} (segment seg${label}); it has ${segments.map(({ value, name }) => `${value} (${name})`).join(', ') || 'none'}.`,
        source,
      );
    }
    return { segment: `seg${label}`, label, mask: layer, box };
  });
}

/** One layer of a mask as `[x, y, z]`; nothing is copied. */
function layerOf(mask: Volume, layer: number): Volume {
  if (mask.data.shape.length === 3) return mask;
  const voxels = mask.data.shape.slice(0, 3).reduce((product, n) => product * n, 1);
  return volumeLike(mask, denseData(mask).subarray(layer * voxels, (layer + 1) * voxels));
}

/** The smallest box with all voxels of a value; `undefined` where there are none. */
function boxOfLabel(mask: Volume, label: number): Box | undefined {
  const [nx, ny, nz] = mask.data.shape;
  const data = denseData(mask);
  const low = [nx, ny, nz];
  const high = [-1, -1, -1];
  for (let z = 0, i = 0; z < nz; z++) {
    for (let y = 0; y < ny; y++) {
      for (let x = 0; x < nx; x++, i++) {
        if (data[i] !== label) continue;
        [x, y, z].forEach((v, axis) => {
          low[axis] = Math.min(low[axis], v);
          high[axis] = Math.max(high[axis], v);
        });
      }
    }
  }
  if (high[0] < 0) return undefined;
  return {
    start: [low[0], low[1], low[2]],
    size: [high[0] - low[0] + 1, high[1] - low[1] + 1, high[2] - low[2] + 1],
  };
}
