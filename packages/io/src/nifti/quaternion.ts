/** A rotation as NIfTI's qform holds it: the vector part of a unit quaternion, and `qfac`. */
export interface Qform {
  b: number;
  c: number;
  d: number;
  /** −1 where the third axis is flipped (left-handed axes), else 1. */
  qfac: 1 | -1;
}

/** Row-major 3×3 matrix of a qform (NIfTI-1 standard, "method 2"). */
export function matrixOfQform({ b, c, d, qfac }: Qform): number[] {
  const square = b * b + c * c + d * d;
  // Files rounded to float32 may exceed 1 by a little: then it is a half turn about (b, c, d).
  const scale = square > 1 ? 1 / Math.sqrt(square) : 1;
  const [x, y, z] = [b * scale, c * scale, d * scale];
  const a = square > 1 ? 0 : Math.sqrt(1 - square);
  return [
    a * a + x * x - y * y - z * z,
    2 * (x * y - a * z),
    2 * (x * z + a * y) * qfac,
    2 * (x * y + a * z),
    a * a + y * y - x * x - z * z,
    2 * (y * z - a * x) * qfac,
    2 * (x * z - a * y),
    2 * (y * z + a * x),
    (a * a + z * z - x * x - y * y) * qfac,
  ];
}

/** The qform of a row-major matrix with orthonormal columns; `undefined` where the axes are sheared. */
export function qformOfMatrix(m: readonly number[]): Qform | undefined {
  for (let i = 0; i < 3; i++) {
    for (let j = i; j < 3; j++) {
      const dot = m[i] * m[j] + m[3 + i] * m[3 + j] + m[6 + i] * m[6 + j];
      if (Math.abs(dot - (i === j ? 1 : 0)) > 1e-5) return undefined;
    }
  }
  const determinant =
    m[0] * (m[4] * m[8] - m[5] * m[7]) -
    m[1] * (m[3] * m[8] - m[5] * m[6]) +
    m[2] * (m[3] * m[7] - m[4] * m[6]);
  const qfac = determinant < 0 ? -1 : 1;
  const [r11, r12, r13] = [m[0], m[1], m[2] * qfac];
  const [r21, r22, r23] = [m[3], m[4], m[5] * qfac];
  const [r31, r32, r33] = [m[6], m[7], m[8] * qfac];
  // Divide by the largest of the four, so that no digits are lost near a half turn.
  const candidates = [
    1 + r11 + r22 + r33,
    1 + r11 - r22 - r33,
    1 - r11 + r22 - r33,
    1 - r11 - r22 + r33,
  ];
  const largest = candidates.indexOf(Math.max(...candidates));
  const s = 2 * Math.sqrt(candidates[largest]);
  const q = [
    [s / 4, (r32 - r23) / s, (r13 - r31) / s, (r21 - r12) / s],
    [(r32 - r23) / s, s / 4, (r12 + r21) / s, (r13 + r31) / s],
    [(r13 - r31) / s, (r12 + r21) / s, s / 4, (r23 + r32) / s],
    [(r21 - r12) / s, (r13 + r31) / s, (r23 + r32) / s, s / 4],
  ][largest];
  const sign = q[0] < 0 ? -1 : 1;
  return { b: q[1] * sign, c: q[2] * sign, d: q[3] * sign, qfac };
}
