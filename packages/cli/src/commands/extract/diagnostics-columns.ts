import type { Diagnostics } from '@steatosis/radiomics';
import { isFullRecord } from './result-row.js';

type Cells = Record<string, string | number>;
type Image = NonNullable<Diagnostics['image']>;
type Mask = Diagnostics['mask'];

/**
 * Diagnostics as columns of a table, with the names that PyRadiomics' batch gives them; none when the settings
 * say so (`additionalInfo: false`). Lists and settings are JSON. IBSI's have its tags.
 */
export function diagnosticsColumns(diagnostics: Diagnostics | Record<string, number>): Cells {
  if (!isFullRecord(diagnostics)) return prefixed(diagnostics);
  return diagnostics.settings.additionalInfo ? prefixed(cellsOf(diagnostics)) : {};
}

function prefixed(cells: Cells): Cells {
  return Object.fromEntries(
    Object.entries(cells).map(([name, cell]) => [`diagnostics_${name}`, cell]),
  );
}

function cellsOf(diagnostics: Diagnostics): Cells {
  const { versions, settings, imageTypes, grid, image, mask, warnings } = diagnostics;
  const cells: Cells = {};
  for (const [name, version] of Object.entries(versions)) {
    cells[`Versions_${name.replace(/^@(.*)\//, '$1-')}`] = version;
  }
  cells['Configuration_Settings'] = JSON.stringify(settings);
  cells['Configuration_EnabledImageTypes'] = JSON.stringify(imageTypes);
  if (image !== undefined) {
    Object.assign(cells, { 'Image-original_Hash': image.hash }, imageCells('original', image));
  }
  if (mask.hash !== undefined) cells['Mask-original_Hash'] = mask.hash;
  cells['Mask-original_Spacing'] = JSON.stringify(grid.spacing);
  cells['Mask-original_Size'] = JSON.stringify(grid.size);
  Object.assign(cells, maskCells('original', mask));
  const { corrected, interpolated, resegmented } = diagnostics;
  if (corrected !== undefined) Object.assign(cells, maskCells('corrected', corrected));
  if (interpolated?.image !== undefined) {
    Object.assign(cells, imageCells('interpolated', interpolated.image));
  }
  if (interpolated !== undefined)
    Object.assign(cells, maskCells('interpolated', interpolated.mask));
  if (resegmented !== undefined) Object.assign(cells, maskCells('resegmented', resegmented));
  cells['Warnings'] = JSON.stringify(warnings);
  return cells;
}

function imageCells(stage: string, { grid, mean, minimum, maximum }: Omit<Image, 'hash'>): Cells {
  return {
    [`Image-${stage}_Dimensionality`]: `${grid.size.length}D`,
    [`Image-${stage}_Spacing`]: JSON.stringify(grid.spacing),
    [`Image-${stage}_Size`]: JSON.stringify(grid.size),
    [`Image-${stage}_Mean`]: mean,
    [`Image-${stage}_Minimum`]: minimum,
    [`Image-${stage}_Maximum`]: maximum,
  };
}

function maskCells(stage: string, mask: Omit<Mask, 'hash'>): Cells {
  const { start, size } = mask.boundingBox;
  return {
    [`Mask-${stage}_BoundingBox`]: JSON.stringify([...start, ...size]),
    [`Mask-${stage}_VoxelNum`]: mask.voxelCount,
    [`Mask-${stage}_VolumeNum`]: mask.volumeCount,
    [`Mask-${stage}_CenterOfMassIndex`]: JSON.stringify(mask.centreOfMassIndex),
    [`Mask-${stage}_CenterOfMass`]: JSON.stringify(mask.centreOfMass),
    [`Mask-${stage}_Mean`]: mask.mean,
    [`Mask-${stage}_Minimum`]: mask.minimum,
    [`Mask-${stage}_Maximum`]: mask.maximum,
  };
}
