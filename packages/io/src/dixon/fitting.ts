import { denseData, type TaskPool, type Volume } from '@steatosis/core';
import type { ComplexMultiEcho, MagnitudeMultiEcho } from '../multi-echo/multi-echo.js';
import type { EchoCorrections } from './calibration/echo-corrections.js';
import { type CalibrationReport, findErrors } from './calibration/find-errors.js';
import { EchoSource } from './echo-source.js';
import { UnusableEchoesError } from './errors.js';
import { type FieldStart, findField } from './field-map.js';
import { searchMagnitude } from './magnitude-search.js';
import { MagnitudeSource, magnitudesOf } from './magnitude-source.js';
import type { MapArrays } from './map-writer.js';
import type { ResolvedOptions, SeparationFit } from './options.js';
import type { SeparationReport } from './report.js';
import { noiseOfBackground } from './rician-background.js';
import { createSignalModel, type ModelParameters } from './signal-model.js';
import type { VoxelEstimates } from './voxel-estimates.js';
import type { DixonTasks } from './voxel-runs.js';
import { type SeparationWarning, swapWarning } from './warning-messages.js';
import { findWarnings } from './warnings.js';

/** How the voxels of one acquisition are fitted, with all that had to be found before. */
export interface Fitting {
  fieldMap: SeparationReport['fieldMap'];
  /** Period of the field map in Hz; `undefined` where the fit finds no field. */
  periodHz: number | undefined;
  /** Real samples of a voxel less its real unknowns. */
  degrees: number;
  noiseFloor: SeparationReport['noiseFloor'];
  calibration: CalibrationReport | null;
  /** 1 for voxels whose field is doubtful; absent where none was searched. */
  swapSuspect: Uint8Array | undefined;
  /** Fit the voxels from position `from` of the list to `to − 1`. */
  estimate(from: number, to: number, signal: AbortSignal): Promise<VoxelEstimates>;
  /** What the residuals of the finished maps hold against the settings. */
  warnings(maps: MapArrays): Promise<SeparationWarning[]>;
}

/** What a fit works on. */
export interface FittingJob {
  pool: TaskPool<DixonTasks>;
  model: ModelParameters;
  settings: ResolvedOptions;
  voxels: Int32Array;
  /** Call for each run of voxels whose field, or side of equal water and fat, was looked for. */
  onField: (count: number) => void;
}

/** Acquisition errors that touch each fit, as indices of `ERROR_KINDS`. */
const WARNED_KINDS: Readonly<Record<SeparationFit, readonly number[]>> = {
  complex: [0, 1, 2],
  mixed: [0, 2],
  magnitude: [],
};

/** A warning is due where more than this share of the voxels may be swapped. */
const MANY_SUSPECTS = 0.05;

/** Unknowns of the fit of magnitudes: water, fat and R2*. */
const MAGNITUDE_UNKNOWNS = 3;

/**
 * Fit magnitudes of which no phase is known.
 *
 * @param rms root mean square of every voxel of the grid over the echoes
 */
export async function magnitudeFitting(
  job: FittingJob,
  { magnitude }: MagnitudeMultiEcho,
  rms: Float32Array,
): Promise<Fitting> {
  const { pool, model, settings, voxels } = job;
  const { signal, smoothness } = settings;
  createSignalModel(model);
  const source = new MagnitudeSource(magnitude);
  const echoes = model.echoTimesMs.length;
  const degrees = echoes - MAGNITUDE_UNKNOWNS;
  const noiseFloor = noiseFloorOf(settings, rms, echoes);
  const noiseFloorSd = noiseFloor?.sd ?? 0;
  const { starts, overruled } = await searchMagnitude({
    pool,
    model,
    source,
    voxels,
    degrees,
    noiseFloorSd,
    smoothness,
    signal,
    size: source.size,
    spacing: magnitude.spacing,
    knownNoiseSd: settings.noiseSd ?? noiseFloor?.sd,
    onVoxels: job.onField,
  });
  return {
    fieldMap: { source: 'none', smoothness, overruled },
    periodHz: undefined,
    degrees,
    noiseFloor,
    calibration: null,
    swapSuspect: undefined,
    warnings: () => Promise.resolve([]),
    estimate: (from, to, stop) => {
      const magnitudes = source.gather(voxels, from, to);
      const part = {
        water: starts.water.slice(from, to),
        fat: starts.fat.slice(from, to),
        r2starPerSecond: starts.r2starPerSecond.slice(from, to),
      };
      const input = { model, magnitudes, noiseFloorSd, starts: part };
      return pool.run('estimateMagnitude', input, { signal: stop });
    },
  };
}

function noiseFloorOf(
  { noiseFloor, noiseSd }: ResolvedOptions,
  rms: Float32Array,
  echoes: number,
): SeparationReport['noiseFloor'] {
  if (!noiseFloor) return null;
  if (noiseSd !== undefined) return { sd: noiseSd, source: 'given' };
  const sd = noiseOfBackground(rms, echoes);
  return sd === undefined ? null : { sd, source: 'background' };
}

