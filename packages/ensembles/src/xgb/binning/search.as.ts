/** Bins of values: how many of a feature's cuts, the last one left out, are not above the value. */

// An entry of the table of features, 16 bytes.
const CUTS: usize = 0;
const BINS: usize = 4;
const IS_CATEGORICAL: usize = 8;

/** Bin of a value, the number of bins for NaN. */
function clean(value: f32, bin: u32, bins: u32): u32 {
  return value !== value ? bins : bin;
}

function put<T>(to: usize, bin: u32): void {
  if (sizeof<T>() === 1) store<u8>(to, <u8>bin);
  else store<u16>(to, <u16>bin);
}

/** Four values at a time: the searches take the same steps and do not wait for each other. */
function searchFeature<T>(
  values: usize,
  stride: usize,
  rows: u32,
  cuts: usize,
  bins: u32,
  to: usize,
): void {
  const step = 4 * sizeof<T>();
  let row: u32 = 0;
  for (; row + 4 <= rows; row += 4) {
    const v0 = load<f32>(values);
    const v1 = load<f32>(values + stride);
    const v2 = load<f32>(values + 2 * stride);
    const v3 = load<f32>(values + 3 * stride);
    let c0 = cuts;
    let c1 = cuts;
    let c2 = cuts;
    let c3 = cuts;
    // As many steps as the number of cuts demands; the last cut is not looked at.
    for (let length = bins; length > 1;) {
      const half: usize = (length >> 1) << 2;
      c0 += load<f32>(c0 + half - 4) <= v0 ? half : 0;
      c1 += load<f32>(c1 + half - 4) <= v1 ? half : 0;
      c2 += load<f32>(c2 + half - 4) <= v2 ? half : 0;
      c3 += load<f32>(c3 + half - 4) <= v3 ? half : 0;
      length -= length >> 1;
    }
    put<T>(to, clean(v0, (<u32>(c0 - cuts)) >> 2, bins));
    put<T>(to + step, clean(v1, (<u32>(c1 - cuts)) >> 2, bins));
    put<T>(to + 2 * step, clean(v2, (<u32>(c2 - cuts)) >> 2, bins));
    put<T>(to + 3 * step, clean(v3, (<u32>(c3 - cuts)) >> 2, bins));
    values += 4 * stride;
    to += 4 * step;
  }
  for (; row < rows; row++) {
    const value = load<f32>(values);
    let cut = cuts;
    for (let length = bins; length > 1;) {
      const half: usize = (length >> 1) << 2;
      cut += load<f32>(cut + half - 4) <= value ? half : 0;
      length -= length >> 1;
    }
    put<T>(to, clean(value, (<u32>(cut - cuts)) >> 2, bins));
    values += stride;
    to += step;
  }
}

/** Codes are bins already; those of no training row would be too great and are none of the training data. */
function takeCodes<T>(values: usize, stride: usize, rows: u32, bins: u32, to: usize): void {
  for (let row: u32 = 0; row < rows; row++) {
    const value = load<f32>(values);
    put<T>(to, value !== value ? bins : <u32>value);
    values += stride;
    to += 4 * sizeof<T>();
  }
}

function binBlock<T>(
  values: usize,
  rows: u32,
  columns: u32,
  table: usize,
  to: usize,
  tileBytes: usize,
): void {
  const stride = (<usize>columns) << 2;
  for (let f: u32 = 0; f < columns; f++) {
    const entry = table + ((<usize>f) << 4);
    const bins = load<u32>(entry, BINS);
    const lane = to + <usize>(f >> 2) * tileBytes + <usize>(f & 3) * sizeof<T>();
    const column = values + ((<usize>f) << 2);
    if (load<u32>(entry, IS_CATEGORICAL)) takeCodes<T>(column, stride, rows, bins, lane);
    else searchFeature<T>(column, stride, rows, <usize>load<u32>(entry, CUTS), bins, lane);
  }
}

/**
 * Bins of some rows.
 *
 * @param values f32[rows][columns]
 * @param table 16 bytes for each feature: address of its cuts f32[bins], number of bins, 1 if it is categorical
 * @param to address of the first row in the first tile
 */
export function binRows(
  values: usize,
  rows: u32,
  columns: u32,
  table: usize,
  to: usize,
  tileBytes: usize,
  binBytes: u32,
): void {
  if (binBytes === 1) binBlock<u8>(values, rows, columns, table, to, tileBytes);
  else binBlock<u16>(values, rows, columns, table, to, tileBytes);
}
