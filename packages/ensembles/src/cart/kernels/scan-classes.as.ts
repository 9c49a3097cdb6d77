import { isBoundary, scoreOf, takeSplit } from './split-record.as';

/**
 * Best split of any number of classes by Gini impurity: Σₖ Wₖ² / W is summed over both sides. `byClass` holds the
 * weight of row r at the place r · K + k of its class and 0 elsewhere, so that sums need no branch; `totals` are the
 * node's weights by class and `left` is room for those of a side.
 */
export function scanClasses(
  byClass: usize,
  classes: usize,
  totals: usize,
  left: usize,
  weight: f64,
  values: usize,
  rows: usize,
  lists: usize,
  stride: usize,
  features: usize,
  count: usize,
  start: usize,
  end: usize,
  minSamplesLeaf: usize,
  best: usize,
): void {
  const size = classes << 3;
  const last = end - minSamplesLeaf;
  for (let f: usize = 0; f < count; f++) {
    const feature = load<i32>(features + (f << 2));
    const list = lists + ((feature * stride) << 2);
    const column = values + ((feature * rows) << 2);
    let most = scoreOf(best);
    let position: usize = 0;
    let leftWeight: f64 = 0;
    memory.fill(left, 0, size);
    for (let i = start; i < last; i++) {
      const own = byClass + <usize>load<u32>(list + (i << 2)) * size;
      for (let k: usize = 0; k < size; k += 8) {
        const added = load<f64>(own + k);
        store<f64>(left + k, load<f64>(left + k) + added);
        leftWeight += added;
      }
      if (i + 1 < start + minSamplesLeaf || !isBoundary(column, list, i + 1)) continue;
      let squares: f64 = 0;
      let otherSquares: f64 = 0;
      for (let k: usize = 0; k < size; k += 8) {
        const here = load<f64>(left + k);
        const there = load<f64>(totals + k) - here;
        squares += here * here;
        otherSquares += there * there;
      }
      const rightWeight = weight - leftWeight;
      const score = squares / leftWeight + otherSquares / rightWeight;
      if (score > most && rightWeight > 0) {
        most = score;
        position = i + 1;
      }
    }
    takeSplit(best, most, feature, column, list, start, position);
  }
}
