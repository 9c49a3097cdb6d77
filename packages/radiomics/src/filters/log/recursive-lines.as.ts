/**
 * A recursive filter of fourth order along many lines at once, forwards and backwards, in double
 * precision with results rounded to single. Eight lines are taken at a time: element i of them is a row
 * of eight numbers in a scratch plane, and the loop over rows carries the recursion.
 *
 * Sums are added from the left, as ITK adds them: the results are then equal to its to the last bit.
 */

/** Memory from here on belongs to the caller. */
export const heapBase: usize = __heap_base;

/** Bytes of a row of eight doubles. */
const ROW: usize = 64;
/** Rows before the first and after the last element, which repeat it. */
const MARGIN: i32 = 4;

let n0: v128 = f64x2.splat(0);
let n1: v128 = f64x2.splat(0);
let n2: v128 = f64x2.splat(0);
let n3: v128 = f64x2.splat(0);
let m1: v128 = f64x2.splat(0);
let m2: v128 = f64x2.splat(0);
let m3: v128 = f64x2.splat(0);
let m4: v128 = f64x2.splat(0);
let d1: v128 = f64x2.splat(0);
let d2: v128 = f64x2.splat(0);
let d3: v128 = f64x2.splat(0);
let d4: v128 = f64x2.splat(0);
/** Addresses of the four that the recursion takes in place of d beyond the first and the last element. */
let forwardEnd: usize = 0;
let backwardEnd: usize = 0;

/** Weights of the input forwards (4) and backwards (4), of the output (4), and of the ends (4 each). */
export function setCoefficients(address: usize): void {
  n0 = f64x2.splat(load<f64>(address, 0));
  n1 = f64x2.splat(load<f64>(address, 8));
  n2 = f64x2.splat(load<f64>(address, 16));
  n3 = f64x2.splat(load<f64>(address, 24));
  m1 = f64x2.splat(load<f64>(address, 32));
  m2 = f64x2.splat(load<f64>(address, 40));
  m3 = f64x2.splat(load<f64>(address, 48));
  m4 = f64x2.splat(load<f64>(address, 56));
  d1 = f64x2.splat(load<f64>(address, 64));
  d2 = f64x2.splat(load<f64>(address, 72));
  d3 = f64x2.splat(load<f64>(address, 80));
  d4 = f64x2.splat(load<f64>(address, 88));
  forwardEnd = address + 96;
  backwardEnd = address + 128;
}

/**
 * Filter up to eight lines of n ≥ 4 elements.
 *
 * @param source first element of the first line; f64 where `double` is set, else f32
 * @param elementStep bytes from an element of a line to the next in the source, @param lineStep from line
 * to line
 * @param lines 1 to 8
 * @param target f32, with steps of its own; gets elements `from` to `to` − 1 of each line
 * @param scratch room for 3·(n + 8) rows
 */
export function filterLines(
  source: usize,
  double: bool,
  elementStep: usize,
  lineStep: usize,
  lines: i32,
  n: i32,
  target: usize,
  targetElementStep: usize,
  targetLineStep: usize,
  from: i32,
  to: i32,
  scratch: usize,
): void {
  const plane = usize(n + 2 * MARGIN) * ROW;
  const data = scratch + usize(MARGIN) * ROW;
  const forward = data + plane;
  const backward = forward + plane;
  if (double) gather<f64>(source, elementStep, lineStep, lines, n, data);
  else if (lines == 8 && lineStep == 4) gatherRows(source, elementStep, n, data);
  else gather<f32>(source, elementStep, lineStep, lines, n, data);
  runForward(data, forward, n);
  runBackward(data, forward, backward, n);
  const first = forward + usize(from) * ROW;
  if (lines == 8 && targetLineStep == 4) scatterRows(first, to - from, target, targetElementStep);
  else scatter(first, to - from, target, targetElementStep, targetLineStep, lines);
}

