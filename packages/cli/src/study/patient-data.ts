import type { MapOutline } from '../report/maps.js';
import type { PdffSource } from './patient-images.js';

/** What the study keeps of a patient once its images have been read. */
export interface PatientData {
  id: string;
  /** Couinaud segments of the ROIs, in the order of the rows: `seg2` … `seg8`. */
  segments: string[];
  /** Variants of each ROI, the original first. */
  copies: number;
  /** `ROIs × copies × features`. */
  features: Float64Array;
  /** `ROIs × copies × channels × edge × edge`: what the DenseNet is shown. */
  patches: Float32Array;
  channels: number;
  /** `ROIs × copies`: mean PDFF of the patch in percent. */
  meanPdffPercent: Float64Array;
  pdffSource: PdffSource;
  preview: SlicePreview;
}

/** The slices that hold ROIs, kept small: for the report only. */
export interface SlicePreview {
  width: number;
  height: number;
  voxelAspect: number;
  /** What `magnitude` shows: the first echo, or what stands in for it. */
  magnitudeTitle: string;
  /** The slice with most ROIs, 255 being its 99th percentile. */
  magnitude: Uint8Array;
  /** Index of that slice among `slices`. */
  magnitudeSlice: number;
  /** From the lowest slice to the highest. */
  slices: {
    /** Number of the slice in the volume, from 0. */
    index: number;
    /** PDFF in steps of 0.2 % from 0 %, {@link AIR} outside the body as far as that is known. */
    pdff: Uint8Array;
    outlines: MapOutline[];
  }[];
}

export const PREVIEW_STEP_PERCENT = 0.2;
export const AIR = 255;
