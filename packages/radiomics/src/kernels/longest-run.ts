/** Voxels of the longest of the runs of a region. */
export function longestRun(runs: Int32Array): number {
  let longest = 0;
  for (let r = 0; r < runs.length; r += 2) longest = Math.max(longest, runs[r + 1] - runs[r]);
  return longest;
}
