/** A letter: its width, and the strokes of a pen as a path of `M`, `L`, `H`, `V` and `Q` as SVG has them. */
type Glyph = readonly [width: number, path: string];

/**
 * Letters drawn for the labels of rendered maps, so that a picture needs no font. Capitals reach from y = 0
 * down to the base line at 7, small letters from 2.2, descenders to 9.
 */
const GLYPHS: Readonly<Record<string, Glyph>> = {
  '0': [4, 'M0 3.5Q0 0 2 0Q4 0 4 3.5Q4 7 2 7Q0 7 0 3.5'],
  '1': [4, 'M0.7 1.5L2.3 0V7'],
  '2': [4, 'M0.2 1.9Q0.2 0 2 0Q3.8 0 3.8 1.9Q3.8 3 2.6 4.3L0.1 7H4'],
  '3': [4, 'M0.3 0H3.7L1.8 2.7Q4 2.7 4 4.8Q4 7 1.9 7Q0.5 7 0 5.8'],
  '4': [4, 'M3 7V0L0 4.9H4'],
  '5': [4, 'M3.6 0H0.6L0.3 3.2Q1 2.6 2 2.6Q4 2.6 4 4.8Q4 7 1.9 7Q0.5 7 0 5.9'],
  '6': [4, 'M3.4 0.5Q3 0 2.2 0Q0 0 0 4.2Q0 7 2 7Q4 7 4 4.8Q4 2.7 2.1 2.7Q0.2 2.7 0 4.6'],
  '7': [4, 'M0 0H4L1.4 7'],
  '8': [
    4,
    'M2 3.2Q0.3 3.2 0.3 1.6Q0.3 0 2 0Q3.7 0 3.7 1.6Q3.7 3.2 2 3.2Q0 3.2 0 5.1Q0 7 2 7Q4 7 4 5.1Q4 3.2 2 3.2',
  ],
  '9': [4, 'M0.6 6.5Q1 7 1.8 7Q4 7 4 2.8Q4 0 2 0Q0 0 0 2.2Q0 4.3 1.9 4.3Q3.8 4.3 4 2.4'],
  ' ': [1.6, ''],
  '.': [0.6, 'M0.3 6.8V7'],
  ',': [0.6, 'M0.5 6.8L0.1 8'],
  '·': [0.6, 'M0.3 3.8V4'],
  '’': [0.6, 'M0.4 0L0.1 1.6'],
  ':': [0.6, 'M0.3 3V3.2M0.3 6.8V7'],
  '-': [2.4, 'M0 4H2.4'],
  '–': [3.2, 'M0 4H3.2'],
  '−': [3.2, 'M0 3.8H3.2'],
  '+': [3.4, 'M0 3.8H3.4M1.7 2.1V5.5'],
  '±': [3.4, 'M0 3H3.4M1.7 1.3V4.7M0 6.8H3.4'],
  '×': [3.2, 'M0.2 2.4L3 5.2M3 2.4L0.2 5.2'],
  '…': [5, 'M0.3 6.8V7M2.5 6.8V7M4.7 6.8V7'],
  '/': [2.6, 'M2.6 -0.4L0 7.6'],
  '*': [3, 'M1.5 0V2.8M0.2 0.7L2.8 2.1M2.8 0.7L0.2 2.1'],
  '(': [1.4, 'M1.4 -0.6Q0 1.2 0 3.6Q0 6 1.4 7.8'],
  ')': [1.4, 'M0 -0.6Q1.4 1.2 1.4 3.6Q1.4 6 0 7.8'],
  '%': [
    5.2,
    'M4.6 0L0.6 7M0 1.5Q0 0 1.1 0Q2.2 0 2.2 1.5Q2.2 3 1.1 3Q0 3 0 1.5M3 5.5Q3 4 4.1 4Q5.2 4 5.2 5.5Q5.2 7 4.1 7Q3 7 3 5.5',
  ],
  A: [5, 'M0 7L2.5 0L5 7M0.9 4.6H4.1'],
  B: [4.2, 'M0 0V7H2.3Q4.2 7 4.2 5.1Q4.2 3.3 2.3 3.3H0M2.1 3.3Q3.8 3.3 3.8 1.6Q3.8 0 2.1 0H0'],
  C: [4.6, 'M4.6 1.5Q4 0 2.5 0Q0 0 0 3.5Q0 7 2.5 7Q4 7 4.6 5.5'],
  D: [4.6, 'M0 0V7H1.8Q4.6 7 4.6 3.5Q4.6 0 1.8 0H0'],
  E: [3.8, 'M3.8 0H0V7H3.8M0 3.4H3.3'],
  F: [3.6, 'M3.6 0H0V7M0 3.4H3.1'],
  G: [4.7, 'M4.6 1.4Q4 0 2.5 0Q0 0 0 3.5Q0 7 2.5 7Q4.7 7 4.7 4.6V3.8H2.7'],
  H: [4.4, 'M0 0V7M4.4 0V7M0 3.4H4.4'],
  I: [0.4, 'M0.2 0V7'],
  J: [2.6, 'M2.6 0V5.2Q2.6 7 1.2 7Q0.2 7 0 5.9'],
  K: [4.3, 'M0 0V7M4.1 0L0 4.2M1.5 2.7L4.3 7'],
  L: [3.5, 'M0 0V7H3.5'],
  M: [5.4, 'M0 7V0L2.7 4.8L5.4 0V7'],
  N: [4.4, 'M0 7V0L4.4 7V0'],
  O: [5.2, 'M0 3.5Q0 0 2.6 0Q5.2 0 5.2 3.5Q5.2 7 2.6 7Q0 7 0 3.5'],
  P: [4.1, 'M0 7V0H2.2Q4.1 0 4.1 1.9Q4.1 3.8 2.2 3.8H0'],
  Q: [5.2, 'M0 3.5Q0 0 2.6 0Q5.2 0 5.2 3.5Q5.2 7 2.6 7Q0 7 0 3.5M3.2 5.4L5.2 7.4'],
  R: [4.3, 'M0 7V0H2.2Q4.1 0 4.1 1.9Q4.1 3.8 2.2 3.8H0M2.3 3.8L4.3 7'],
  S: [
    4.2,
    'M4 1.4Q3.5 0 2.1 0Q0.2 0 0.2 1.7Q0.2 3.1 2.1 3.5Q4.2 3.9 4.2 5.3Q4.2 7 2.1 7Q0.5 7 0 5.6',
  ],
  T: [4.6, 'M0 0H4.6M2.3 0V7'],
  U: [4.4, 'M0 0V4.7Q0 7 2.2 7Q4.4 7 4.4 4.7V0'],
  V: [4.8, 'M0 0L2.4 7L4.8 0'],
  W: [6.6, 'M0 0L1.6 7L3.3 0.6L5 7L6.6 0'],
  X: [4.4, 'M0 0L4.4 7M4.4 0L0 7'],
  Y: [4.6, 'M0 0L2.3 3.6V7M2.3 3.6L4.6 0'],
  Z: [4.4, 'M0 0H4.3L0 7H4.4'],
  a: [
    3.3,
    'M0.2 3Q0.7 2.2 1.8 2.2Q3.3 2.2 3.3 3.8V7M3.3 4.4H1.7Q0 4.4 0 5.7Q0 7 1.4 7Q3.3 7 3.3 5.2',
  ],
  b: [3.6, 'M0 0V7M0 4.6Q0 2.2 1.8 2.2Q3.6 2.2 3.6 4.6Q3.6 7 1.8 7Q0 7 0 4.6'],
  c: [3.2, 'M3.2 3.1Q2.8 2.2 1.8 2.2Q0 2.2 0 4.6Q0 7 1.8 7Q2.8 7 3.2 6.1'],
  d: [3.6, 'M3.6 0V7M3.6 4.6Q3.6 2.2 1.8 2.2Q0 2.2 0 4.6Q0 7 1.8 7Q3.6 7 3.6 4.6'],
  e: [3.5, 'M0 4.5H3.5Q3.5 2.2 1.8 2.2Q0 2.2 0 4.6Q0 7 1.9 7Q3 7 3.4 6.1'],
  f: [2.3, 'M2.3 0.2Q0.9 -0.3 0.9 1.4V7M0 2.4H2.1'],
  g: [
    3.5,
    'M3.5 2.2V7Q3.5 9 1.8 9Q0.7 9 0.3 8.4M3.5 4.6Q3.5 2.2 1.8 2.2Q0 2.2 0 4.6Q0 6.9 1.8 6.9Q3.5 6.9 3.5 4.6',
  ],
  h: [3.4, 'M0 0V7M0 4.4Q0.1 2.2 1.8 2.2Q3.4 2.2 3.4 4V7'],
  i: [0.4, 'M0.2 2.2V7M0.2 0.2V0.4'],
  j: [1.1, 'M0.9 2.2V7.7Q0.9 9 -0.1 9M0.9 0.2V0.4'],
  k: [3.2, 'M0 0V7M3 2.2L0 5.1M1.1 4.1L3.2 7'],
  l: [0.4, 'M0.2 0V7'],
  m: [
    5.6,
    'M0 2.2V7M0 4.2Q0.1 2.2 1.5 2.2Q2.8 2.2 2.8 4V7M2.8 4.2Q2.9 2.2 4.3 2.2Q5.6 2.2 5.6 4V7',
  ],
  n: [3.4, 'M0 2.2V7M0 4.4Q0.1 2.2 1.8 2.2Q3.4 2.2 3.4 4V7'],
  o: [3.6, 'M0 4.6Q0 2.2 1.8 2.2Q3.6 2.2 3.6 4.6Q3.6 7 1.8 7Q0 7 0 4.6'],
  p: [3.6, 'M0 2.2V9M0 4.6Q0 2.2 1.8 2.2Q3.6 2.2 3.6 4.6Q3.6 7 1.8 7Q0 7 0 4.6'],
  q: [3.6, 'M3.6 2.2V9M3.6 4.6Q3.6 2.2 1.8 2.2Q0 2.2 0 4.6Q0 7 1.8 7Q3.6 7 3.6 4.6'],
  r: [2.1, 'M0 2.2V7M0 4.4Q0.1 2.2 2.1 2.3'],
  s: [
    3.2,
    'M3 3.1Q2.6 2.2 1.6 2.2Q0.2 2.2 0.2 3.3Q0.2 4.3 1.6 4.6Q3.2 4.9 3.2 5.8Q3.2 7 1.6 7Q0.4 7 0 6',
  ],
  t: [2.2, 'M0.9 0.9V5.6Q0.9 7 2.2 6.9M0 2.4H2.2'],
  u: [3.4, 'M0 2.2V5.2Q0 7 1.6 7Q3.3 7 3.4 4.8M3.4 2.2V7'],
  v: [3.4, 'M0 2.2L1.7 7L3.4 2.2'],
  w: [5, 'M0 2.2L1.2 7L2.5 2.6L3.8 7L5 2.2'],
  x: [3.2, 'M0 2.2L3.2 7M3.2 2.2L0 7'],
  y: [3.5, 'M0 2.2L1.8 6.8M3.5 2.2L1.5 8Q1.1 9 0.1 8.9'],
  z: [3.2, 'M0 2.2H3.1L0 7H3.2'],
};

