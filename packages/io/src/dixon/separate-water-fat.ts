import {
  denseData,
  gridOf,
  TaskPool,
  throwIfAborted,
  type Volume,
  volumeLike,
} from '@steatosis/core';
import type { ComplexMultiEcho, MultiEcho } from '../multi-echo/multi-echo.js';
import { dixonTasks } from './dixon.tasks.js';
import source from './dixon.worker.ts?worker-source';
import { EchoSource, requireComplexEchoes } from './echo-source.js';
import { UnusableEchoesError } from './errors.js';
import { type FieldStart, findField } from './field-map.js';
import { MapWriter } from './map-writer.js';
import { type MaskReport, selectVoxels } from './mask.js';
import { type ResolvedOptions, resolveOptions, type SeparateWaterFatOptions } from './options.js';
import type { SeparationReport } from './report.js';
import { createSignalModel } from './signal-model.js';
import { type DixonTasks, forEachRun } from './voxel-runs.js';

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
  /** What was done, as plain data. */
  report: SeparationReport;
}

/**
 * Separate water and fat: PDFF, R2* and field map from complex echoes of a multi-echo gradient-echo scan.
 *
 * The single-R2*, multi-peak model is fitted to each voxel by maximum likelihood. Which of several
 * possible field values a voxel takes is decided by a smoothness prior over its neighbours in 3-D, so
 * that water and fat are not swapped; the fit itself is not smoothed. `docs/dixon.md` has the algorithm,
 * its formulas and the measured errors. Research software, not a medical device.
 *
 * @param multiEcho complex echoes `[x, y, z, echo]`, at least 4
 * @returns maps `[x, y, z]` and a report; the same bits for any number of workers
 * @throws PhaseMissingError when there are only magnitudes
 * @throws UnusableEchoesError when echoes are too few, of the wrong shape, empty or not finite
 * @throws InvalidArgumentError for an unknown option or an impossible value
 * @throws GridMismatchError when mask or field map lie on another grid
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
export async function separateWaterFat(
  multiEcho: MultiEcho,
  options: SeparateWaterFatOptions = {},
): Promise<WaterFatMaps> {
  const complex = requireComplexEchoes(multiEcho);
  const settings = resolveOptions(options, complex.real);
  throwIfAborted(settings.signal);
  const pool = new TaskPool({ tasks: dixonTasks(), code: source, workers: settings.workers });
  try {
    return await separate(complex, settings, pool);
  } finally {
    pool.close();
  }
}

/** Mask, field map, refinement and maps, in this order. */
async function separate(
  multiEcho: ComplexMultiEcho,
  settings: ResolvedOptions,
  pool: TaskPool<DixonTasks>,
): Promise<WaterFatMaps> {
  const { echoTimesMs, fieldStrengthT, real } = multiEcho;
  const { commonPhase, initialFieldMapHz, signal, smoothness } = settings;
  const model = { echoTimesMs, fieldStrengthT, spectrum: settings.spectrum };
  const { periodHz } = createSignalModel(model);
  const echoes = new EchoSource(multiEcho, settings.precession);
  const { voxels, report: mask } = selectVoxels(echoes.magnitude(), settings.mask);
  const advance = progressOf(settings, voxels.length);

  const start = initialFieldMapHz
    ? givenField(initialFieldMapHz, voxels)
    : await findField(pool, echoes, voxels, {
        model,
        periodHz,
        smoothness,
        spacing: real.spacing,
        signal,
        onVoxels: (count) => advance(count, 'finding field candidates'),
      });

  const writer = new MapWriter(
    real.data.size / echoTimesMs.length,
    voxels,
    initialFieldMapHz ? Number.POSITIVE_INFINITY : periodHz,
  );
  const { fieldHz, r2starPerSecond } = start;
  await forEachRun(
    pool,
    voxels.length,
    async (from, to, stop) => {
      const input = {
        model,
        echoes: echoes.gather(voxels, from, to),
        fieldHz: fieldHz.slice(from, to),
        r2starPerSecond: r2starPerSecond?.slice(from, to),
        commonPhase,
      };
      writer.write(from, await pool.run('estimate', input, { signal: stop }));
    },
    { signal, onRun: (count) => advance(count, 'fitting water, fat and R2*') },
  );
  const noiseSd = writer.finish(echoTimesMs.length, commonPhase ? 5 : 6);
  return {
    ...asVolumes(writer, real),
    report: describe({ multiEcho, settings, periodHz, mask, start, writer, noiseSd, voxels }),
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

/** Progress in voxels: each is visited once for its candidates, if those are wanted, and once to fit it. */
function progressOf(
  { initialFieldMapHz, onProgress }: ResolvedOptions,
  voxels: number,
): (count: number, message: string) => void {
  const total = initialFieldMapHz ? voxels : 2 * voxels;
  let done = 0;
  return (count, message) => {
    done += count;
    onProgress?.({ done, total, message });
  };
}

function asVolumes({ maps }: MapWriter, like: Volume): Omit<WaterFatMaps, 'report'> {
  return {
    water: volumeLike(like, maps.water),
    fat: volumeLike(like, maps.fat),
    pdffPercent: volumeLike(like, maps.pdffPercent),
    r2starPerSecond: volumeLike(like, maps.r2starPerSecond),
    fieldMapHz: volumeLike(like, maps.fieldMapHz),
    residual: volumeLike(like, maps.residual),
    pdffSdPercent: volumeLike(like, maps.pdffSdPercent),
    r2starSdPerSecond: volumeLike(like, maps.r2starSdPerSecond),
  };
}

function describe(facts: {
  multiEcho: ComplexMultiEcho;
  settings: ResolvedOptions;
  periodHz: number;
  mask: MaskReport;
  start: FieldStart;
  writer: MapWriter;
  noiseSd: number;
  voxels: Int32Array;
}): SeparationReport {
  const { multiEcho, settings, periodHz, writer, voxels } = facts;
  const { size, spacing } = gridOf(multiEcho.real);
  const total = size[0] * size[1] * size[2];
  return {
    model: 'complex single-R2* multi-peak',
    spectrum: { name: settings.spectrumName, ...settings.spectrum },
    echoTimesMs: [...multiEcho.echoTimesMs],
    fieldStrengthT: multiEcho.fieldStrengthT,
    commonPhase: settings.commonPhase,
    precession: settings.precession,
    fieldMapPeriodHz: Number.isFinite(periodHz) ? periodHz : null,
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
    fieldMap: facts.start.report,
    noiseSd: facts.noiseSd,
  };
}
