/**
 * Coefficients of a recursive filter of fourth order: forwards
 * y⁺ᵢ = Σ nₖ·xᵢ₋ₖ − Σ dₖ·y⁺ᵢ₋ₖ, backwards y⁻ᵢ = Σ mₖ·xᵢ₊ₖ − Σ dₖ·y⁻ᵢ₊ₖ; the result is their sum.
 */
export interface RecursiveCoefficients {
  /** n₀ … n₃ */
  forward: Four;
  /** m₁ … m₄ */
  backward: Four;
  /** d₁ … d₄ */
  recursion: Four;
}

type Four = [number, number, number, number];

/** Two damped cosines, Σⱼ (aⱼ·cos(wⱼ·t/σ) + bⱼ·sin(wⱼ·t/σ))·exp(lⱼ·t/σ), that together fit a function for t ≥ 0. */
interface Fit {
  a: readonly [number, number];
  b: readonly [number, number];
}

/** Frequencies and decay rates that the fits share. */
interface Poles {
  cos: readonly [number, number];
  sin: readonly [number, number];
  decay: readonly [number, number];
}

/**
 * The Gaussian with a standard deviation of `sigma` samples as a recursive filter (Deriche 1993, with the
 * fit of Farnebäck and Westin 2006), normalised so that a constant stays as it is.
 */
export function gaussianCoefficients(sigma: number): RecursiveCoefficients {
  const poles = polesFor(sigma);
  const recursion = recursionOf(poles);
  const numerator = numeratorOf(gaussianFit(), poles);
  const gain = (2 * moment(numerator, 0)) / moment([1, ...recursion], 0) - numerator[0];
  return complete(numerator.map((n) => n * (1 / gain)) as Four, recursion);
}

/**
 * The second derivative of that Gaussian as a recursive filter: it has no response to a constant, and
 * gives 2 for x² before it is multiplied by `factor`.
 */
export function secondDerivativeCoefficients(sigma: number, factor: number): RecursiveCoefficients {
  const poles = polesFor(sigma);
  const recursion = recursionOf(poles);
  const smooth = numeratorOf(gaussianFit(), poles);
  const curved = numeratorOf(secondDerivativeFit(), poles);
  const d = [1, ...recursion];
  const SD = moment(d, 0);
  // So much of the Gaussian is added that the sum of all weights is 0.
  const share =
    -(2 * moment(curved, 0) - SD * curved[0]) / (2 * moment(smooth, 0) - SD * smooth[0]);
  const mixed = curved.map((n, k) => n + share * smooth[k]) as Four;
  const [SN, DN, EN] = [0, 1, 2].map((p) => moment(curved, p) + share * moment(smooth, p));
  const [DD, ED] = [moment(d, 1), moment(d, 2)];
  const gain = (EN * SD * SD - ED * SN * SD - 2 * DN * DD * SD + 2 * DD * DD * SN) / (SD * SD * SD);
  return complete(mixed.map((n) => n * (factor / gain)) as Four, recursion);
}

function gaussianFit(): Fit {
  return { a: [1.353, -0.3531], b: [1.8151, 0.0902] };
}

function secondDerivativeFit(): Fit {
  return { a: [-1.3563, 0.3446], b: [5.2318, -2.2355] };
}

function polesFor(sigma: number): Poles {
  const frequencies = [0.6681 / sigma, 2.0787 / sigma] as const;
  return {
    cos: [Math.cos(frequencies[0]), Math.cos(frequencies[1])],
    sin: [Math.sin(frequencies[0]), Math.sin(frequencies[1])],
    decay: [Math.exp(-1.3932 / sigma), Math.exp(-1.3732 / sigma)],
  };
}

/** Σ kᵖ·vₖ. */
function moment(values: readonly number[], power: number): number {
  let sum = 0;
  for (let k = 0; k < values.length; k++) sum += k ** power * values[k];
  return sum;
}

/** The denominator of the z-transform of both cosines, without its leading 1. */
function recursionOf({ cos: [c1, c2], decay: [e1, e2] }: Poles): Four {
  return [
    -2 * (e2 * c2 + e1 * c1),
    4 * c2 * c1 * e1 * e2 + (e1 * e1 + e2 * e2),
    -2 * c1 * e1 * e2 * e2 + -2 * c2 * e2 * e1 * e1,
    e1 * e1 * e2 * e2,
  ];
}

/** The numerator of the z-transform of a fit. */
function numeratorOf(fit: Fit, { cos: [c1, c2], sin: [s1, s2], decay: [e1, e2] }: Poles): Four {
  const [a1, a2] = fit.a;
  const [b1, b2] = fit.b;
  const mixed = ((a1 + a2) * c2 * c1 - (b1 * c2 * s1 + b2 * c1 * s2)) * (2 * e1 * e2);
  return [
    a1 + a2,
    e2 * (b2 * s2 - (a2 + 2 * a1) * c2) + e1 * (b1 * s1 - (a1 + 2 * a2) * c1),
    mixed + (a2 * e1 * e1 + a1 * e2 * e2),
    e2 * e1 * e1 * (b2 * s2 - a2 * c2) + e1 * e2 * e2 * (b1 * s1 - a1 * c1),
  ];
}

/** Add the weights of the backward pass, which make the impulse response symmetric. */
function complete(forward: Four, recursion: Four): RecursiveCoefficients {
  const [n0, n1, n2, n3] = forward;
  const [d1, d2, d3, d4] = recursion;
  const backward: Four = [n1 - d1 * n0, n2 - d2 * n0, n3 - d3 * n0, -d4 * n0];
  return { forward, backward, recursion };
}
