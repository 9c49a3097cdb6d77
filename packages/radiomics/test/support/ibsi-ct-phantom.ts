import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Volume } from '@steatosis/core';
import { readNifti } from './nifti.js';

/**
 * The CT phantom of IBSI (P. Lambin, doi:10.17195/candat.2016.08.1). It is CC BY-NC 3.0 and not part of this
 * project: `STEATOSIS_IBSI_DATA` names the folder that holds `ibsi1/ct_phantom/phantom.nii.gz` and `mask.nii.gz`.
 */
const folder = join(process.env['STEATOSIS_IBSI_DATA'] ?? '', 'ibsi1', 'ct_phantom');

export const hasCtPhantom =
  process.env['STEATOSIS_IBSI_DATA'] !== undefined && existsSync(join(folder, 'phantom.nii.gz'));

export function readCtPhantom(): { image: Volume; mask: Volume } {
  return {
    image: readNifti(join(folder, 'phantom.nii.gz')),
    mask: readNifti(join(folder, 'mask.nii.gz')),
  };
}

/** Tell why the tests of the CT phantom do not run, where they do not. */
export function tellIfSkipped(): void {
  if (hasCtPhantom) return;
  process.stderr.write(
    'Skipped: IBSI’s CT phantom is not here. Set STEATOSIS_IBSI_DATA to a folder with ibsi1/ct_phantom.\n',
  );
}
