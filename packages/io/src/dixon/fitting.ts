import { denseData, type TaskPool, type Volume } from '@steatosis/core';
import type { ComplexMultiEcho, MultiEcho } from '../multi-echo/multi-echo.js';
import { EchoSource } from './echo-source.js';
import { UnusableEchoesError } from './errors.js';
import { type FieldStart, findField } from './field-map.js';
import { MagnitudeSource } from './magnitude-source.js';
import type { ResolvedOptions } from './options.js';
import type { SeparationReport } from './report.js';
import { noiseOfBackground } from './rician-background.js';
import { createSignalModel, type ModelParameters } from './signal-model.js';
import type { VoxelEstimates } from './voxel-estimates.js';
import type { DixonTasks } from './voxel-runs.js';

/** How the voxels of one acquisition are fitted, with all that had to be found before. */
export interface Fitting {
  fieldMap: SeparationReport['fieldMap'];
  /** Period of the field map in Hz; `undefined` where the fit finds no field. */
  periodHz: number | undefined;
  /** Real samples of a voxel less its real unknowns. */
  degrees: number;
  noiseFloor: SeparationReport['noiseFloor'];
  /** Fit the voxels from position `from` of the list to `to − 1`. */
  estimate(from: number, to: number, signal: AbortSignal): Promise<VoxelEstimates>;
}

/** What a fit works on. */
export interface FittingJob {
  pool: TaskPool<DixonTasks>;
  model: ModelParameters;
  settings: ResolvedOptions;
  voxels: Int32Array;
  /** Call for each run of voxels whose field was looked for. */
  onField: (count: number) => void;
}

/** Unknowns of the fit of magnitudes: water, fat and R2*. */
const MAGNITUDE_UNKNOWNS = 3;

/**
 * Fit magnitudes.
 *
 * @param rms root mean square of every voxel of the grid over the echoes
 */
export function magnitudeFitting(
  { pool, model, settings, voxels }: FittingJob,
  multiEcho: MultiEcho,
  rms: Float32Array,
): Fitting {
  createSignalModel(model);
  const source = new MagnitudeSource(multiEcho);
  const echoes = model.echoTimesMs.length;
  const noiseFloor = settings.noiseFloor ? floorOf(settings.noiseSd, rms, echoes) : null;
  return {
    fieldMap: { source: 'none' },
    periodHz: undefined,
    degrees: echoes - MAGNITUDE_UNKNOWNS,
    noiseFloor,
    estimate: (from, to, signal) => {
      const magnitudes = source.gather(voxels, from, to);
      const input = { model, magnitudes, noiseFloorSd: noiseFloor?.sd ?? 0 };
      return pool.run('estimateMagnitude', input, { signal });
    },
  };
}

function floorOf(
  given: number | undefined,
  rms: Float32Array,
  echoes: number,
): SeparationReport['noiseFloor'] {
  if (given !== undefined) return { sd: given, source: 'given' };
  const sd = noiseOfBackground(rms, echoes);
  return sd === undefined ? null : { sd, source: 'background' };
}

/** Fit echoes with their phases, all of them or all but that of the first echo. */
export async function phaseFitting(
  { pool, model, settings, voxels, onField }: FittingJob,
  multiEcho: ComplexMultiEcho,
): Promise<Fitting> {
  const { commonPhase, initialFieldMapHz, precession, signal, smoothness } = settings;
  const mixed = settings.fit === 'mixed';
  const echoes = new EchoSource(multiEcho, precession);
  // A first echo of the wrong phase would mislead the search, and says nothing of the field without it.
  const fieldModel = mixed ? { ...model, echoTimesMs: model.echoTimesMs.slice(1) } : model;
  const fieldEchoes = mixed ? new EchoSource(withoutFirst(multiEcho), precession) : echoes;
  const { periodHz } = createSignalModel(fieldModel);
  const start = initialFieldMapHz
    ? givenField(initialFieldMapHz, voxels)
    : await findField(pool, fieldEchoes, voxels, {
        model: fieldModel,
        periodHz,
        smoothness,
        spacing: multiEcho.real.spacing,
        signal,
        onVoxels: onField,
      });
  const { fieldHz, r2starPerSecond } = start;
  const samples = 2 * model.echoTimesMs.length - (mixed ? 1 : 0);
  return {
    fieldMap: start.report,
    periodHz,
    degrees: samples - (commonPhase ? 5 : 6),
    noiseFloor: null,
    estimate: (from, to, stop) => {
      const input = {
        model,
        echoes: echoes.gather(voxels, from, to),
        fieldHz: fieldHz.slice(from, to),
        r2starPerSecond: r2starPerSecond?.slice(from, to),
        commonPhase,
      };
      return pool.run(mixed ? 'estimateMixed' : 'estimate', input, { signal: stop });
    },
  };
}

/** The echoes after the first: views. */
function withoutFirst(multiEcho: ComplexMultiEcho): ComplexMultiEcho {
  const after = (volume: Volume<Float32Array>): Volume<Float32Array> => ({
    ...volume,
    data: volume.data.lo(0, 0, 0, 1),
  });
  return {
    ...multiEcho,
    real: after(multiEcho.real),
    imaginary: after(multiEcho.imaginary),
    echoTimesMs: multiEcho.echoTimesMs.slice(1),
  };
}

/** Take the caller's field in the fitted voxels. */
function givenField(volume: Volume, voxels: Int32Array): FieldStart {
  const field = denseData(volume);
  const fieldHz = Float32Array.from(voxels, (at) => field[at]);
  const missing = fieldHz.reduce((sum, value) => sum + (Number.isFinite(value) ? 0 : 1), 0);
  if (missing > 0) {
    throw new UnusableEchoesError(
      `initialFieldMapHz is NaN or infinite in ${missing} of the ${voxels.length} voxels to fit; ` +
        'fill them or leave them out by a mask.',
    );
  }
  return { fieldHz, r2starPerSecond: undefined, report: { source: 'given' } };
}
