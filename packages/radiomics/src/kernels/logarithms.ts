const TABLE_SIZE = 4096;
let table: Float64Array | undefined;

/** n·log₂ n by table for 0 ≤ n < 4096: the counts of small regions. */
function nLog2nTable(): Float64Array {
  if (table === undefined) {
    table = new Float64Array(TABLE_SIZE);
    for (let n = 2; n < TABLE_SIZE; n++) table[n] = n * Math.log2(n);
  }
  return table;
}

/** n·log₂ n, 0 for n = 0; `n` need not be an integer (weighted matrices). */
export function nLog2n(n: number): number {
  if (n < TABLE_SIZE) {
    const whole = n | 0;
    if (whole === n) return (table ?? nLog2nTable())[whole];
  }
  return n > 0 ? n * Math.log2(n) : 0;
}

/** The spacing of doubles at 1, which PyRadiomics adds inside each logarithm. */
export const EPSILON = 2.220446049250313e-16;

/** What one non-empty cell adds to Σ p·log₂(p + ε) beyond Σ p·log₂ p: ε/ln 2 to first order. */
export const EPSILON_PER_CELL = 3.203426503814917e-16;

/**
 * Entropy −Σ p·log₂(p + ε) in bits of cells with counts n, p = n/total.
 *
 * @param sumNLog2n Σ n·log₂ n over the cells
 * @param cells number of non-empty cells
 */
export function entropyOf(total: number, sumNLog2n: number, cells: number): number {
  if (cells === 1) return -EPSILON_PER_CELL;
  return Math.log2(total) - sumNLog2n / total - cells * EPSILON_PER_CELL;
}
