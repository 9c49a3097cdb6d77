import { gridOf, TaskPool, throwIfAborted, type Volume, volumeLike } from '@steatosis/core';
import type { ComplexMultiEcho, MultiEcho } from '../multi-echo/multi-echo.js';
import { checkEchoes, checkSamples, partsOf } from './check-echoes.js';
import { dixonTasks } from './dixon.tasks.js';
import source from './dixon.worker.ts?worker-source';
import { complexFitting, type Fitting, magnitudeFitting } from './fitting.js';
import { limitsOf } from './limits.js';
import { MapWriter } from './map-writer.js';
import { type MaskReport, selectVoxels } from './mask.js';
import { type ResolvedOptions, resolveOptions, type SeparateWaterFatOptions } from './options.js';
import type { SeparationReport } from './report.js';
import { rootMeanSquare } from './root-mean-square.js';
import { correctT1 } from './t1-correction.js';
import { type DixonTasks, forEachRun } from './voxel-runs.js';
import type { SeparationWarning } from './warning-messages.js';

/** Maps on the grid of the echoes, `[x, y, z]`; every map is 0 outside the mask. */
export interface WaterFatMaps {
  /** Water signal at echo time 0, in units of the echoes. */
  water: Volume<Float32Array>;
  /** Fat signal at echo time 0, in units of the echoes. */
  fat: Volume<Float32Array>;
  /** Proton density fat fraction in %, unclamped: noise may carry it below 0 or above 100. */
  pdffPercent: Volume<Float32Array>;
  /** R2* in 1/s; noise may carry it below 0. */
  r2starPerSecond: Volume<Float32Array>;
  /**
   * Deviation of the Larmor frequency of water in Hz, determined modulo 1/ΔTE and given within ± half
   * of that (next to the start where `initialFieldMapHz` was given).
   */
  fieldMapHz: Volume<Float32Array>;
  /** Root mean square over the echoes of what the model leaves, in units of the echoes. */
  residual: Volume<Float32Array>;
  /** Cramér–Rao SD of PDFF in %, for the noise found in the residuals of all voxels. */
  pdffSdPercent: Volume<Float32Array>;
  /** Cramér–Rao SD of R2* in 1/s, for the same noise. */
  r2starSdPerSecond: Volume<Float32Array>;
  /**
   * 1 where water and fat may be swapped: tissue that fits another field, one swap away, nearly as well as
   * the chosen one, or better. 0 elsewhere. Absent where no field was searched: with `initialFieldMapHz`
   * and for magnitudes without phases.
   */
  swapSuspect?: Volume<Uint8Array>;
  /** What was done, as plain data. */
  report: SeparationReport;
}

/** Maps that `optionalMaps: false` leaves out. */
type OptionalMap = 'pdffSdPercent' | 'r2starSdPerSecond' | 'swapSuspect';

/** {@link WaterFatMaps} of which those may be absent that `optionalMaps: false` leaves out. */
export type NecessaryMaps<Maps extends object> = Omit<Maps, OptionalMap> &
  Partial<Pick<WaterFatMaps, OptionalMap>>;

/** {@link WaterFatMaps} of echoes of which only magnitudes are known: they tell nothing of the field. */
export interface MagnitudeWaterFatMaps extends Omit<WaterFatMaps, 'fieldMapHz'> {
  fieldMapHz?: undefined;
}

