/** Vanishing moments of the Daubechies wavelets: db1 … db38. */
const DAUBECHIES = 38;

/** Orders of the biorthogonal wavelets. */
const BIORTHOGONAL_ORDERS = '1.1 1.3 1.5 2.2 2.4 2.6 2.8 3.1 3.3 3.5 3.7 3.9 4.4 5.5 6.8';

/**
 * Names of the wavelets that there are, as PyWavelets has them: `haar`, `db1` … `db38`, `sym2` … `sym20`,
 * `coif1` … `coif17`, `bior1.1` … `bior6.8`, `rbio1.1` … `rbio6.8`, `dmey`.
 *
 * @example
 * ```ts
 * import { waveletNames } from '@steatosis/radiomics';
 *
 * console.log(waveletNames().length, waveletNames().includes('coif1')); // 106 true
 * ```
 */
export function waveletNames(): string[] {
  const numbered = (family: string, from: number, to: number) =>
    Array.from({ length: to - from + 1 }, (_, k) => `${family}${from + k}`);
  const orders = BIORTHOGONAL_ORDERS.split(' ');
  return [
    'haar',
    ...numbered('db', 1, DAUBECHIES),
    ...numbered('sym', 2, 20),
    ...numbered('coif', 1, 17),
    ...orders.map((order) => `bior${order}`),
    ...orders.map((order) => `rbio${order}`),
    'dmey',
  ];
}
