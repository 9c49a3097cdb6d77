import { InvalidArgumentError } from '@steatosis/core';
import {
  DENSENET_INPUTS,
  type DenseNetInput,
  FEATURE_IMAGES,
  type FeatureImage,
} from './images.js';
import type { StudyOptions } from './options.js';

/**
 * Everything that decides a study's numbers besides the seed. It is written into `results.json`, so
 * workers, folders and resuming stay out of it.
 */
export interface StudySettings {
  /** `simulated`, or `given` for a cohort from `--data`. */
  cohort: 'simulated' | 'given';
  /** Patients to simulate; null for a given cohort. */
  patients: number | null;
  /** Slices to simulate for a patient; null for a given cohort. */
  slices: number | null;
  quick: boolean;
  /** Grades at or above it are positive. */
  positiveGrade: number;
  /** Share of patients, ROIs or rows that is held out, stratified by class. */
  testShare: number;
  /** Variants of each ROI, the original included. */
  copies: number;
  /** Edge of an ROI in voxels. */
  roiVoxels: number;
  /** Voxels cut around the ROI on each side so that no filled corner enters a texture. */
  marginVoxels: number;
  featureImage: FeatureImage;
  /** Bin width in the unit of the feature image; null where `binCount` holds. */
  binWidth: number | null;
  /** Bins between the ROI's minimum and maximum; null where `binWidth` holds. */
  binCount: number | null;
  densenetInput: DenseNetInput;
  /** Probability above which a row is called positive. */
  threshold: number;
  models: {
    adaboost: { nEstimators: number; maxDepth: number; learningRate: number };
    gbdt: { nEstimators: number; maxDepth: number; learningRate: number };
    xgboost: { nEstimators: number; maxDepth: number; learningRate: number };
    densenet: {
      growthRate: number;
      blocks: number[];
      compression: number;
      epochs: number;
      batchSize: number;
      learningRate: number;
    };
  };
}

/** What `--quick` changes; everything else is the same. */
const DEFAULT_SIZE = { patients: 50, slices: 6, epochs: 8, trees: 100 };
const QUICK_SIZE = { patients: 22, slices: 2, epochs: 2, trees: 50 };

/** Resolve the options of a run to settings. @throws InvalidArgumentError for impossible values */
export function resolveSettings(options: StudyOptions = {}): StudySettings {
  const quick = options.quick ?? false;
  const size = quick ? QUICK_SIZE : DEFAULT_SIZE;
  const given = options.data !== undefined;
  const featureImage = oneOf('featureImage', options.featureImage ?? 'pdff', FEATURE_IMAGES);
  const densenetInput = oneOf(
    'densenetInput',
    options.densenetInput ?? 'magnitudes',
    DENSENET_INPUTS,
  );
  const binWidth = options.binWidth ?? (featureImage === 'pdff' ? 1 : null);
  if (binWidth !== null && !(binWidth > 0 && Number.isFinite(binWidth))) {
    throw new InvalidArgumentError('binWidth', binWidth, 'a number > 0, in the unit of the image');
  }
  return {
    cohort: given ? 'given' : 'simulated',
    patients: given ? null : integer('patients', options.patients ?? size.patients, 8, 10_000),
    slices: given ? null : integer('slices', options.slices ?? size.slices, 2, 70),
    quick,
    positiveGrade: integer('positiveGrade', options.positiveGrade ?? 1, 1, 3),
    testShare: 0.3,
    copies: 8,
    roiVoxels: 16,
    marginVoxels: 8,
    featureImage,
    binWidth,
    binCount: binWidth === null ? 32 : null,
    densenetInput,
    threshold: 0.5,
    models: {
      adaboost: { nEstimators: 50, maxDepth: 1, learningRate: 1 },
      gbdt: { nEstimators: size.trees, maxDepth: 3, learningRate: 0.1 },
      xgboost: { nEstimators: size.trees, maxDepth: 6, learningRate: 0.3 },
      densenet: {
        growthRate: 8,
        blocks: [3, 3, 3],
        compression: 0.5,
        epochs: integer('epochs', options.epochs ?? size.epochs, 1, 10_000),
        batchSize: 32,
        learningRate: 0.001,
      },
    },
  };
}

/** @throws InvalidArgumentError unless `value` is an integer in the range */
export function integer(name: string, value: number, least: number, most: number): number {
  if (!Number.isInteger(value) || value < least || value > most) {
    throw new InvalidArgumentError(name, value, `an integer ${least} … ${most}`);
  }
  return value;
}

function oneOf<T extends string>(name: string, value: string, allowed: readonly T[]): T {
  if (!(allowed as readonly string[]).includes(value)) {
    throw new InvalidArgumentError(name, value, `one of ${allowed.join(', ')}`);
  }
  return value as T;
}
