import * as Plot from '@observablehq/plot';

/** Colours that people with colour-vision deficiency can tell apart (Okabe and Ito). */
export const BLUE = '#0072B2';
export const ORANGE = '#D55E00';
export const GREEN = '#009E73';

/** An axis with its label in the middle and no arrow. */
export function axis(label: string, more: Plot.ScaleOptions = {}): Plot.ScaleOptions {
  return { label, labelAnchor: 'center', labelArrow: 'none', ...more };
}

/** A tick's number in few letters, whatever its size: `200k`, `0.002`, `1e-7`. */
export function tickText(value: number): string {
  const size = Math.abs(value);
  const text = (scaled: number, unit: string): string =>
    `${String(Number(scaled.toPrecision(4))).replace('-', '−')}${unit}`;
  if (value === 0) return '0';
  if (size >= 1e9 || size < 1e-3) {
    return Number(value.toPrecision(4)).toExponential().replace(/^-/, '−').replace('e+', 'e');
  }
  if (size >= 1e6) return text(value / 1e6, 'M');
  return size >= 1e4 ? text(value / 1e3, 'k') : text(value, '');
}

/** Faint lines behind the marks. */
export function grid(): Plot.Markish[] {
  return [Plot.gridX({ strokeOpacity: 0.12 }), Plot.gridY({ strokeOpacity: 0.12 })];
}

/** A name that fits: its end says more than its middle, as in `wavelet-HHL_glcm_Contrast`. */
export function shortName(name: string, most = 48): string {
  if (name.length <= most) return name;
  const tail = Math.ceil((most - 1) * 0.6);
  return `${name.slice(0, most - 1 - tail)}…${name.slice(-tail)}`;
}

/** Room for names to the left of a plot, in pixels of 12-pixel letters. */
export function marginFor(names: readonly string[]): number {
  const longest = Math.max(...names.map((name) => shortName(name).length));
  return Math.min(345, Math.max(80, Math.ceil(longest * 6.7) + 18));
}
