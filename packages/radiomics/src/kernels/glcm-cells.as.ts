/**
 * Co-occurrence matrices as lists of the cells that are not empty, 16 bytes each: row and column as u32
 * from 0, then the count or weight as f64. Of a symmetric matrix the cells with row ≤ column are listed.
 */
export const CELL: usize = 16;

/**
 * List the cells of a table with `n + 1` columns, whose row and column 0 are left out.
 *
 * @param symmetric list the table plus its transpose
 * @returns the end of the list
 */
function listCells<T>(table: usize, n: u32, symmetric: bool, list: usize): usize {
  const width = <usize>(n + 1);
  let end = list;
  for (let i: u32 = 0; i < n; i++) {
    const row = table + ((<usize>i + 1) * width + 1) * sizeof<T>();
    const column = table + (width + <usize>i + 1) * sizeof<T>();
    for (let j: u32 = symmetric ? i : 0; j < n; j++) {
      let count = load<T>(row + <usize>j * sizeof<T>());
      if (symmetric) count += load<T>(column + <usize>j * width * sizeof<T>());
      if (count === <T>0) continue;
      store<u32>(end, i);
      store<u32>(end, j, 4);
      store<f64>(end, <f64>count, 8);
      end += CELL;
    }
  }
  return end;
}

export function listCounts(table: usize, n: u32, symmetric: bool, list: usize): usize {
  return listCells<u32>(table, n, symmetric, list);
}

export function listWeights(table: usize, n: u32, symmetric: bool, list: usize): usize {
  return listCells<f64>(table, n, symmetric, list);
}

/** Add counts, times a weight, to a table of f64 of the same layout. */
export function addWeighted(counts: usize, cells: u32, weight: f64, sums: usize): void {
  for (let k: usize = 0; k < <usize>cells; k++) {
    const place = sums + (k << 3);
    store<f64>(place, load<f64>(place) + weight * <f64>load<u32>(counts + (k << 2)));
  }
}
