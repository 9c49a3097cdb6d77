/** One filter, or two of one length, to convolve with along an axis. */
export interface AxisFilters {
  axis: 0 | 1 | 2;
  /** out[i] = Σ_j taps[j] · in[i + ahead − j·dilation] */
  taps: readonly [Float64Array] | readonly [Float64Array, Float64Array];
  ahead: number;
  /** Samples from tap to tap. */
  dilation: number;
  /**
   * Length of a period, to sum as PyWavelets does: where samples from the next period are needed, their taps come first
   * and in reverse. Without it taps are summed in their order. The order only shows in the last bit.
   */
  period?: number;
}

/** Samples along the axis that filters need beyond those that they give. */
export function reachOf({ taps, dilation }: AxisFilters): number {
  return (taps[0].length - 1) * dilation;
}

/** Results from `from` to `to` that sum their taps in the same order. */
export interface Stretch {
  from: number;
  to: number;
  /** How many of the first taps come in reverse. */
  reversed: number;
}

/** The results at `first`, `first + 1`, … in stretches of one order of taps. */
export function stretchesOf(filters: AxisFilters, first: number, count: number): Stretch[] {
  const { period, ahead } = filters;
  if (period === undefined) return [{ from: 0, to: count, reversed: 0 }];
  const stretches: Stretch[] = [];
  for (let k = 0; k < count; k++) {
    const place = (((first + k) % period) + period) % period;
    const reversed = Math.max(0, place + ahead - period + 1);
    const last = stretches.at(-1);
    if (last?.reversed === reversed) last.to++;
    else stretches.push({ from: k, to: k + 1, reversed });
  }
  return stretches;
}

/** Write the taps of all filters and the byte offsets of their samples, in order of summation. */
export function writeTaps(
  { taps, dilation }: AxisFilters,
  reversed: number,
  bytesPerSample: number,
  values: Float32Array | Float64Array,
  offsets: Uint32Array,
): void {
  const count = taps[0].length;
  for (let k = 0; k < count; k++) {
    const j = k < reversed ? reversed - 1 - k : k;
    offsets[k] = (count - 1 - j) * dilation * bytesPerSample;
    for (let filter = 0; filter < taps.length; filter++) {
      values[filter * count + k] = taps[filter][j];
    }
  }
}