/**
 * Fit complex echoes: all of them, all but the phase of the first echo, or the magnitudes next to the
 * solution with phases, which alone tells reliably whether there is more water or more fat.
 *
 * @param rms root mean square of every voxel of the grid over the echoes
 */
export async function complexFitting(
  job: FittingJob,
  multiEcho: ComplexMultiEcho,
  rms: Float32Array,
): Promise<Fitting> {
  const { pool, model, settings, voxels } = job;
  const { commonPhase, fit, precession } = settings;
  const echoes = model.echoTimesMs.length;
  const given = settings.initialFieldMapHz && givenField(settings.initialFieldMapHz, voxels);
  const calibration = settings.calibrate
    ? await findErrors(pool, { ...settings, multiEcho, voxels, model, fieldHz: given?.fieldHz })
    : undefined;
  const corrections = calibration?.corrections;
  const source = new EchoSource(multiEcho, precession, corrections);
  const { start, periodHz } = await startOf(job, multiEcho, { source, corrections, given });
  const inputOf = <Echoes>(from: number, to: number, echoes: Echoes) => ({
    model,
    echoes,
    fieldHz: start.fieldHz.slice(from, to),
    r2starPerSecond: start.r2starPerSecond?.slice(from, to),
    commonPhase,
  });
  const noiseFloor = fit === 'magnitude' ? noiseFloorOf(settings, rms, echoes) : null;
  const common = {
    fieldMap: start.report,
    periodHz,
    noiseFloor,
    calibration: calibration?.report ?? null,
    swapSuspect: start.suspect,
    warnings: async (maps: MapArrays) => {
      const found = await findWarnings(pool, {
        ...maps,
        model,
        echoes: source,
        uncorrected: corrections && new EchoSource(multiEcho, precession),
        calibration: calibration?.report,
        voxels,
        kinds: WARNED_KINDS[fit],
        signal: settings.signal,
      });
      // A wrong sign or errors of the echoes make voxels suspect, and are the better advice.
      return found.length > 0 ? found : swapWarnings(start.suspect);
    },
  };
  if (fit === 'magnitude') {
    return {
      ...common,
      degrees: echoes - MAGNITUDE_UNKNOWNS,
      estimate: async (from, to, signal) => {
        const input = inputOf(from, to, source.gather(voxels, from, to));
        const magnitudes = magnitudesOf(input.echoes);
        const { fieldHz, water, fat, r2starPerSecond } = await pool.run('estimate', input, {
          signal,
        });
        const starts = { water, fat, r2starPerSecond };
        const found = await pool.run(
          'estimateMagnitude',
          { model, magnitudes, noiseFloorSd: noiseFloor?.sd ?? 0, starts },
          { signal },
        );
        return { ...found, fieldHz };
      },
    };
  }
  const elsewhere = pool.size > 0;
  return {
    ...common,
    degrees: 2 * echoes - (fit === 'mixed' ? 1 : 0) - (commonPhase ? 5 : 6),
    estimate: (from, to, signal) =>
      fit === 'mixed'
        ? pool.run('estimateMixed', inputOf(from, to, source.gather(voxels, from, to)), { signal })
        : pool.run('estimate', inputOf(from, to, source.run(voxels, from, to, elsewhere)), {
            signal,
          }),
  };
}

/** A warning where many voxels may be swapped. */
function swapWarnings(suspect: Uint8Array | undefined): SeparationWarning[] {
  if (suspect === undefined) return [];
  const voxels = suspect.reduce((sum, flag) => sum + flag, 0);
  return voxels > MANY_SUSPECTS * suspect.length ? [swapWarning(voxels, suspect.length)] : [];
}

/** The field to start from, given or found, and its period. */
async function startOf(
  { pool, model, settings, voxels, onField }: FittingJob,
  multiEcho: ComplexMultiEcho,
  known: {
    source: EchoSource;
    corrections: EchoCorrections | undefined;
    given: FieldStart | undefined;
  },
): Promise<{ start: FieldStart; periodHz: number }> {
  const { fit, precession, signal, smoothness } = settings;
  const mixed = fit === 'mixed';
  // A first echo of the wrong phase would mislead the search, and says nothing of the field without it.
  const fieldModel = mixed ? { ...model, echoTimesMs: model.echoTimesMs.slice(1) } : model;
  const { periodHz } = createSignalModel(fieldModel);
  if (known.given) return { start: known.given, periodHz };
  const echoes = mixed
    ? new EchoSource(withoutFirst(multiEcho), precession, known.corrections?.withoutFirst())
    : known.source;
  const start = await findField(pool, echoes, voxels, {
    model: fieldModel,
    periodHz,
    smoothness,
    spacing: multiEcho.real.spacing,
    signal,
    onVoxels: onField,
  });
  return { start, periodHz };
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
  return { fieldHz, r2starPerSecond: undefined, suspect: undefined, report: { source: 'given' } };
}