/** Lines that are not there repeat the last one. */
function gather<T>(
  source: usize,
  elementStep: usize,
  lineStep: usize,
  lines: i32,
  n: i32,
  data: usize,
): void {
  const s1 = source + lineStep * usize(min(1, lines - 1));
  const s2 = source + lineStep * usize(min(2, lines - 1));
  const s3 = source + lineStep * usize(min(3, lines - 1));
  const s4 = source + lineStep * usize(min(4, lines - 1));
  const s5 = source + lineStep * usize(min(5, lines - 1));
  const s6 = source + lineStep * usize(min(6, lines - 1));
  const s7 = source + lineStep * usize(min(7, lines - 1));
  let row = data;
  let at: usize = 0;
  for (let i = 0; i < n; i++) {
    store<f64>(row, f64(load<T>(source + at)), 0);
    store<f64>(row, f64(load<T>(s1 + at)), 8);
    store<f64>(row, f64(load<T>(s2 + at)), 16);
    store<f64>(row, f64(load<T>(s3 + at)), 24);
    store<f64>(row, f64(load<T>(s4 + at)), 32);
    store<f64>(row, f64(load<T>(s5 + at)), 40);
    store<f64>(row, f64(load<T>(s6 + at)), 48);
    store<f64>(row, f64(load<T>(s7 + at)), 56);
    at += elementStep;
    row += ROW;
  }
  repeatEnds(data, n);
}

/** Eight lines side by side. */
function gatherRows(source: usize, elementStep: usize, n: i32, data: usize): void {
  let row = data;
  let at = source;
  for (let i = 0; i < n; i++) {
    v128.store(row, f64x2.promote_low_f32x4(v128.load64_zero(at, 0)), 0);
    v128.store(row, f64x2.promote_low_f32x4(v128.load64_zero(at, 8)), 16);
    v128.store(row, f64x2.promote_low_f32x4(v128.load64_zero(at, 16)), 32);
    v128.store(row, f64x2.promote_low_f32x4(v128.load64_zero(at, 24)), 48);
    at += elementStep;
    row += ROW;
  }
  repeatEnds(data, n);
}

function repeatEnds(data: usize, n: i32): void {
  const last = data + usize(n - 1) * ROW;
  for (let i = 1; i <= MARGIN; i++) {
    memory.copy(data - usize(i) * ROW, data, ROW);
    memory.copy(last + usize(i) * ROW, last, ROW);
  }
}

function weighted(
  a: v128,
  wa: v128,
  b: v128,
  wb: v128,
  c: v128,
  wc: v128,
  d: v128,
  wd: v128,
): v128 {
  return f64x2.add(
    f64x2.add(f64x2.add(f64x2.mul(a, wa), f64x2.mul(b, wb)), f64x2.mul(c, wc)),
    f64x2.mul(d, wd),
  );
}

/** y_i = Σ n_k·x_{i−k} − Σ d_k·y_{i−k} for two lines; `x` and `y` are the rows of element i − 4. */
function stepForward(x: usize, y: usize, offset: usize): void {
  const input = weighted(
    v128.load(x + offset, 256),
    n0,
    v128.load(x + offset, 192),
    n1,
    v128.load(x + offset, 128),
    n2,
    v128.load(x + offset, 64),
    n3,
  );
  const output = weighted(
    v128.load(y + offset, 192),
    d1,
    v128.load(y + offset, 128),
    d2,
    v128.load(y + offset, 64),
    d3,
    v128.load(y + offset, 0),
    d4,
  );
  v128.store(y + offset, f64x2.sub(input, output), 256);
}

function runForward(data: usize, forward: usize, n: i32): void {
  for (let i = 0; i < MARGIN; i++) {
    for (let c: usize = 0; c < ROW; c += 16) firstForward(data + c, forward + c, i);
  }
  let x = data;
  let y = forward;
  for (let i = MARGIN; i < n; i++) {
    stepForward(x, y, 0);
    stepForward(x, y, 16);
    stepForward(x, y, 32);
    stepForward(x, y, 48);
    x += ROW;
    y += ROW;
  }
}

/** Element i < 4, whose recursion reaches beyond the first element. */
function firstForward(data: usize, forward: usize, i: i32): void {
  const x = data + usize(i) * ROW;
  const y = forward + usize(i) * ROW;
  const end = v128.load(data);
  const input = weighted(
    v128.load(x),
    n0,
    v128.load(x - ROW),
    n1,
    v128.load(x - 2 * ROW),
    n2,
    v128.load(x - 3 * ROW),
    n3,
  );
  const output = weighted(
    i > 0 ? v128.load(y - ROW) : end,
    i > 0 ? d1 : v128.load64_splat(forwardEnd, 0),
    i > 1 ? v128.load(y - 2 * ROW) : end,
    i > 1 ? d2 : v128.load64_splat(forwardEnd, 8),
    i > 2 ? v128.load(y - 3 * ROW) : end,
    i > 2 ? d3 : v128.load64_splat(forwardEnd, 16),
    end,
    v128.load64_splat(forwardEnd, 24),
  );
  v128.store(y, f64x2.sub(input, output));
}

