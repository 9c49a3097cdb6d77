/**
 * Where a rising continuous function is 0.
 *
 * Looks for a change of sign in steps that double, then follows Chandrupatla (1997, Adv. Eng. Softw. 28:145): inverse
 * quadratic interpolation where it is safe, else halving.
 *
 * @internal
 */
export function risingRoot(start: number, f: (x: number) => number): number {
  let x1 = start;
  let f1 = f(start);
  if (f1 === 0) return start;
  let step = f1 < 0 ? 1 : -1;
  let x2 = start + step;
  let f2 = f(x2);
  while (f2 < 0 === f1 < 0) {
    [x1, f1] = [x2, f2];
    step *= 2;
    x2 += step;
    f2 = f(x2);
  }
  let share = 0.5;
  for (;;) {
    const x = x1 + share * (x2 - x1);
    const found = f(x);
    let x3 = x1;
    let f3 = f1;
    if (found < 0 !== f1 < 0) [x3, f3, x2, f2] = [x2, f2, x1, f1];
    [x1, f1] = [x, found];
    const [best, atBest] = Math.abs(f2) < Math.abs(f1) ? [x2, f2] : [x1, f1];
    const least = (ROUNDING * Math.max(1, Math.abs(best))) / Math.abs(x2 - x1);
    if (least > 0.5 || atBest === 0) return best;
    const place = (x1 - x2) / (x3 - x2);
    const height = (f1 - f2) / (f3 - f2);
    share =
      height ** 2 < place && (1 - height) ** 2 < 1 - place
        ? (f1 / (f2 - f1)) * (f3 / (f2 - f3)) +
          ((x3 - x1) / (x2 - x1)) * (f1 / (f3 - f1)) * (f2 / (f3 - f2))
        : 0.5;
    share = Math.min(1 - least, Math.max(least, share));
  }
}

const ROUNDING = 4e-16;
