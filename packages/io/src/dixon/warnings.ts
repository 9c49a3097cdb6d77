import type { TaskPool } from '@steatosis/core';
import { ERROR_KINDS, errorsOf, TERMS } from './calibration/acquisition-errors.js';
import type { CalibrationReport } from './calibration/find-errors.js';
import { significantKinds } from './calibration/significance.js';
import { coordinatesOf, drawSample } from './calibration/voxel-sample.js';
import { CANDIDATES } from './candidates.js';
import type { EchoSource } from './echo-source.js';
import type { ModelParameters } from './signal-model.js';
import type { DixonTasks } from './voxel-runs.js';
import {
  calibrationWarning,
  precessionWarning,
  type SeparationWarning,
  unsettledWarning,
} from './warning-messages.js';

/** What {@link findWarnings} looks at. */
export interface Suspects {
  model: ModelParameters;
  /** Echoes as they were fitted … */
  echoes: EchoSource;
  /** … and, where these are corrected, as they were measured. */
  uncorrected: EchoSource | undefined;
  /** What calibration has done; undefined where it was off. */
  calibration: CalibrationReport | undefined;
  /** Grid indices of the voxels that were fitted, ascending. */
  voxels: Int32Array;
  /** What was found, voxel by voxel of the grid. */
  fieldMapHz?: Float32Array | undefined;
  r2starPerSecond: Float32Array;
  /** Kinds of acquisition errors that touch the fit, as indices of `ERROR_KINDS`. */
  kinds: readonly number[];
  signal: AbortSignal | undefined;
}

/** Voxels that are looked at: pooled over these, noise moves the figures below by about a hundredth. */
const SAMPLE_VOXELS = 600;

/** Fewer say nothing about an acquisition. */
const FEWEST_VOXELS = 50;

/** With 3 echoes both signs leave hardly a residual. */
const FEWEST_ECHOES = 4;

/**
 * The conjugate's residual is so many times lower where the sign is wrong. Right signs give at most 1.1, also with
 * strong acquisition errors and on a real slice on which the signs are nearly tied; wrong ones 1.3 to 7.
 */
const WRONG_SIGN = 1.25;

/** Errors that calibration would find are worth a warning from this fall of the residual on … */
const LOWER_RESIDUAL = 1.05;

/** … and from this typical change of PDFF in % on. */
const PDFF_SHIFT = 0.5;

/** Say what the residuals of a sample of voxels hold against the settings: evidence, and the option to set. */
export async function findWarnings(
  pool: TaskPool<DixonTasks>,
  suspects: Suspects,
): Promise<SeparationWarning[]> {
  const { model, echoes, fieldMapHz, signal } = suspects;
  if (suspects.voxels.length < FEWEST_VOXELS || echoes.echoes < FEWEST_ECHOES) return [];
  const voxels = drawSample(suspects.voxels.length, SAMPLE_VOXELS).map((i) => suspects.voxels[i]);
  const measured = echoes.gather(voxels, 0, voxels.length);

  const residual = async (samples: Float32Array): Promise<number> => {
    const { cost } = await pool.run('candidates', { model, echoes: samples }, { signal });
    const sum = voxels.reduce((total, _, i) => total + cost[i * CANDIDATES], 0);
    return Math.sqrt(sum / (voxels.length * echoes.echoes));
  };
  // Calibration with the wrong sign takes out what gives it away, and errors that are left in hide it.
  for (const source of [echoes, suspects.uncorrected]) {
    if (source === undefined) continue;
    const samples = source === echoes ? measured : source.gather(voxels, 0, voxels.length);
    const asGiven = await residual(samples);
    const conjugate = await residual(samples.map((part, i) => (i % 2 === 0 ? part : -part)));
    if (asGiven >= WRONG_SIGN * conjugate) return [precessionWarning(asGiven, conjugate)];
  }
  if (suspects.calibration !== undefined) {
    return suspects.calibration.settled ? [] : [unsettledWarning(suspects.calibration)];
  }
  if (suspects.kinds.length === 0 || fieldMapHz === undefined) return [];

  const fit = await pool.run(
    'fitErrors',
    {
      model,
      sample: {
        echoes: measured,
        coordinates: coordinatesOf(voxels, echoes.size),
        fieldHz: Float32Array.from(voxels, (at) => fieldMapHz[at]),
        r2starPerSecond: Float32Array.from(voxels, (at) => suspects.r2starPerSecond[at]),
      },
      terms: new Float64Array(TERMS.length),
      kinds: suspects.kinds,
      mostSteps: 1,
    },
    { signal },
  );
  const kinds = significantKinds(fit).map((kind) => ERROR_KINDS[kind]);
  const worthIt =
    fit.residualBefore >= LOWER_RESIDUAL * fit.residualAfter && fit.pdffShiftPercent >= PDFF_SHIFT;
  if (kinds.length === 0 || !worthIt) return [];
  const { residualBefore, residualAfter, pdffShiftPercent } = fit;
  const errors = errorsOf(fit.terms);
  return [calibrationWarning({ kinds, errors, residualBefore, residualAfter, pdffShiftPercent })];
}
