/** A colour as red, green and blue, 0 … 255. */
export type Rgb = readonly [number, number, number];

/** Colour maps of rendered images: `viridis` rises evenly in lightness, so it also reads in grey. */
export type ColourMapName = 'viridis' | 'grey';

/** Ten equally spaced colours of matplotlib's viridis (CC0), interpolated linearly between. */
const VIRIDIS: readonly Rgb[] = [
  [68, 1, 84],
  [72, 40, 120],
  [62, 73, 137],
  [49, 104, 142],
  [38, 130, 142],
  [31, 158, 137],
  [53, 183, 121],
  [110, 206, 88],
  [181, 222, 43],
  [253, 231, 37],
];

/** The colour at `share` (0 … 1, clamped) of a map; not-a-number is a neutral dark grey. */
export function colourAt(map: ColourMapName, share: number): Rgb {
  if (Number.isNaN(share)) return [40, 40, 40];
  const t = Math.min(1, Math.max(0, share));
  if (map === 'grey') {
    const level = Math.round(255 * t);
    return [level, level, level];
  }
  const position = t * (VIRIDIS.length - 1);
  const i = Math.min(VIRIDIS.length - 2, Math.floor(position));
  const between = position - i;
  const low = VIRIDIS[i]!;
  const high = VIRIDIS[i + 1]!;
  const mix = (channel: 0 | 1 | 2) =>
    Math.round(low[channel] + between * (high[channel] - low[channel]));
  return [mix(0), mix(1), mix(2)];
}
