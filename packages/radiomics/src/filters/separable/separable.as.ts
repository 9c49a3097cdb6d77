// One-axis convolutions. Sums are taken tap by tap in the order in which the caller lists the taps, so that
// double and single precision both agree with other programs to the last bit.

/** Bytes that one turn of the loop takes: four vectors in flight hide the latency of an addition. */
const STEP: usize = 64;

/** Memory from here on belongs to the caller. */
export const heapBase: usize = __heap_base;

function convolve<T>(
  source: usize,
  groups: i32,
  width: usize,
  sourceGroup: usize,
  targetGroup: usize,
  offsets: usize,
  taps: usize,
  count: usize,
  target: usize,
): void {
  const end = offsets + 4 * count;
  const unit: usize = sizeof<T>();
  for (let g = 0; g < groups; g++) {
    let x: usize = 0;
    while (x < width && width >= STEP) {
      // The last step overlaps the one before it rather than leave the run.
      x = min(x, width - STEP);
      const from = source + x;
      let a = v128.splat<T>(0);
      let b = v128.splat<T>(0);
      let c = v128.splat<T>(0);
      let d = v128.splat<T>(0);
      let tap = taps;
      for (let offset = offsets; offset < end; offset += 4) {
        const at = from + load<u32>(offset);
        const v = v128.splat<T>(load<T>(tap));
        a = v128.add<T>(a, v128.mul<T>(v, v128.load(at)));
        b = v128.add<T>(b, v128.mul<T>(v, v128.load(at, 16)));
        c = v128.add<T>(c, v128.mul<T>(v, v128.load(at, 32)));
        d = v128.add<T>(d, v128.mul<T>(v, v128.load(at, 48)));
        tap += unit;
      }
      const to = target + x;
      v128.store(to, a);
      v128.store(to, b, 16);
      v128.store(to, c, 32);
      v128.store(to, d, 48);
      x += STEP;
    }
    for (; x < width; x += unit) {
      let sum: T = 0;
      let tap = taps;
      for (let offset = offsets; offset < end; offset += 4) {
        sum += load<T>(tap) * load<T>(source + x + load<u32>(offset));
        tap += unit;
      }
      store<T>(target + x, sum);
    }
    source += sourceGroup;
    target += targetGroup;
  }
}

function convolvePair<T>(
  source: usize,
  groups: i32,
  width: usize,
  sourceGroup: usize,
  targetGroup: usize,
  offsets: usize,
  taps: usize,
  count: usize,
  first: usize,
  second: usize,
): void {
  const end = offsets + 4 * count;
  const unit: usize = sizeof<T>();
  const other = unit * count;
  for (let g = 0; g < groups; g++) {
    let x: usize = 0;
    while (x < width && width >= STEP) {
      x = min(x, width - STEP);
      const from = source + x;
      let a = v128.splat<T>(0);
      let b = v128.splat<T>(0);
      let c = v128.splat<T>(0);
      let d = v128.splat<T>(0);
      let e = v128.splat<T>(0);
      let f = v128.splat<T>(0);
      let h = v128.splat<T>(0);
      let i = v128.splat<T>(0);
      let tap = taps;
      for (let offset = offsets; offset < end; offset += 4) {
        const at = from + load<u32>(offset);
        const v = v128.splat<T>(load<T>(tap));
        const w = v128.splat<T>(load<T>(tap + other));
        const p = v128.load(at);
        const q = v128.load(at, 16);
        const r = v128.load(at, 32);
        const s = v128.load(at, 48);
        a = v128.add<T>(a, v128.mul<T>(v, p));
        b = v128.add<T>(b, v128.mul<T>(v, q));
        c = v128.add<T>(c, v128.mul<T>(v, r));
        d = v128.add<T>(d, v128.mul<T>(v, s));
        e = v128.add<T>(e, v128.mul<T>(w, p));
        f = v128.add<T>(f, v128.mul<T>(w, q));
        h = v128.add<T>(h, v128.mul<T>(w, r));
        i = v128.add<T>(i, v128.mul<T>(w, s));
        tap += unit;
      }
      let to = first + x;
      v128.store(to, a);
      v128.store(to, b, 16);
      v128.store(to, c, 32);
      v128.store(to, d, 48);
      to = second + x;
      v128.store(to, e);
      v128.store(to, f, 16);
      v128.store(to, h, 32);
      v128.store(to, i, 48);
      x += STEP;
    }
    for (; x < width; x += unit) {
      let sum: T = 0;
      let otherSum: T = 0;
      let tap = taps;
      for (let offset = offsets; offset < end; offset += 4) {
        const value = load<T>(source + x + load<u32>(offset));
        sum += load<T>(tap) * value;
        otherSum += load<T>(tap + other) * value;
        tap += unit;
      }
      store<T>(first + x, sum);
      store<T>(second + x, otherSum);
    }
    source += sourceGroup;
    first += targetGroup;
    second += targetGroup;
  }
}

/**
 * out[i] = Σ_k taps[k] · in[i + offsets[k]] for `groups` runs of `width` bytes. Offsets are in bytes.
 */
export function convolve64(
  source: usize,
  groups: i32,
  width: usize,
  sourceGroup: usize,
  targetGroup: usize,
  offsets: usize,
  taps: usize,
  count: usize,
  target: usize,
): void {
  convolve<f64>(source, groups, width, sourceGroup, targetGroup, offsets, taps, count, target);
}

export function convolve32(
  source: usize,
  groups: i32,
  width: usize,
  sourceGroup: usize,
  targetGroup: usize,
  offsets: usize,
  taps: usize,
  count: usize,
  target: usize,
): void {
  convolve<f32>(source, groups, width, sourceGroup, targetGroup, offsets, taps, count, target);
}

/** Two filters over the same samples; the second one's taps follow the first one's. */
export function convolvePair64(
  source: usize,
  groups: i32,
  width: usize,
  sourceGroup: usize,
  targetGroup: usize,
  offsets: usize,
  taps: usize,
  count: usize,
  first: usize,
  second: usize,
): void {
  convolvePair<f64>(
    source,
    groups,
    width,
    sourceGroup,
    targetGroup,
    offsets,
    taps,
    count,
    first,
    second,
  );
}

export function convolvePair32(
  source: usize,
  groups: i32,
  width: usize,
  sourceGroup: usize,
  targetGroup: usize,
  offsets: usize,
  taps: usize,
  count: usize,
  first: usize,
  second: usize,
): void {
  convolvePair<f32>(
    source,
    groups,
    width,
    sourceGroup,
    targetGroup,
    offsets,
    taps,
    count,
    first,
    second,
  );
}
