/** A colour as red, green and blue, 0 … 255. */
export type Rgb = readonly [number, number, number];

/**
 * Colour maps of rendered images. `viridis` and `inferno` rise evenly in lightness, so that they also read in
 * grey; `coolwarm` has its light middle at 0.
 */
export type ColourMapName = 'viridis' | 'inferno' | 'coolwarm' | 'grey';

/** Equally spaced colours of matplotlib's maps (CC0), interpolated linearly between. */
const STOPS: Readonly<Record<Exclude<ColourMapName, 'grey'>, readonly Rgb[]>> = {
  viridis: [
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
  ],
  inferno: [
    [0, 0, 4],
    [27, 12, 65],
    [74, 12, 107],
    [120, 28, 109],
    [165, 44, 96],
    [207, 68, 70],
    [237, 105, 37],
    [251, 155, 6],
    [247, 209, 61],
    [252, 255, 164],
  ],
  coolwarm: [
    [59, 76, 192],
    [103, 136, 238],
    [154, 187, 255],
    [201, 215, 240],
    [221, 221, 221],
    [237, 208, 193],
    [247, 168, 137],
    [226, 105, 82],
    [180, 4, 38],
  ],
};

/** The colour at `share` (0 … 1, clamped) of a map; not-a-number is a neutral dark grey. */
export function colourAt(map: ColourMapName, share: number): Rgb {
  if (Number.isNaN(share)) return [40, 40, 40];
  const t = Math.min(1, Math.max(0, share));
  if (map === 'grey') {
    const level = Math.round(255 * t);
    return [level, level, level];
  }
  const stops = STOPS[map];
  const position = t * (stops.length - 1);
  const i = Math.min(stops.length - 2, Math.floor(position));
  const between = position - i;
  const low = stops[i]!;
  const high = stops[i + 1]!;
  const mix = (channel: 0 | 1 | 2) =>
    Math.round(low[channel] + between * (high[channel] - low[channel]));
  return [mix(0), mix(1), mix(2)];
}