/**
 * Separate water and fat: PDFF, R2* and field map from the echoes of a multi-echo gradient-echo scan.
 *
 * The single-R2*, multi-peak model is fitted to each voxel by maximum likelihood. Which of several
 * possible field values a voxel takes is decided by a smoothness prior over its neighbours in 3-D, so
 * that water and fat are not swapped; the fit itself is not smoothed. `docs/dixon.md` has the algorithm,
 * its formulas and the measured errors. Research software, not a medical device.
 *
 * Echoes of which only magnitudes are known are fitted without a field map; `report.limits` says what such
 * maps cannot tell.
 *
 * @param multiEcho echoes `[x, y, z, echo]`, complex or magnitudes, at least 3
 * @returns maps `[x, y, z]` and a report; the same bits for any number of workers
 * @throws PhaseMissingError when a fit with phases is asked for and there are only magnitudes
 * @throws UnusableEchoesError when echoes are too few, of the wrong shape, empty or not finite
 * @throws InvalidArgumentError for an unknown option, an impossible value or a part of the echoes that is missing
 * @throws GridMismatchError when real and imaginary part, mask or field map lie on another grid
 * @throws AbortedError when `signal` fires
 * @example
 * ```ts
 * import { createVolume } from '@steatosis/core';
 * import { separateWaterFat } from '@steatosis/io';
 *
 * // One voxel of water, 40 Hz off resonance, that decays with R2* = 30 /s.
 * const echoTimesMs = [1.15, 2.3, 3.45, 4.6, 5.75, 6.9];
 * const echoes = (wave: (angle: number) => number) => {
 *   const values = echoTimesMs.map((ms) => Math.exp(-0.03 * ms) * wave(2 * Math.PI * 0.04 * ms));
 *   return createVolume(Float32Array.from(values), [1, 1, 1, 6]);
 * };
 * const multiEcho = { real: echoes(Math.cos), imaginary: echoes(Math.sin), echoTimesMs, fieldStrengthT: 1.5 };
 *
 * const maps = await separateWaterFat(multiEcho);
 * console.log(maps.water.data.get(0, 0, 0).toFixed(3)); // 1.000
 * console.log(maps.r2starPerSecond.data.get(0, 0, 0).toFixed(2)); // 30.00
 * console.log(maps.fieldMapHz.data.get(0, 0, 0).toFixed(2)); // 40.00
 * ```
 */
export function separateWaterFat(
  multiEcho: ComplexMultiEcho,
  options?: SeparateWaterFatOptions & { optionalMaps?: true | undefined },
): Promise<WaterFatMaps>;
export function separateWaterFat(
  multiEcho: ComplexMultiEcho,
  options: SeparateWaterFatOptions,
): Promise<NecessaryMaps<WaterFatMaps>>;
export function separateWaterFat(
  multiEcho: MultiEcho,
  options?: SeparateWaterFatOptions & { optionalMaps?: true | undefined },
): Promise<WaterFatMaps | MagnitudeWaterFatMaps>;
export function separateWaterFat(
  multiEcho: MultiEcho,
  options: SeparateWaterFatOptions,
): Promise<NecessaryMaps<WaterFatMaps | MagnitudeWaterFatMaps>>;
export async function separateWaterFat(
  multiEcho: MultiEcho,
  options: SeparateWaterFatOptions = {},
): Promise<NecessaryMaps<WaterFatMaps | MagnitudeWaterFatMaps>> {
  checkEchoes(multiEcho);
  const settings = resolveOptions(options, multiEcho);
  throwIfAborted(settings.signal);
  const pool = new TaskPool({ tasks: dixonTasks(), code: source, workers: settings.workers });
  try {
    return await separate(multiEcho, options, settings, pool);
  } finally {
    pool.close();
  }
}

/** Mask, field map, refinement and maps, in this order. */
async function separate(
  multiEcho: MultiEcho,
  options: SeparateWaterFatOptions,
  settings: ResolvedOptions,
  pool: TaskPool<DixonTasks>,
): Promise<NecessaryMaps<WaterFatMaps | MagnitudeWaterFatMaps>> {
  const { echoTimesMs, fieldStrengthT } = multiEcho;
  const parts = Object.values(partsOf(multiEcho));
  const rms = rootMeanSquare(parts);
  const { voxels, report: mask } = selectVoxels(rms, settings.mask);
  checkSamples(multiEcho, rms, settings.mask !== undefined);
  const advance = progressOf(settings, voxels.length);
  const job = {
    pool,
    model: { echoTimesMs, fieldStrengthT, spectrum: settings.spectrum },
    settings,
    voxels,
    onField: (count: number) => advance(count, 'finding field candidates'),
  };
  const fitting =
    multiEcho.magnitude === undefined
      ? await complexFitting(job, multiEcho, rms)
      : await magnitudeFitting(job, multiEcho, rms);

  const wrapAt = fitting.fieldMap.source === 'given' ? Number.POSITIVE_INFINITY : fitting.periodHz;
  const writer = new MapWriter(rms.length, voxels, wrapAt, settings.optionalMaps);
  await forEachRun(
    pool,
    voxels.length,
    async (from, to, stop) => {
      const estimates = await fitting.estimate(from, to, stop);
      if (settings.t1Correction) correctT1(estimates, settings.t1Correction.fatGain);
      writer.write(from, estimates);
    },
    {
      signal: settings.signal,
      onRun: (count) => advance(count, 'fitting water, fat and R2*'),
    },
  );
  const known = settings.noiseSd ?? fitting.noiseFloor?.sd;
  const noiseSd = writer.finish(echoTimesMs.length, fitting.degrees, known);
  const warnings = await fitting.warnings(writer.maps);
  for (const { message } of warnings) settings.onWarning?.(message);
  const report = describe({
    multiEcho,
    options,
    settings,
    fitting,
    mask,
    writer,
    noiseSd,
    voxels,
    warnings,
  });
  const { swapSuspect } = fitting;
  return {
    ...asVolumes(writer, parts[0]),
    ...(settings.optionalMaps &&
      swapSuspect && { swapSuspect: flagVolume(swapSuspect, voxels, parts[0]) }),
    report,
  };
}

