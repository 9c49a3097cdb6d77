/**
 * The standard error of Fisher's z of a rank correlation.
 *
 * - `'bonett-wright'`: √((1 + ρ²/2)/(n − 3)) (Bonett and Wright 2000, Psychometrika 65:23)
 * - `'fieller'`: √(1.06/(n − 3)) (Fieller, Hartley and Pearson 1957, Biometrika 44:470), for |ρ| up to about 0.8
 * - `'caruso-cliff'`: √(1/(n − 2) + |z|/(6n + 4√n)) (Caruso and Cliff 1997, Educ. Psychol. Meas. 57:637)
 * - `'fisher'`: √(1/(n − 3)), Pearson's, which is too short where ρ is large
 */
export type SpearmanInterval = 'bonett-wright' | 'fieller' | 'caruso-cliff' | 'fisher';

/** Their sources in words. */
export const INTERVAL_SOURCES: Readonly<Record<SpearmanInterval, string>> = {
  'bonett-wright': 'Bonett and Wright (2000)',
  fieller: 'Fieller, Hartley and Pearson (1957)',
  'caruso-cliff': 'Caruso and Cliff (1997)',
  fisher: "Fisher's z",
};

/**
 * @param z atanh ρ
 * @internal
 */
export function standardErrorOfRankZ(
  kind: SpearmanInterval,
  r: number,
  z: number,
  n: number,
): number {
  switch (kind) {
    case 'bonett-wright':
      return Math.sqrt((1 + r ** 2 / 2) / (n - 3));
    case 'fieller':
      return Math.sqrt(1.06 / (n - 3));
    case 'caruso-cliff':
      return Math.sqrt(1 / (n - 2) + Math.abs(z) / (6 * n + 4 * Math.sqrt(n)));
    default:
      return Math.sqrt(1 / (n - 3));
  }
}