/** Space between letters, and half the width of the pen. */
const GAP = 1.7;
const HALF_PEN = 0.42;
/** Width left for a character that has no glyph. */
const UNKNOWN_WIDTH = 4;
export const GLYPH_HEIGHT = 7;

/** Width of a line of text at scale 1. */
export function textWidth(text: string): number {
  const letters = Array.from(text);
  const widths = letters.map((letter) => GLYPHS[letter]?.[0] ?? UNKNOWN_WIDTH);
  return widths.reduce((sum, width) => sum + width, GAP * Math.max(0, letters.length - 1));
}

/**
 * Call `plot(x, y, share)` for each pixel that the text covers, by which share. A character without a glyph
 * leaves a gap.
 *
 * @param scale pixels for a unit: capitals are 7 units high
 * @param swell pixels by which the pen is wider on each side, for a halo
 */
export function drawText(
  text: string,
  scale: number,
  swell: number,
  plot: (x: number, y: number, share: number) => void,
): void {
  let left = 0;
  for (const letter of text) {
    const [width, path] = GLYPHS[letter] ?? [UNKNOWN_WIDTH, ''];
    drawStrokes(strokesOf(path), { left, scale, pen: HALF_PEN * scale + swell }, width, plot);
    left += width + GAP;
  }
}

