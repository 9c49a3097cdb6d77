/**
 * A float32 as XGBoost's JSON has it: the shortest decimal that reads back as the same float32, always with
 * an exponent. A bare `0` would be an integer to XGBoost, and it refuses integers in arrays of floats.
 */
export function float32Text(value: number): string {
  if (value === 0) return Object.is(value, -0) ? '-0E0' : '0E0';
  if (!Number.isFinite(value))
    return Number.isNaN(value) ? 'NaN' : value > 0 ? 'Infinity' : '-Infinity';
  let text = '';
  for (let digits = 1; digits <= 9; digits++) {
    text = value.toExponential(digits - 1);
    if (Math.fround(Number(text)) === value) break;
  }
  return text.replace('e+', 'E').replace('e', 'E');
}
