import * as Plot from '@observablehq/plot';

/** Colours that people with colour-vision deficiency can tell apart (Okabe and Ito). */
export const BLUE = '#0072B2';
export const ORANGE = '#D55E00';
export const GREEN = '#009E73';

/** An axis with its label in the middle and no arrow. */
export function axis(label: string, more: Plot.ScaleOptions = {}): Plot.ScaleOptions {
  return { label, labelAnchor: 'center', labelArrow: 'none', ...more };
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
