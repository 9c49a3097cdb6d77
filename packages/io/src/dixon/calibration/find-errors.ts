import { gridOf, InvalidArgumentError, type TaskPool, type Vector3 } from '@steatosis/core';
import type { ComplexMultiEcho } from '../../multi-echo/multi-echo.js';
import { EchoSource } from '../echo-source.js';
import { findField } from '../field-map.js';
import { createSignalModel, type ModelParameters } from '../signal-model.js';
import type { DixonTasks } from '../voxel-runs.js';
import {
  type AcquisitionErrors,
  ERROR_KINDS,
  type ErrorKind,
  errorsOf,
  TERMS,
} from './acquisition-errors.js';
import { EchoCorrections } from './echo-corrections.js';
import type { ErrorFit, VoxelSample } from './error-fit.js';
import { guessErrors } from './first-guess.js';
import { significantKinds } from './significance.js';
import { drawSample, type Excerpt, excerptOf, pickRecords } from './voxel-sample.js';

/** What was found in the echoes and taken out of them. */
export interface CalibrationReport {
  /** Kinds of errors that were taken out: those that noise alone would hardly make. */
  kinds: ErrorKind[];
  /** The errors that were taken out; 0 for the other kinds. */
  applied: AcquisitionErrors;
  /** Standard deviations of their amounts for the noise in the residuals. */
  sd: AcquisitionErrors;
  /** Field maps that were made until the errors stayed the same; 0 where the field was given. */
  rounds: number;
  /** Whether the errors had settled when the rounds ended. */
  settled: boolean;
  /** Voxels from which the errors were found. */
  sampleVoxels: number;
  /**
   * Median over these of the root mean square residual per echo, in units of the echoes, next to the same field but with
   * the errors left in …
   */
  residualBefore: number;
  /** … and with them taken out. */
  residualAfter: number;
}

/** What {@link findErrors} needs to know. */
export interface ErrorSearch {
  multiEcho: ComplexMultiEcho;
  precession: 1 | -1;
  /** Grid indices of the voxels to separate, ascending. */
  voxels: Int32Array;
  model: ModelParameters;
  smoothness: number;
  /** Field of each voxel in Hz where it is known; otherwise it is mapped, anew in each round. */
  fieldHz: Float32Array | undefined;
  signal?: AbortSignal | undefined;
}

/** Corrections, undefined where nothing was found, and what they are. */
export interface Calibration {
  corrections: EchoCorrections | undefined;
  report: CalibrationReport;
}

/** Fewer voxels hold too little beside their own unknowns. */
const FEWEST_VOXELS = 12;

/** Voxels of a fit: with these, noise of SNR 40 moves the phases by 0.001 rad or less. */
const SAMPLE_VOXELS = 3000;

/** Errors that change by less than this (rad, or share of the signal) do not change the field chosen. */
const SETTLED = 0.01;

/** Errors settle in one to three rounds, if they do. */
const MOST_ROUNDS = 5;
const MOST_STEPS = 20;

/**
 * Find the acquisition errors from the echoes themselves: guess them, map the field without them, fit them to a
 * sample of voxels, and again until they stay the same, so that voxels which the errors had swapped
 * come right and take part.
 *
 * @throws InvalidArgumentError for fewer than 12 voxels
 */
