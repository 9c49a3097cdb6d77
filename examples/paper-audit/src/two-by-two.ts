/** Counts of two yes/no variables: rows are the steatosis grades 0 and 1. */
export type TwoByTwo = [[number, number], [number, number]];

/** φ, which for two yes/no variables is Pearson's r and Spearman's ρ at once; NaN when a margin is empty. */
export function phi([[a, b], [c, d]]: TwoByTwo): number {
  return (a * d - b * c) / Math.sqrt((a + b) * (c + d) * (a + c) * (b + d));
}

/** Every φ that a yes/no variable with `yes` patients can have, by how many of them are of grade 1. */
export function reachable(
  grade0: number,
  grade1: number,
  yes: number,
): { yesInGrade1: number; phi: number }[] {
  const found = [];
  for (let k = Math.max(0, yes - grade0); k <= Math.min(yes, grade1); k++) {
    const counts: TwoByTwo = [
      [grade0 - (yes - k), yes - k],
      [grade1 - k, k],
    ];
    found.push({ yesInGrade1: k, phi: phi(counts) });
  }
  return found;
}
