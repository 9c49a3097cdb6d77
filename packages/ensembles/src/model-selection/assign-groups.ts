/**
 * Deal whole groups out to folds so that each fold gets its share of every class.
 *
 * Groups whose classes are most unequal are dealt first; each goes to the fold where the spread of the class
 * shares over the folds then is least, the emptier fold if two are about equal. With equal shares this is the
 * rule of scikit-learn's `StratifiedGroupKFold`.
 *
 * @param counts rows of each class in each group, `counts[group][class]`
 * @param order groups in the order in which equals are dealt
 * @param shares part of the rows that each fold is to have, summing to 1
 * @returns the fold of each group
 */
export function assignGroups(
  counts: readonly (readonly number[])[],
  order: ArrayLike<number>,
  shares: readonly number[],
): Int32Array {
  const classes = counts[0].length;
  const totals = Array.from({ length: classes }, (_, k) => sum(counts.map((row) => row[k])));
  const folds = shares.map(() => new Float64Array(classes));
  const spreadOf = counts.map(deviation);
  const assigned = new Int32Array(counts.length);
  const queue = Array.from(order).sort((a, b) => spreadOf[b] - spreadOf[a]);
  for (const group of queue) {
    const own = counts[group];
    let chosen = 0;
    let least = Infinity;
    let fewest = Infinity;
    folds.forEach((fold, index) => {
      const spreads = totals.map((total, k) =>
        deviation(
          folds.map((other, i) => {
            const rows = other[k] + (i === index ? own[k] : 0);
            return rows / total / (shares[i] * shares.length);
          }),
        ),
      );
      const spread = sum(spreads) / classes;
      const size = sum(fold);
      const isClose = Math.abs(spread - least) <= 1e-8 + 1e-5 * least;
      if (spread < least || (isClose && size < fewest)) {
        chosen = index;
        least = spread;
        fewest = size;
      }
    });
    own.forEach((rows, k) => (folds[chosen][k] += rows));
    assigned[group] = chosen;
  }
  return assigned;
}

/** Rows of each class in each group. */
export function countClasses(
  groupCodes: Int32Array,
  groups: number,
  classCodes: Int32Array,
  classes: number,
): number[][] {
  const counts = Array.from({ length: groups }, () => Array.from({ length: classes }, () => 0));
  groupCodes.forEach((group, row) => counts[group][classCodes[row]]++);
  return counts;
}

function sum(values: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += values[i];
  return total;
}

/** Population standard deviation. */
function deviation(values: readonly number[]): number {
  const mean = sum(values) / values.length;
  return Math.sqrt(sum(values.map((value) => (value - mean) ** 2)) / values.length);
}