export async function findErrors(
  pool: TaskPool<DixonTasks>,
  search: ErrorSearch,
): Promise<Calibration> {
  const { multiEcho, model, voxels, signal } = search;
  if (voxels.length < FEWEST_VOXELS) {
    throw new InvalidArgumentError(
      'calibrate',
      true,
      `${FEWEST_VOXELS} voxels or more to calibrate with; there are ${voxels.length} in the mask`,
    );
  }
  const excerpt = excerptOf(multiEcho, voxels, FEWEST_VOXELS);
  const source = new EchoSource(excerpt.multiEcho, search.precession);
  const all = source.gather(excerpt.voxels, 0, excerpt.voxels.length);
  const chosen = drawSample(excerpt.voxels.length, SAMPLE_VOXELS);
  const echoes = pickRecords(all, chosen, 2 * source.echoes);
  const coordinates = pickRecords(excerpt.coordinates, chosen, 3);
  const fit = (start: Start, terms: Float64Array, kinds: readonly number[]): Promise<ErrorFit> => {
    const sample = { echoes, coordinates, ...start };
    return pool.run(
      'fitErrors',
      { model, sample, terms, kinds, mostSteps: MOST_STEPS },
      { signal },
    );
  };

  const { size } = gridOf(multiEcho.real);
  let terms = firstTerms(search, excerpt, all);
  for (let rounds = 1; ; rounds++) {
    const corrections = new EchoCorrections(errorsOf(terms), size, excerpt.strides);
    const start = await startOf(pool, search, { excerpt, chosen, corrections });
    const found = await fit(start, terms, [0, 1, 2]);
    const settled = found.terms.every((term, i) => Math.abs(term - terms[i]) <= SETTLED);
    terms = found.terms;
    if (!settled && rounds < MOST_ROUNDS) continue;
    const kinds = significantKinds(found);
    const last =
      kinds.length === ERROR_KINDS.length ? found : await fit(start, only(kinds, terms), kinds);
    const without = await pool.run(
      'estimate',
      { model, echoes, ...start, commonPhase: true },
      { signal },
    );
    const applied = errorsOf(last.terms);
    return {
      corrections: kinds.length > 0 ? new EchoCorrections(applied, size) : undefined,
      report: {
        kinds: kinds.map((kind) => ERROR_KINDS[kind]),
        applied,
        sd: errorsOf(TERMS.map((_, i) => Math.sqrt(last.covariance[i * (TERMS.length + 1)]))),
        rounds: search.fieldHz ? 0 : rounds,
        settled,
        sampleVoxels: chosen.length,
        residualBefore: medianResidual(without.residualSquares, source.echoes),
        residualAfter: last.residualAfter,
      },
    };
  }
}

/** Field and decay from which the voxels of a sample start. */
type Start = Pick<VoxelSample, 'fieldHz' | 'r2starPerSecond'>;

function firstTerms(search: ErrorSearch, excerpt: Excerpt, echoes: Float32Array): Float64Array {
  // Between uneven echoes the field does not cancel. A given field was found with the errors in the echoes: the
  // guess, which is right to a multiple of π/2 with half a period of the field, may not belong to it.
  const { periodHz } = createSignalModel(search.model);
  if (!Number.isFinite(periodHz) || search.fieldHz) return new Float64Array(TERMS.length);
  const { size } = gridOf(search.multiEcho.real);
  const steps = size.map((n, axis) => (2 * excerpt.strides[axis]) / Math.max(1, n - 1));
  return guessErrors({
    echoes,
    count: search.multiEcho.echoTimesMs.length,
    voxels: excerpt.voxels,
    size: gridOf(excerpt.multiEcho.real).size,
    coordinates: excerpt.coordinates,
    steps: steps as Vector3,
  });
}

/** The terms of some kinds; 0 for the others. */
function only(kinds: readonly number[], terms: Float64Array): Float64Array {
  return terms.map((term, i) => (kinds.includes(TERMS[i].kind) ? term : 0));
}

/** Where each voxel of the sample starts when the errors found so far are taken out. */
async function startOf(
  pool: TaskPool<DixonTasks>,
  { model, smoothness, precession, fieldHz, signal }: ErrorSearch,
  {
    excerpt,
    chosen,
    corrections,
  }: { excerpt: Excerpt; chosen: Int32Array; corrections: EchoCorrections },
): Promise<Start> {
  const source = new EchoSource(excerpt.multiEcho, precession, corrections);
  const voxels = chosen.map((i) => excerpt.voxels[i]);
  const echoes = source.gather(voxels, 0, voxels.length);
  const estimateFrom = (field: Float32Array, decay?: Float32Array): Promise<Start> => {
    const start = { fieldHz: field, r2starPerSecond: decay };
    return pool.run('estimate', { model, echoes, ...start, commonPhase: true }, { signal });
  };
  if (fieldHz) return estimateFrom(Float32Array.from(chosen, (i) => fieldHz[excerpt.places[i]]));
  const found = await findField(pool, source, excerpt.voxels, {
    model,
    periodHz: createSignalModel(model).periodHz,
    smoothness,
    spacing: excerpt.multiEcho.real.spacing,
    signal,
    onVoxels: () => {},
  });
  const decay = found.r2starPerSecond;
  return estimateFrom(
    pickRecords(found.fieldHz, chosen, 1),
    decay && pickRecords(decay, chosen, 1),
  );
}

function medianResidual(squares: Float32Array, echoes: number): number {
  return Math.sqrt(squares.slice().sort()[Math.floor(squares.length / 2)] / echoes);
}
