import type { MaskReport } from './mask.js';
import type { SpectrumName } from './spectra.js';

/** What {@link separateWaterFat} did: plain data for a sidecar file, without clocks or names. */
export interface SeparationReport {
  /** Model that was fitted. */
  model: 'complex single-R2* multi-peak';
  spectrum: {
    name: SpectrumName | 'custom';
    ppm: readonly number[];
    amplitudes: readonly number[];
  };
  echoTimesMs: readonly number[];
  fieldStrengthT: number;
  commonPhase: boolean;
  precession: 1 | -1;
  /** Period of the field map in Hz, 1/ΔTE; null for unevenly spaced echoes. */
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
        source: 'message passing';
        smoothness: number;
        /** Sweeps until no voxel changed its candidate. */
        sweeps: number;
        /** Voxels by number of candidates, 1 … 4. */
        voxelsByCandidates: readonly number[];
        /** Voxels at which the prior overruled the candidate of least residual. */
        overruled: number;
      };
  /** SD of the noise in the real and imaginary part of an echo, from the residuals. */
  noiseSd: number;
}
