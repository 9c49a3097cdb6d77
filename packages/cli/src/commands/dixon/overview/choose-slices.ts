/** Most slices that an overview shows. */
const MOST = 4;

/**
 * Slices to show. With ROIs: first those that between them show every segment, then those with most ROI
 * voxels. Without: evenly spread over the slices that hold at least half as much tissue as the fullest.
 *
 * @param tissue voxels of tissue in each slice
 * @param segments voxels of each segment in each slice, `[segment][slice]`
 * @returns ascending indices, at least one
 */
export function chooseSlices(
  tissue: readonly number[],
  segments: readonly (readonly number[])[] = [],
): number[] {
  const total = tissue.map((_, slice) => segments.reduce((sum, row) => sum + row[slice]!, 0));
  if (total.every((count) => count === 0)) return spread(tissue);
  const chosen: number[] = [];
  const unseen = new Set(segments.filter((row) => row.some((count) => count > 0)));
  while (chosen.length < MOST) {
    const shows = (slice: number) => [...unseen].filter((row) => row[slice]! > 0).length;
    const candidates = tissue.flatMap((_, slice) =>
      total[slice]! > 0 && !chosen.includes(slice) ? [slice] : [],
    );
    const best = candidates.sort((a, b) => shows(b) - shows(a) || total[b]! - total[a]!)[0];
    if (best === undefined) break;
    chosen.push(best);
    for (const row of unseen) if (row[best]! > 0) unseen.delete(row);
  }
  return chosen.sort((a, b) => a - b);
}

function spread(tissue: readonly number[]): number[] {
  const most = Math.max(...tissue);
  const full = tissue.flatMap((count, slice) => (2 * count >= most ? [slice] : []));
  const count = Math.min(MOST, full.length);
  return Array.from(
    { length: count },
    (_, i) => full[Math.floor(((i + 0.5) * full.length) / count)]!,
  );
}
