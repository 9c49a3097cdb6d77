import type { Random } from '@steatosis/core';
import type { ResamplingUnits } from './units.js';

/**
 * Draws units with replacement, as many of each stratum as it has.
 *
 * @param drawn takes their numbers
 * @internal
 */
export function drawUnits({ strata }: ResamplingUnits, random: Random, drawn: Uint32Array): void {
  let next = 0;
  for (const stratum of strata) {
    const n = stratum.length;
    if (n > LARGEST) {
      for (let k = 0; k < n; k++) drawn[next++] = stratum[random.integer(n)];
      continue;
    }
    // Lemire (2019, ACM Trans. Model. Comput. Simul. 29:3): the high word of bits × n is without bias once those low words are
    // thrown away that would be too many. The product is exact in a double, and this takes a fifth of the time of a remainder.
    const tooFew = TWO_32 % n;
    for (let k = 0; k < n; k++) {
      for (;;) {
        const product = random.uint32() * n;
        const place = Math.floor(product * 2 ** -32);
        if (product - place * TWO_32 >= tooFew) {
          drawn[next++] = stratum[place];
          break;
        }
      }
    }
  }
}

const TWO_32 = 2 ** 32;
/** Products with 32 bits are below 2⁵³. */
const LARGEST = 2 ** 21;
