/** A mask in one plane, padded by one pixel on every side. */
export interface PaddedPlane {
  readonly inside: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/**
 * Length and enclosed area of the outline of a plane mask (marching squares, corners in the middle of
 * the edges between inside and outside pixels; pixels that touch at a corner alone are kept apart).
 */
export function measureOutline(
  plane: PaddedPlane,
  spacing: readonly [number, number],
): { perimeter: number; area: number } {
  const { inside, width, height } = plane;
  let diagonals = 0;
  let alongU = 0;
  let alongV = 0;
  let eighths = 0;
  for (let v = 0; v < height - 1; v++) {
    for (let u = 0; u < width - 1; u++) {
      const p = v * width + u;
      const a = inside[p];
      const b = inside[p + 1];
      const c = inside[p + width];
      const d = inside[p + width + 1];
      const corners = a + b + c + d;
      if (corners === 1 || corners === 3) {
        diagonals++;
        eighths += corners === 1 ? 1 : 7;
      } else if (corners === 4) {
        eighths += 8;
      } else if (corners === 2) {
        if (a === d) {
          diagonals += 2;
          eighths += 2;
        } else {
          if (a === b) alongU++;
          else alongV++;
          eighths += 4;
        }
      }
    }
  }
  const [su, sv] = spacing;
  return {
    perimeter: (diagonals * Math.hypot(su, sv)) / 2 + alongU * su + alongV * sv,
    area: (eighths / 8) * su * sv,
  };
}
