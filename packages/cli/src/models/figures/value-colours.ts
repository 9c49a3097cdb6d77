/** Steps of the colours, so that dots of one colour can be drawn as one path. */
export const COLOUR_STEPS = 24;

/** Low, middle and high: blue over violet to red, which stay apart for all kinds of colour vision. */
const STOPS = [
  [30, 136, 229],
  [128, 84, 180],
  [255, 13, 87],
] as const;

/** A missing value. */
export const MISSING_COLOUR = '#9a9a9a';

/** The colour of a step, 0 for the lowest values. */
export function stepColour(step: number): string {
  const place = (2 * step) / (COLOUR_STEPS - 1);
  const lower = Math.min(1, Math.floor(place));
  const share = place - lower;
  const channel = (i: 0 | 1 | 2): number =>
    Math.round(STOPS[lower]![i] * (1 - share) + STOPS[lower + 1]![i] * share);
  return `rgb(${channel(0)},${channel(1)},${channel(2)})`;
}

/** The step of a relative value 0 … 1; −1 for a missing one. */
export function stepOf(relative: number): number {
  return Number.isNaN(relative)
    ? -1
    : Math.min(COLOUR_STEPS - 1, Math.floor(relative * COLOUR_STEPS));
}
