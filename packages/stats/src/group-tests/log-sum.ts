import type { PValue } from '../special/p-value.js';

/** Adds probabilities that come as logarithms, of which all may underflow. */
export class LogSum {
  private largest = -Infinity;
  /** In units of the largest. */
  private sum = 0;

  add(log: number): void {
    if (log === -Infinity) return;
    if (log > this.largest) {
      this.sum = this.sum * Math.exp(this.largest - log) + 1;
      this.largest = log;
    } else {
      this.sum += Math.exp(log - this.largest);
    }
  }

  /** The sum, at most 1, which rounding may have left above it. */
  total(): PValue {
    const logP = Math.min(0, this.largest + Math.log(this.sum));
    return { p: Math.exp(logP), logP };
  }
}
