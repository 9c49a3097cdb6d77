import type {
  AcquisitionErrors,
  ErrorKind,
  LinearPhase,
} from './calibration/acquisition-errors.js';
import type { CalibrationReport } from './calibration/find-errors.js';

/** Residuals of a sample that fall clearly when acquisition errors are taken out of its echoes. */
export interface CalibrationWarning {
  kind: 'calibration';
  /** The evidence in words, and the option to set. */
  message: string;
  /** Kinds of errors that noise alone would hardly make. */
  kinds: readonly ErrorKind[];
  /** First estimate of the errors: one linear step. */
  errors: AcquisitionErrors;
  /** Median root mean square residual per echo, in units of the echoes, as it is … */
  residualBefore: number;
  /** … and with these errors taken out. */
  residualAfter: number;
  /** Median change of PDFF in % that taking them out makes. */
  pdffShiftPercent: number;
}

/** The complex conjugate of the echoes fits the model clearly better. */
export interface PrecessionWarning {
  kind: 'precession';
  /** The evidence in words, and the option to set. */
  message: string;
  /** Root mean square residual per echo of a sample, in units of the echoes, each voxel at its best field … */
  residual: number;
  /** … and the same for the conjugate. */
  residualOfConjugate: number;
}

/** Calibration kept changing the acquisition errors until its rounds ended. */
export interface UnsettledCalibrationWarning {
  kind: 'calibration-unsettled';
  /** What happened, and what to do. */
  message: string;
}

/** Many voxels may have water and fat swapped. */
export interface SwapSuspectWarning {
  kind: 'swap-suspect';
  /** The evidence in words, and what to do. */
  message: string;
  /** Voxels marked in the map `swapSuspect`. */
  voxels: number;
  /** Their share of the fitted voxels. */
  fraction: number;
}

/** Evidence in the residuals against a setting of {@link separateWaterFat}. */
export type SeparationWarning =
  CalibrationWarning | PrecessionWarning | SwapSuspectWarning | UnsettledCalibrationWarning;

export function unsettledWarning({
  rounds,
  residualBefore,
  residualAfter,
}: CalibrationReport): UnsettledCalibrationWarning {
  return {
    kind: 'calibration-unsettled',
    message:
      `Calibration had not settled after ${rounds} rounds, so that what it took out of the echoes ` +
      '(report.calibration.applied) may be wrong. The residual went from ' +
      `${short(residualBefore)} to ${short(residualAfter)} per echo. Compare the maps with those without the ` +
      'option calibrate, or give a field map as initialFieldMapHz.',
  };
}

export function swapWarning(voxels: number, fitted: number): SwapSuspectWarning {
  const fraction = voxels / fitted;
  return {
    kind: 'swap-suspect',
    message:
      `In ${short(100 * fraction)} % of the voxels (${voxels} of ${fitted}) water and fat may be swapped: ` +
      'their residuals fit the other choice as well or better. Look at the map swapSuspect beside PDFF; try ' +
      'another smoothness, the other precession, or calibrate.',
    voxels,
    fraction,
  };
}

export function precessionWarning(
  residual: number,
  residualOfConjugate: number,
): PrecessionWarning {
  return {
    kind: 'precession',
    message:
      `The sign of precession looks wrong: the complex conjugate of the echoes leaves a residual ` +
      `${ratio(residual, residualOfConjugate)} times smaller (${short(residualOfConjugate)} instead of ` +
      `${short(residual)} per echo). Try the other value of the option precession; the wrong one ` +
      'swaps water and fat.',
    residual,
    residualOfConjugate,
  };
}

export function calibrationWarning(
  evidence: Omit<CalibrationWarning, 'kind' | 'message'>,
): CalibrationWarning {
  const { kinds, errors, residualBefore, residualAfter, pdffShiftPercent } = evidence;
  const found = kinds.map((kind) =>
    kind === 'bipolarAmplitude'
      ? `amplitudes alternating by ±${short(100 * Math.abs(errors.bipolarAmplitude))} %`
      : `${kind === 'bipolarPhase' ? 'a phase alternating between echoes' : 'a phase of the first echo'} ` +
        `of up to ${short(largest(errors[kind]))} rad`,
  );
  return {
    kind: 'calibration',
    message:
      `The residuals show ${list(found)}. Taking that out would make them ` +
      `${ratio(residualBefore, residualAfter)} times smaller and change PDFF by ` +
      `${short(pdffShiftPercent)} % in half of the voxels or more. Set the option calibrate to true.`,
    ...evidence,
  };
}

/** The largest phase anywhere on the grid. */
function largest({ centreRad, edgeRad }: LinearPhase): number {
  return Math.abs(centreRad) + edgeRad.reduce((sum, slope) => sum + Math.abs(slope), 0);
}

function list(parts: readonly string[]): string {
  return parts.length < 2
    ? parts.join('')
    : `${parts.slice(0, -1).join(', ')} and ${parts[parts.length - 1]}`;
}

function short(value: number): string {
  return String(Number(value.toPrecision(2)));
}

function ratio(a: number, b: number): string {
  return (a / b).toFixed(2);
}
