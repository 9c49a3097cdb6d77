/**
 * A table of numbers that is never written out. Entries rise from left to right and from the first row to the last; of row i those from
 * `from(i)` on belong to it.
 */
export interface SortedRows {
  rows: number;
  columns: number;
  from: (row: number) => number;
  entry: (row: number, column: number) => number;
}

/**
 * The k-th smallest of all entries, found by halving an interval of numbers and counting in rows + columns steps: a table of 10¹²
 * entries takes no memory. Source: after Johnson and Mizoguchi (1978, SIAM J. Comput. 7:147).
 *
 * @param k 1 … number of entries
 * @param least at most the smallest entry
 * @param most at least the greatest
 * @internal
 */
export function selectInRows(
  table: SortedRows,
  k: number,
  [least, most]: readonly [least: number, most: number],
): number {
  if (countUpTo(table, least) >= k) return least;
  // Fewer than k entries are up to low, at least k up to high.
  let low = least;
  let high = most;
  for (;;) {
    const middle = low / 2 + high / 2;
    if (!(middle > low && middle < high)) return high;
    if (countUpTo(table, middle) >= k) high = middle;
    else low = middle;
  }
}

/** How many entries are at most `value`: the place where a row passes it only moves to the left from row to row. */
function countUpTo({ rows, columns, from, entry }: SortedRows, value: number): number {
  let count = 0;
  let place = columns;
  for (let row = 0; row < rows; row++) {
    const first = from(row);
    while (place > first && entry(row, place - 1) > value) place--;
    count += Math.max(0, place - first);
  }
  return count;
}
