/**
 * Σ(t³ − t) over the groups of t equal ranks, which every correction for ties needs.
 *
 * A group's doubled mid-rank is the sum of its first and last rank, so that sorted ranks tell the groups.
 *
 * @internal
 */
export function tieSum(ranks: Float64Array): number {
  const sorted = ranks.slice().sort();
  let sum = 0;
  for (let first = 0; first < sorted.length;) {
    let next = first + 1;
    while (next < sorted.length && sorted[next] === sorted[first]) next++;
    const t = next - first;
    sum += t ** 3 - t;
    first = next;
  }
  return sum;
}