/** As forwards, from element i + 1 on; the sum with the forward result takes that one's place. */
function stepBackward(x: usize, y: usize, sum: usize, offset: usize): void {
  const input = weighted(
    v128.load(x + offset, 64),
    m1,
    v128.load(x + offset, 128),
    m2,
    v128.load(x + offset, 192),
    m3,
    v128.load(x + offset, 256),
    m4,
  );
  const output = weighted(
    v128.load(y + offset, 64),
    d1,
    v128.load(y + offset, 128),
    d2,
    v128.load(y + offset, 192),
    d3,
    v128.load(y + offset, 256),
    d4,
  );
  const value = f64x2.sub(input, output);
  v128.store(y + offset, value);
  v128.store(sum + offset, f64x2.add(v128.load(sum + offset), value));
}

function runBackward(data: usize, forward: usize, backward: usize, n: i32): void {
  for (let i = 0; i < MARGIN; i++) {
    const at = usize(n - 1 - i) * ROW;
    for (let c: usize = 0; c < ROW; c += 16) {
      firstBackward(data + at + c, backward + at + c, forward + at + c, i);
    }
  }
  const at = usize(n - 1 - MARGIN) * ROW;
  let x = data + at;
  let y = backward + at;
  let sum = forward + at;
  for (let i = MARGIN; i < n; i++) {
    stepBackward(x, y, sum, 0);
    stepBackward(x, y, sum, 16);
    stepBackward(x, y, sum, 32);
    stepBackward(x, y, sum, 48);
    x -= ROW;
    y -= ROW;
    sum -= ROW;
  }
}

/** Element n − 1 − i with i < 4, whose recursion reaches beyond the last element. */
function firstBackward(x: usize, y: usize, sum: usize, i: i32): void {
  const end = v128.load(x + usize(i) * ROW);
  const input = weighted(
    v128.load(x + ROW),
    m1,
    v128.load(x + 2 * ROW),
    m2,
    v128.load(x + 3 * ROW),
    m3,
    v128.load(x + 4 * ROW),
    m4,
  );
  const output = weighted(
    i > 0 ? v128.load(y + ROW) : end,
    i > 0 ? d1 : v128.load64_splat(backwardEnd, 0),
    i > 1 ? v128.load(y + 2 * ROW) : end,
    i > 1 ? d2 : v128.load64_splat(backwardEnd, 8),
    i > 2 ? v128.load(y + 3 * ROW) : end,
    i > 2 ? d3 : v128.load64_splat(backwardEnd, 16),
    end,
    v128.load64_splat(backwardEnd, 24),
  );
  const value = f64x2.sub(input, output);
  v128.store(y, value);
  v128.store(sum, f64x2.add(v128.load(sum), value));
}

function single(row: usize, offset: usize): v128 {
  return f32x4.demote_f64x2_zero(v128.load(row + offset));
}

function scatterRows(first: usize, count: i32, target: usize, elementStep: usize): void {
  let row = first;
  let at = target;
  for (let i = 0; i < count; i++) {
    v128.store(at, v128.shuffle<f32>(single(row, 0), single(row, 16), 0, 1, 4, 5), 0);
    v128.store(at, v128.shuffle<f32>(single(row, 32), single(row, 48), 0, 1, 4, 5), 16);
    at += elementStep;
    row += ROW;
  }
}

function scatter(
  first: usize,
  count: i32,
  target: usize,
  elementStep: usize,
  lineStep: usize,
  lines: i32,
): void {
  for (let line = 0; line < lines; line++) {
    let row = first + usize(line) * 8;
    let at = target + usize(line) * lineStep;
    for (let i = 0; i < count; i++) {
      store<f32>(at, f32(load<f64>(row)));
      at += elementStep;
      row += ROW;
    }
  }
}
