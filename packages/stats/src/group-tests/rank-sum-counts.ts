/**
 * How many ways `m` of m + n things in order have a Mann–Whitney U of 0, 1, … mn.
 *
 * Counted by the thing that is last: it is one of the m, which then wins against all n, or one of the n. Source: Mann and Whitney
 * (1947, Ann. Math. Statist. 18:50).
 *
 * @internal
 */
export function rankSumCounts(m: number, n: number): Float64Array {
  // Of the row with i of the m, for every j of the n.
  let row = Array.from({ length: n + 1 }, () => Float64Array.of(1));
  for (let i = 1; i <= m; i++) {
    const next = [Float64Array.of(1)];
    for (let j = 1; j <= n; j++) {
      const counts = new Float64Array(i * j + 1);
      next[j - 1].forEach((count, u) => (counts[u] += count));
      row[j].forEach((count, u) => (counts[u + j] += count));
      next.push(counts);
    }
    row = next;
  }
  return row[n];
}

/**
 * How many of the 2ⁿ choices of signs have a sum of the positive ranks of 0, 1, … n(n + 1)/2.
 *
 * @internal
 */
export function signedRankCounts(n: number): Float64Array {
  const counts = new Float64Array((n * (n + 1)) / 2 + 1);
  counts[0] = 1;
  let most = 0;
  for (let rank = 1; rank <= n; rank++) {
    most += rank;
    for (let sum = most; sum >= rank; sum--) counts[sum] += counts[sum - rank];
  }
  return counts;
}
