/**
 * Hommel's adjusted P values in O(n log n).
 *
 * Closed testing needs, for each number m of hypotheses, the level from which on Simes' test rejects the m
 * largest P values together: simes(m) = min over k > n − m of m p₍ₖ₎ / (k − (n − m)). That is m times the least slope from the point
 * (n − m, 0) to the points (k, p₍ₖ₎) right of it, hence a tangent to their lower convex hull, which grows by a point on its
 * left with every m. A hypothesis with P value p is rejected at level α by closed testing when m p ≤ α for the largest m that
 * Simes does not reject at α, so that its adjusted value is the minimum over m of max(m p, greatest simes(m') of m' > m).
 *
 * Source: the reduction to the largest m is Hommel's (1988); Meijer, Krebs and Goeman (2019, Biom. J. 61:73) tell how to
 * avoid the quadratic time.
 *
 * @param sorted P values upwards
 * @internal
 */
export function hommel(sorted: Float64Array): Float64Array {
  const n = sorted.length;
  const above = greatestSimes(sorted);
  const adjusted = new Float64Array(n);
  let m = n;
  for (let i = 0; i < n; i++) {
    // As m falls, m p falls and above[m] rises: the minimum lies where they cross, further down for a larger p.
    while (m > 0 && above[m] < m * sorted[i]) m--;
    const here = Math.max(m * sorted[i], above[m]);
    const next = m < n ? Math.max((m + 1) * sorted[i], above[m + 1]) : Infinity;
    adjusted[i] = Math.min(here, next);
  }
  return adjusted;
}

/** At m (0 … n): the greatest simes(m') of all m' > m; 0 at n. */
function greatestSimes(sorted: Float64Array): Float64Array {
  const n = sorted.length;
  const above = new Float64Array(n + 1);
  // Ranks of the hull's points; the last one is the leftmost.
  const hull = new Uint32Array(n);
  let size = 0;
  for (let m = 1; m <= n; m++) {
    const left = n - m;
    const added = left + 1;
    const p = (rank: number) => sorted[rank - 1];
    while (size > 1) {
      const b = hull[size - 1];
      const c = hull[size - 2];
      if ((p(c) - p(b)) * (b - added) > (p(b) - p(added)) * (c - b)) break;
      size--;
    }
    hull[size++] = added;
    // Slopes from (left, 0) fall along the hull up to the tangent's point and rise after it.
    let low = 0;
    let high = size - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      const right = hull[middle];
      const nearer = hull[middle + 1];
      if (p(right) * (nearer - left) <= p(nearer) * (right - left)) high = middle;
      else low = middle + 1;
    }
    above[m - 1] = (m * p(hull[low])) / (hull[low] - left);
  }
  for (let m = n - 2; m >= 0; m--) above[m] = Math.max(above[m], above[m + 1]);
  return above;
}
