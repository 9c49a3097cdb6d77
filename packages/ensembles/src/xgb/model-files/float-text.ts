/**
 * A float32 as XGBoost's JSON has it: the shortest decimal that reads back as the same float32, always with
 * an exponent. A bare `0` would be an integer to XGBoost, and it refuses integers in arrays of floats.
 */
export function float32Text(value: number): string {
  if (value === 0) return Object.is(value, -0) ? '-0E0' : '0E0';
  if (!Number.isFinite(value)) {
    return Number.isNaN(value) ? 'NaN' : value > 0 ? 'Infinity' : '-Infinity';
  }
  // A float32 that some decimal of up to six digits rounds to, rounds to that decimal: one try covers them all. Below
  // the normal numbers there are fewer digits to go by.
  const least = Math.abs(value) < LEAST_NORMAL ? 1 : 6;
  let digits = least;
  let text = value.toExponential(digits - 1);
  while (Math.fround(Number(text)) !== value) text = value.toExponential(digits++);
  text = withEvenTie(text, digits, value);
  const exponentAt = text.indexOf('e');
  let end = exponentAt;
  if (text.includes('.')) {
    while (text.charCodeAt(end - 1) === 0x30) end--;
    if (text.charCodeAt(end - 1) === 0x2e) end--;
  }
  const exponent = exponentAt + (text.charCodeAt(exponentAt + 1) === 0x2b ? 2 : 1);
  return `${text.slice(0, end)}E${text.slice(exponent)}`;
}

/**
 * Two decimals of as many digits may be equally near: XGBoost takes the one that ends in an even digit, JavaScript
 * the larger one.
 */
function withEvenTie(text: string, digits: number, value: number): string {
  const last = text.indexOf('e') - 1;
  if (text.charCodeAt(last) % 2 === 0 || Number(value.toExponential(digits)) !== value) return text;
  const even = text.slice(0, last) + String(Number(text[last]) - 1) + text.slice(last + 1);
  const isTie = Number(text) !== value && Math.fround(Number(even)) === value;
  return isTie && Math.abs(Number(even) - value) === Math.abs(Number(text) - value) ? even : text;
}

/** Least normal float32, 2⁻¹²⁶. */
const LEAST_NORMAL = 1.1754943508222875e-38;
