// Sums over rows of a list, in its order.

/** Weights by class into `sums`. */
export function sumClasses(
  byClass: usize,
  classes: usize,
  list: usize,
  count: usize,
  sums: usize,
): void {
  const size = classes << 3;
  memory.fill(sums, 0, size);
  const end = list + (count << 2);
  for (let at = list; at < end; at += 4) {
    const own = byClass + <usize>load<u32>(at) * size;
    for (let k: usize = 0; k < size; k += 8) {
      store<f64>(sums + k, load<f64>(sums + k) + load<f64>(own + k));
    }
  }
}

/** Sum of the targets and of their squares into `sums`. */
export function sumTargets(targets: usize, list: usize, count: usize, sums: usize): void {
  let sum: f64 = 0;
  let squares: f64 = 0;
  const end = list + (count << 2);
  for (let at = list; at < end; at += 4) {
    const target = load<f64>(targets + (load<u32>(at) << 3));
    sum += target;
    squares += target * target;
  }
  store<f64>(sums, sum);
  store<f64>(sums, squares, 8);
}

/** The same with weights, and the sum of the weights after them. */
export function sumWeightedTargets(
  pairs: usize,
  targets: usize,
  list: usize,
  count: usize,
  sums: usize,
): void {
  let sum: f64 = 0;
  let squares: f64 = 0;
  let weight: f64 = 0;
  const end = list + (count << 2);
  for (let at = list; at < end; at += 4) {
    const row = load<u32>(at);
    const weighted = load<f64>(pairs + (row << 4), 8);
    weight += load<f64>(pairs + (row << 4));
    sum += weighted;
    squares += weighted * load<f64>(targets + (row << 3));
  }
  store<f64>(sums, sum);
  store<f64>(sums, squares, 8);
  store<f64>(sums, weight, 16);
}
