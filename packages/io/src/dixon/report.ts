import type { CalibrationReport } from './calibration/find-errors.js';
import type { IslandReport } from './field/islands.js';
import type { MaskReport } from './mask.js';
import type { SeparationFit } from './options.js';
import type { SpectrumName } from './spectra.js';
import type { T1CorrectionReport } from './t1-correction.js';
import type { SeparationWarning } from './warning-messages.js';

/** What {@link separateWaterFat} did: plain data for a sidecar file, without clocks or names. */
export interface SeparationReport {
  /** Model that was fitted. */
  model: `${SeparationFit} single-R2* multi-peak`;
  /** `mixed`: complex, but of the first echo only the magnitude. */
  fit: SeparationFit;
  spectrum: {
    name: SpectrumName | 'custom';
    ppm: readonly number[];
    amplitudes: readonly number[];
  };
  echoTimesMs: readonly number[];
  fieldStrengthT: number;
  /** One phase for water and fat; null where there are only magnitudes. */
  commonPhase: boolean | null;
  /** null where there are only magnitudes. */
  precession: 1 | -1 | null;
  /** Period of the field map in Hz, 1/ΔTE; null for unevenly spaced echoes and where there is no field map. */
  fieldMapPeriodHz: number | null;
  grid: { size: readonly number[]; spacing: readonly number[] };
  mask: MaskReport;
  voxels: {
    /** All voxels of the grid. */
    total: number;
    /** Voxels that were fitted. */
    fitted: number;
    /** `fitted / total`. */
    fittedFraction: number;
    /** Fits that stopped before they had converged. */
    notConverged: number;
    /** Fits with R2* < 0: noise, or a signal that the model does not describe. */
    negativeR2star: number;
    /** Fits with PDFF below 0 or above 100. */
    pdffOutsideRange: number;
  };
  fieldMap:
    | { source: 'given' }
    | {
        /** Magnitudes without phases tell nothing of the field. */
        source: 'none';
        /** Weight of the prior on which of its two solutions a voxel takes. */
        smoothness: number;
        /** Voxels at which the prior overruled the solution that fits better. */
        overruled: number;
      }
    | {
        source: 'message passing';
        smoothness: number;
        /** Voxels along x, y, z of a block of the coarse grid, on which the search starts. */
        coarseBlock: readonly number[];
        /** Share of the voxels that the coarse grid left in doubt, which message passing decided. */
        contestedFraction: number;
        /** Sweeps of message passing over these voxels until no label changed, in all rounds. */
        sweeps: number;
        /** Regions without connection to the largest one, and how they were decided. */
        islands: IslandReport;
        /** Voxels by number of candidates, 1 … 4. */
        voxelsByCandidates: readonly number[];
        /** Voxels at which the prior overruled the candidate of least residual. */
        overruled: number;
        /** Voxels marked in the map `swapSuspect`. */
        swapSuspects: number;
      };
  /**
   * SD of the noise in the real and imaginary part of an echo, with which the SD maps were made: given,
   * that of the noise floor, or from the residuals; null where the fit leaves none.
   */
  noiseSd: number | null;
  /**
   * Noise floor in the fit of magnitudes: σ of the Rician likelihood, as given or from the air around the
   * body. null: none, or another fit.
   */
  noiseFloor: { sd: number; source: 'given' | 'background' } | null;
  /** Acquisition errors that were found and taken out of the echoes; null where `calibrate` was off. */
  calibration: CalibrationReport | null;
  /** How T1 weighting was taken out; null where `t1Correction` was off. */
  t1Correction: T1CorrectionReport | null;
  /** Evidence in the residuals against the settings. */
  warnings: readonly SeparationWarning[];
  /** What a reader of the maps must know: limits of this fit on these echoes, settings that were forced. */
  limits: readonly string[];
}