/** The flags of the voxels of the mask on the grid. */
function flagVolume(flags: Uint8Array, voxels: Int32Array, like: Volume): Volume<Uint8Array> {
  const { size } = gridOf(like);
  const data = new Uint8Array(size[0] * size[1] * size[2]);
  for (let i = 0; i < voxels.length; i++) data[voxels[i]] = flags[i];
  return volumeLike(like, data);
}

/** Progress in voxels: each is visited once for its candidates, if those are wanted, and once to fit it. */
function progressOf(
  { initialFieldMapHz, magnitudesOnly, onProgress }: ResolvedOptions,
  voxels: number,
): (count: number, message: string) => void {
  const total = initialFieldMapHz && !magnitudesOnly ? voxels : 2 * voxels;
  let done = 0;
  return (count, message) => {
    done += count;
    onProgress?.({ done, total, message });
  };
}

function asVolumes(
  { maps }: MapWriter,
  like: Volume,
): Omit<NecessaryMaps<WaterFatMaps | MagnitudeWaterFatMaps>, 'report'> {
  return {
    water: volumeLike(like, maps.water),
    fat: volumeLike(like, maps.fat),
    pdffPercent: volumeLike(like, maps.pdffPercent),
    r2starPerSecond: volumeLike(like, maps.r2starPerSecond),
    ...(maps.fieldMapHz && { fieldMapHz: volumeLike(like, maps.fieldMapHz) }),
    residual: volumeLike(like, maps.residual),
    ...(maps.sd && {
      pdffSdPercent: volumeLike(like, maps.sd.pdffPercent),
      r2starSdPerSecond: volumeLike(like, maps.sd.r2starPerSecond),
    }),
  };
}

function describe(facts: {
  multiEcho: MultiEcho;
  options: SeparateWaterFatOptions;
  settings: ResolvedOptions;
  fitting: Fitting;
  mask: MaskReport;
  writer: MapWriter;
  noiseSd: number;
  voxels: Int32Array;
  warnings: readonly SeparationWarning[];
}): SeparationReport {
  const { multiEcho, options, settings, fitting, noiseSd, writer, voxels } = facts;
  const { fit, magnitudesOnly } = settings;
  const { noiseFloor, periodHz } = fitting;
  const { size, spacing } = gridOf(multiEcho.real ?? multiEcho.magnitude);
  const total = size[0] * size[1] * size[2];
  return {
    model: `${fit} single-R2* multi-peak`,
    fit,
    spectrum: { name: settings.spectrumName, ...settings.spectrum },
    echoTimesMs: [...multiEcho.echoTimesMs],
    fieldStrengthT: multiEcho.fieldStrengthT,
    commonPhase: magnitudesOnly ? null : settings.commonPhase,
    precession: magnitudesOnly ? null : settings.precession,
    fieldMapPeriodHz: periodHz !== undefined && Number.isFinite(periodHz) ? periodHz : null,
    grid: { size, spacing },
    mask: facts.mask,
    voxels: {
      total,
      fitted: voxels.length,
      fittedFraction: voxels.length / total,
      notConverged: writer.notConverged,
      negativeR2star: writer.negativeR2star,
      pdffOutsideRange: writer.pdffOutsideRange,
    },
    fieldMap: fitting.fieldMap,
    noiseSd: Number.isNaN(noiseSd) ? null : noiseSd,
    noiseFloor,
    calibration: fitting.calibration,
    t1Correction: settings.t1Correction ?? null,
    warnings: facts.warnings,
    limits: limitsOf({
      settings,
      options,
      echoes: multiEcho.echoTimesMs.length,
      noiseFloor,
      noiseSd,
    }),
  };
}