type Stroke = readonly [x1: number, y1: number, x2: number, y2: number];

function drawStrokes(
  strokes: readonly Stroke[],
  { left, scale, pen }: { left: number; scale: number; pen: number },
  width: number,
  plot: (x: number, y: number, share: number) => void,
): void {
  const reach = Math.ceil(pen + 1);
  const originX = Math.floor(left * scale) - reach;
  const originY = Math.floor(-scale) - reach;
  const columns = Math.ceil((left + width) * scale) + reach + 1 - originX;
  const rows = Math.ceil(9 * scale) + reach + 1 - originY;
  const shares = new Float32Array(columns * rows);
  for (const [x1, y1, x2, y2] of strokes) {
    const stroke = [(left + x1) * scale, y1 * scale, (left + x2) * scale, y2 * scale] as const;
    const [fromX, toX] = rangeOf(stroke[0], stroke[2], reach, originX, columns);
    const [fromY, toY] = rangeOf(stroke[1], stroke[3], reach, originY, rows);
    for (let y = fromY; y < toY; y++) {
      for (let x = fromX; x < toX; x++) {
        const distance = distanceTo(stroke, originX + x + 0.5, originY + y + 0.5);
        const i = y * columns + x;
        shares[i] = Math.max(shares[i]!, Math.min(1, pen + 0.5 - distance));
      }
    }
  }
  shares.forEach((share, i) => {
    if (share > 0) plot(originX + (i % columns), originY + Math.floor(i / columns), share);
  });
}

