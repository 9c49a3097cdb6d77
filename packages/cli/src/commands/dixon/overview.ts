import { denseData, reorient, type Volume } from '@steatosis/core';
import type { WaterFatMaps } from '@steatosis/io/node';
import type { ColourMapName } from '../../report/colour-map.js';
import { montage, renderMap } from '../../report/maps.js';
import { encodePng } from '../../report/raster.js';

type Maps = Omit<WaterFatMaps, 'report'>;

interface Panel {
  key: keyof Maps;
  title: string;
  unit: string;
  colours: ColourMapName;
  /** Fixed limits, or none for the range of the slice. */
  range?: readonly [number, number];
  /** Show 0 in the middle. */
  symmetric?: boolean;
}

const PANELS: readonly Panel[] = [
  { key: 'pdffPercent', title: 'PDFF', unit: '%', colours: 'viridis', range: [0, 40] },
  { key: 'r2starPerSecond', title: 'R2*', unit: '1/s', colours: 'viridis', range: [0, 150] },
  { key: 'fieldMapHz', title: 'Field map', unit: 'Hz', colours: 'viridis', symmetric: true },
  { key: 'water', title: 'Water', unit: 'a.u.', colours: 'grey' },
  { key: 'fat', title: 'Fat', unit: 'a.u.', colours: 'grey' },
  { key: 'residual', title: 'Residual', unit: 'a.u.', colours: 'grey' },
];

/** Panels in a row. */
const COLUMNS = 3;
/** Width of a panel's picture in pixels, about. */
const PANEL_PIXELS = 320;

/**
 * The middle slice of the most important maps with colour bars, as a PNG file. Slices are shown as
 * radiologists see them: the patient's right side on the left.
 */
export function overviewPicture(maps: Maps): Uint8Array {
  const pictures = PANELS.map(({ key, title, unit, colours, range, symmetric }) => {
    const { values, width, height, voxelAspect } = middleSlice(maps[key]);
    const scale = Math.max(1, Math.round(PANEL_PIXELS / width));
    const limits = range ?? rangeOf(values, symmetric === true);
    return renderMap(
      { title, unit, colours, range: limits, values, width, height, voxelAspect },
      scale,
    );
  });
  return encodePng(montage(pictures, COLUMNS));
}

function middleSlice(volume: Volume): {
  values: ArrayLike<number>;
  width: number;
  height: number;
  voxelAspect: number;
} {
  const upright = reorient(volume, 'LPS');
  const [width = 1, height = 1, slices = 1] = upright.data.shape;
  const start = Math.floor(slices / 2) * width * height;
  const values = denseData(upright).subarray(start, start + width * height);
  return { values, width, height, voxelAspect: upright.spacing[1] / upright.spacing[0] };
}

/** From 0 (or −most) to the largest value, leaving out the brightest two percent that would darken the rest. */
function rangeOf(values: ArrayLike<number>, symmetric: boolean): [number, number] {
  const sizes = Float64Array.from(values, Math.abs)
    .filter((value) => value > 0)
    .sort();
  const most = sizes[Math.floor(0.98 * (sizes.length - 1))] ?? 1;
  return [symmetric ? -most : 0, most];
}
