/**
 * A sum in twice the working precision: `high` + `low`, where `low` gathers the rounding errors of `high`.
 * Source: algorithm Dot2 of Ogita, Rump and Oishi (2005, SIAM J. Sci. Comput. 26:1955).
 *
 * @internal
 */
export class TwofoldSum {
  high = 0;
  low = 0;

  add(value: number): void {
    const next = this.high + value;
    const part = next - this.high;
    this.low += this.high - (next - part) + (value - part);
    this.high = next;
  }

  addProduct(a: number, b: number): void {
    const product = a * b;
    this.add(product);
    this.low += productError(a, b, product);
  }

  total(): number {
    return this.high + this.low;
  }

  reset(): void {
    this.high = 0;
    this.low = 0;
  }
}

/** a b − `product` exactly, where `product` is a b rounded (Dekker 1971). */
export function productError(a: number, b: number, product: number): number {
  const splitA = a * SPLITTER;
  const highA = splitA - (splitA - a);
  const lowA = a - highA;
  const splitB = b * SPLITTER;
  const highB = splitB - (splitB - b);
  const lowB = b - highB;
  return lowA * lowB - (product - highA * highB - lowA * highB - highA * lowB);
}

/** 2²⁷ + 1 */
const SPLITTER = 134217729;
