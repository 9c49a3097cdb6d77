import { gridOf, InvalidArgumentError, type TaskPool } from '@steatosis/core';
import type { ComplexMultiEcho } from '../../multi-echo/multi-echo.js';
import { EchoSource } from '../echo-source.js';
import { findField } from '../field-map.js';
import type { ModelParameters } from '../signal-model.js';
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
import { significantKinds } from './significance.js';
import { coordinatesOf, drawSample, type Excerpt, excerptOf } from './voxel-sample.js';

/** What was found in the echoes and taken out of them. */
export interface CalibrationReport {
  /** Kinds of errors that were taken out: those that noise alone would hardly make. */
  kinds: ErrorKind[];
  /** The errors that were taken out; 0 for the other kinds. */
  applied: AcquisitionErrors;
  /** Their standard deviations for the noise in the residuals. */
  sd: AcquisitionErrors;
  /** Field maps that were made until the errors stayed the same. */
  rounds: number;
  /** Whether the errors had settled when the rounds ended. */
  settled: boolean;
  /** Voxels from which the errors were found. */
  sampleVoxels: number;
  /** Median over these of the root mean square residual per echo, in units of the echoes, at first … */
  residualBefore: number;
  /** … and with the errors taken out. */
  residualAfter: number;
}

/** What {@link findErrors} needs to know. */
export interface ErrorSearch {
  multiEcho: ComplexMultiEcho;
  precession: 1 | -1;
  /** Grid indices of the voxels to separate, ascending. */
  voxels: Int32Array;
  model: ModelParameters;
  periodHz: number;
  smoothness: number;
  /** Field of each voxel in Hz where it is known; otherwise it is mapped, anew in each round. */
  fieldHz: Float32Array | undefined;
  signal: AbortSignal | undefined;
}

/** With fewer echoes, alternation and first echo cannot be told from field, phase and decay. */
const FEWEST_ECHOES = 4;

/** Fewer voxels hold too little beside their own unknowns. */
const FEWEST_VOXELS = 12;

/** Voxels of a fit: with these, noise of SNR 40 moves the phases by 0.001 rad or less. */
const SAMPLE_VOXELS = 3000;

/** Errors that change by less than this (rad, or share of the signal) do not change the field chosen. */
const SETTLED = 0.01;

const MOST_ROUNDS = 8;
const MOST_STEPS = 20;

/**
 * Find the acquisition errors from the echoes themselves: map the field, fit the errors to a sample of voxels,
 * take them out, and again until they stay the same, so that voxels which the errors had swapped at
 * first come right and take part.
 *
 * @returns corrections, undefined where nothing was found, and what they are
 * @throws InvalidArgumentError for fewer than 4 echoes or fewer than 12 voxels
 */
export async function findErrors(
  pool: TaskPool<DixonTasks>,
  search: ErrorSearch,
): Promise<{ corrections: EchoCorrections | undefined; report: CalibrationReport }> {
  requireEnough(search);
  const { multiEcho, model, signal } = search;
  const { size } = gridOf(multiEcho.real);
  const excerpt = excerptOf(multiEcho, search.voxels, FEWEST_VOXELS);
  const chosen = drawSample(excerpt.voxels.length, SAMPLE_VOXELS);
  const voxels = chosen.map((i) => excerpt.voxels[i]);
  const measured = {
    echoes: new EchoSource(excerpt.multiEcho, search.precession).gather(voxels, 0, voxels.length),
    coordinates: coordinatesOf(chosen.map((i) => search.voxels[excerpt.places[i]]), size),
  };
  const fit = (
    start: Pick<VoxelSample, 'fieldHz' | 'r2starPerSecond'>,
    terms: Float64Array,
    kinds: readonly number[],
  ): Promise<ErrorFit> => {
    const input = { model, sample: { ...measured, ...start }, terms, kinds, mostSteps: MOST_STEPS };
    return pool.run('fitErrors', input, { signal });
  };

  let terms: Float64Array = new Float64Array(TERMS.length);
  let rounds = 0;
  let change = Number.POSITIVE_INFINITY;
  let residualBefore = 0;
  for (;;) {
    const corrections = new EchoCorrections(errorsOf(terms), size, excerpt.strides);
    const start = await startOf(pool, search, { excerpt, chosen, voxels, corrections });
    const found = await fit(start, terms, [0, 1, 2]);
    change = found.terms.reduce((most, term, i) => Math.max(most, Math.abs(term - terms[i])), 0);
    terms = found.terms;
    if (rounds++ === 0) residualBefore = found.residualBefore;
    if (change > SETTLED && rounds < MOST_ROUNDS) continue;
    const kinds = significantKinds(found);
    const kept = terms.map((term, i) => (kinds.includes(TERMS[i].kind) ? term : 0));
    const last = kinds.length === ERROR_KINDS.length ? found : await fit(start, kept, kinds);
    const applied = errorsOf(last.terms);
    return {
      corrections: kinds.length > 0 ? new EchoCorrections(applied, size) : undefined,
      report: {
        kinds: kinds.map((kind) => ERROR_KINDS[kind]),
        applied,
        sd: errorsOf(TERMS.map((_, i) => Math.sqrt(last.covariance[i * (TERMS.length + 1)]))),
        rounds,
        settled: change <= SETTLED,
        sampleVoxels: voxels.length,
        residualBefore,
        residualAfter: last.residualAfter,
      },
    };
  }
}

function requireEnough({ multiEcho, voxels }: ErrorSearch): void {
  const echoes = multiEcho.echoTimesMs.length;
  if (echoes < FEWEST_ECHOES) {
    throw new InvalidArgumentError(
      'calibrate',
      true,
      `${FEWEST_ECHOES} echoes or more to calibrate with; there are ${echoes}: leave the option out`,
    );
  }
  if (voxels.length < FEWEST_VOXELS) {
    throw new InvalidArgumentError(
      'calibrate',
      true,
      `${FEWEST_VOXELS} voxels or more to calibrate with; there are ${voxels.length} in the mask`,
    );
  }
}

/** Field and decay from which each voxel of the sample starts, with the errors found so far taken out. */
async function startOf(
  pool: TaskPool<DixonTasks>,
  { model, periodHz, smoothness, precession, fieldHz, signal }: ErrorSearch,
  sample: {
    excerpt: Excerpt;
    chosen: Int32Array;
    voxels: Int32Array;
    corrections: EchoCorrections;
  },
): Promise<Pick<VoxelSample, 'fieldHz' | 'r2starPerSecond'>> {
  const { excerpt, chosen, voxels } = sample;
  const echoes = new EchoSource(excerpt.multiEcho, precession, sample.corrections);
  let start: { fieldHz: Float32Array; r2starPerSecond: Float32Array | undefined };
  if (fieldHz) {
    const given = Float32Array.from(chosen, (i) => fieldHz[excerpt.places[i]]);
    start = { fieldHz: given, r2starPerSecond: undefined };
  } else {
    const found = await findField(pool, echoes, excerpt.voxels, {
      model,
      periodHz,
      smoothness,
      spacing: excerpt.multiEcho.real.spacing,
      signal,
      onVoxels: () => {},
    });
    start = {
      fieldHz: Float32Array.from(chosen, (i) => found.fieldHz[i]),
      r2starPerSecond: found.r2starPerSecond && Float32Array.from(chosen, (i) => found.r2starPerSecond![i]),
    };
  }
  const input = { model, echoes: echoes.gather(voxels, 0, voxels.length), ...start, commonPhase: true };
  return pool.run('estimate', input, { signal });
}
