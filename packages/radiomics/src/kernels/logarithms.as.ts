/** Logarithms for entropies of counts. */

/** n·log₂ n of the counts that small regions have. */
const TABLE_SIZE = 1024;
const TABLE = memory.data(8 * TABLE_SIZE, 16);
let filled = false;

/** To be called once before {@link nLog2n}. */
export function prepareLogarithms(): void {
  if (filled) return;
  filled = true;
  for (let n = 2; n < TABLE_SIZE; n++) {
    store<f64>(TABLE + ((<usize>n) << 3), <f64>n * NativeMath.log2(<f64>n));
  }
}

/** n·log₂ n, 0 for n = 0; `n` need not be an integer (weighted matrices). */
export function nLog2n(n: f64): f64 {
  if (n < <f64>TABLE_SIZE) {
    const whole = <i32>n;
    if (<f64>whole === n) return load<f64>(TABLE + ((<usize>whole) << 3));
  }
  return n > 0 ? n * NativeMath.log2(n) : 0;
}

/** The spacing of doubles at 1, which PyRadiomics adds inside each logarithm. */
export const EPSILON: f64 = 2.220446049250313e-16;

/** What one non-empty cell adds to Σ p·log₂(p + ε) beyond Σ p·log₂ p: ε/ln 2 to first order. */
export const EPSILON_PER_CELL: f64 = 3.203426503814917e-16;

/** Entropy in bits of `cells` counts that add up to `total`, from Σ n·log₂ n over them. */
export function entropyOfCounts(total: f64, logs: f64, cells: f64): f64 {
  return cells === 1 ? 0 : NativeMath.log2(total) - logs / total;
}
