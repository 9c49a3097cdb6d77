import type { LongTaskOptions } from '@steatosis/core';
import type { DenseNetInput, FeatureImage } from './images.js';

/** What {@link runStudy} can be told. */
export interface StudyOptions extends Omit<LongTaskOptions, 'workers'> {
  /** Folder for `report.html`, `results.json`, the checkpoint and simulated data; default `study-output`. */
  output?: string;
  /** BIDS folder of a cohort; default: a cohort is simulated into `<output>/data`. */
  data?: string;
  /** Integer that every random number follows from; default 1. */
  seed?: number;
  /** Fewer patients, trees and epochs, for a first look in under a minute; default false. */
  quick?: boolean;
  /**
   * Worker threads, 0 … 64; default the number of cores but at most 2. The results are the same. 0 computes
   * on the calling thread, where `signal` takes effect between patients and models only.
   */
  workers?: number;
  /** Give each patient the grade of another one, at random: what is learned then is leakage; default false. */
  permuteLabels?: boolean;
  /** Grade from which on a patient is positive, 1 … 3; default 1. */
  positiveGrade?: number;
  /** Image of the features; default `pdff`, since the paper does not say which one it used. */
  featureImage?: FeatureImage;
  /** Width of a grey level in the unit of the feature image; default 1 (percent) for `pdff`, 32 bins otherwise. */
  binWidth?: number;
  /** What the DenseNet sees; default the magnitudes of the six echoes, `pdff` where a patient has none. */
  densenetInput?: DenseNetInput;
  /** Patients to simulate, 8 … 10 000; default 50, quick 22. Ignored with `data`. */
  patients?: number;
  /** Slices to simulate for a patient, 2 … 70; default 6, quick 2. Ignored with `data`. */
  slices?: number;
  /** Epochs of the DenseNet; default 8, quick 2. */
  epochs?: number;
  /** Leave DICOM UIDs in warnings and errors; default false. */
  keepIdentifiers?: boolean;
  /** Called with each line that a person should read at once: what is resumed, left out, started afresh. */
  onMessage?: (message: string) => void;
  /** Called with what the readers found odd in a patient's files. */
  onWarning?: (message: string) => void;
}