/** Rows or columns that a stroke may touch, counted from the origin of the letter's box. */
function rangeOf(
  a: number,
  b: number,
  reach: number,
  origin: number,
  count: number,
): [from: number, to: number] {
  const from = Math.floor(Math.min(a, b)) - reach - origin;
  const to = Math.ceil(Math.max(a, b)) + reach + 1 - origin;
  return [Math.max(0, from), Math.min(count, to)];
}

function distanceTo([x1, y1, x2, y2]: Stroke, x: number, y: number): number {
  const [dx, dy] = [x2 - x1, y2 - y1];
  const length = dx * dx + dy * dy;
  const t = length === 0 ? 0 : Math.min(1, Math.max(0, ((x - x1) * dx + (y - y1) * dy) / length));
  return Math.hypot(x - x1 - t * dx, y - y1 - t * dy);
}

/** Pieces into which a curve is cut. */
const PIECES = 8;

/** The straight pieces of a path. */
function strokesOf(path: string): Stroke[] {
  const strokes: Stroke[] = [];
  let [x, y] = [0, 0];
  const lineTo = (toX: number, toY: number): void => {
    strokes.push([x, y, toX, toY]);
    [x, y] = [toX, toY];
  };
  for (const [, command, list] of path.matchAll(/([MLHVQ])([^MLHVQ]*)/g)) {
    const [a = 0, b = 0, c = 0, d = 0] = list!.trim().split(' ').map(Number);
    if (command === 'M') [x, y] = [a, b];
    else if (command === 'L') lineTo(a, b);
    else if (command === 'H') lineTo(a, y);
    else if (command === 'V') lineTo(x, a);
    else {
      const [fromX, fromY] = [x, y];
      for (let i = 1; i <= PIECES; i++) {
        const t = i / PIECES;
        const at = (from: number, bend: number, to: number) =>
          (1 - t) * (1 - t) * from + 2 * t * (1 - t) * bend + t * t * to;
        lineTo(at(fromX, a, c), at(fromY, b, d));
      }
    }
  }
  return strokes;
}
