/**
 * Share of the result at which its series end. Far above what doubles allow, but ITK ends them there: with
 * better values, images smoothed by it would differ from those of SimpleITK in the eighth digit.
 */
const LAST_TERM = 3e-7;

/** ln √π as ITK has it: the last digits are 0.5723649429247001. */
const LOG_ROOT_PI = 0.572364942924847;

/**
 * The error function to seven digits: erf(x) = P(½, x²), the incomplete gamma function, by its series near
 * 0 and its continued fraction elsewhere (Abramowitz and Stegun 1964, 6.5.29 and 6.5.31; the fraction by
 * the method of Lentz 1976, Appl Opt 15:668–671).
 */
export function erf(x: number): number {
  const square = x * x;
  if (square === 0) return 0;
  const factor = Math.exp(-square + 0.5 * Math.log(square) - LOG_ROOT_PI);
  const size = square < 1.5 ? series(square) * factor : 1 - factor * fraction(square);
  return x < 0 ? -size : size;
}

function series(square: number): number {
  let term = 2;
  let sum = term;
  for (let n = 1; term >= LAST_TERM * sum; n++) {
    term *= square / (n + 0.5);
    sum += term;
  }
  return sum;
}

function fraction(square: number): number {
  let b = square + 0.5;
  let c = Infinity;
  let d = 1 / b;
  let value = d;
  let change = 0;
  for (let n = 1; Math.abs(change - 1) >= LAST_TERM; n++) {
    const a = -n * (n - 0.5);
    b += 2;
    d = 1 / (a * d + b);
    c = b + a / c;
    change = d * c;
    value *= change;
  }
  return value;
}
