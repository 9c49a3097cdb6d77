/**
 * Matthews' correlation of the rows and columns of a table of counts (Gorodkin 2004, the multiclass R_K); NaN when
 * all counts are in one row or one column.
 *
 * (n Σ nᵢᵢ − Σ rᵢcᵢ)/√((n² − Σ rᵢ²)(n² − Σ cᵢ²)). Each of the three is a difference of products that pass 2^53 from
 * counts of 1e8 upwards, so they are taken in whole numbers of any length.
 *
 * @internal
 */
export function matthewsOfTable(table: readonly ArrayLike<number>[]): number {
  const size = table.length;
  const rows = Array.from({ length: size }, () => 0n);
  const columns = Array.from({ length: size }, () => 0n);
  let agreeing = 0n;
  let n = 0n;
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      const count = BigInt(table[i][j]);
      rows[i] += count;
      columns[j] += count;
      n += count;
      if (i === j) agreeing += count;
    }
  }
  let numerator = n * agreeing;
  let rowSpread = n * n;
  let columnSpread = n * n;
  for (let i = 0; i < size; i++) {
    numerator -= rows[i] * columns[i];
    rowSpread -= rows[i] * rows[i];
    columnSpread -= columns[i] * columns[i];
  }
  return Number(numerator) / (Math.sqrt(Number(rowSpread)) * Math.sqrt(Number(columnSpread)));
}
