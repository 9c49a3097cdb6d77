/**
 * Letters 5 pixels wide and 7 high, drawn for the labels of rendered maps: one character in base 32 for
 * each row of pixels, top row first, leftmost pixel in the highest bit. A picture needs no font then.
 */
const GLYPHS: Readonly<Record<string, string>> = {
  '0': 'ehjlphe',
  '1': '4c4444e',
  '2': 'eh1248v',
  '3': 'eh161he',
  '4': '26aiv22',
  '5': 'vgu11he',
  '6': '68guhhe',
  '7': 'v124488',
  '8': 'ehhehhe',
  '9': 'ehhf12c',
  '.': '00000cc',
  '-': '000e000',
  '%': 'pp248jj',
  '/': '11248gg',
  '*': '04lel40',
  ' ': '0000000',
  ',': '0000448',
  '(': '2444442',
  ')': '8444448',
  ':': '0440440',
  A: 'ehhvhhh',
  B: 'uhhuhhu',
  C: 'ehggghe',
  D: 'uhhhhhu',
  E: 'vgguggv',
  F: 'vgguggg',
  G: 'ehgnhhe',
  H: 'hhhvhhh',
  I: 'e44444e',
  J: '11111he',
  K: 'hikokih',
  L: 'ggggggv',
  M: 'hrllhhh',
  N: 'hppljjh',
  O: 'ehhhhhe',
  P: 'uhhuggg',
  Q: 'ehhhlid',
  R: 'uhhukih',
  S: 'fgge11u',
  T: 'v444444',
  U: 'hhhhhhe',
  V: 'hhhhha4',
  W: 'hhhllrh',
  X: 'hha4ahh',
  Y: 'hha4444',
  Z: 'v1248gv',
  a: '00e1fhf',
  b: 'gguhhhu',
  c: '00eggge',
  d: '11fhhhf',
  e: '00ehvge',
  f: '68u8888',
  g: '00fhf1e',
  h: 'gguhhhh',
  i: '40c444e',
  j: '20622ic',
  k: 'ggikoki',
  l: 'c44444e',
  m: '00qllhh',
  n: '00uhhhh',
  o: '00ehhhe',
  p: '00uhugg',
  q: '00fhf11',
  r: '00mpggg',
  s: '00fge1u',
  t: '88u8886',
  u: '00hhhjd',
  v: '00hhha4',
  w: '00hhlla',
  x: '00ha4ah',
  y: '00hhf1e',
  z: '00v248v',
};

const GLYPH_WIDTH = 6;
export const GLYPH_HEIGHT = 7;

/** Width of a line of text in pixels at scale 1. */
export function textWidth(text: string): number {
  return Math.max(0, text.length * GLYPH_WIDTH - 1);
}

/**
 * Call `plot(x, y)` for each pixel of the text, relative to its top left corner. A character without a
 * glyph leaves a gap.
 */
export function drawText(text: string, plot: (x: number, y: number) => void): void {
  for (let i = 0; i < text.length; i++) {
    const rows = GLYPHS[text[i]!];
    if (rows === undefined) continue;
    for (let y = 0; y < GLYPH_HEIGHT; y++) {
      const bits = Number.parseInt(rows[y]!, 32);
      for (let x = 0; x < 5; x++) if (bits & (16 >> x)) plot(i * GLYPH_WIDTH + x, y);
    }
  }
}
