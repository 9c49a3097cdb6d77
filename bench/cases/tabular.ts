/** A made-up table of the paper's size: 2400 rows, 93 columns, labels that depend on a few of them. */
export interface Table {
  data: Float32Array;
  rows: number;
  columns: number;
  labels: Uint8Array;
}

export function table(rows = 2400, columns = 93): Table {
  const data = new Float32Array(rows * columns);
  let state = 12345;
  // A 32-bit linear congruential generator: the same integers in Python and here.
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 4294967296;
  };
  for (let i = 0; i < data.length; i++) data[i] = next();
  const labels = new Uint8Array(rows);
  for (let i = 0; i < rows; i++) {
    const row = data.subarray(i * columns);
    labels[i] = row[0]! + row[1]! * row[2]! + 0.5 * row[3]! + 0.6 * next() > 1.4 ? 1 : 0;
  }
  return { data, rows, columns, labels };
}
