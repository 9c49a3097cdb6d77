/** What a choice of patients needs to know. */
export interface Candidate {
  label: 0 | 1;
  meanPdffPercent: number;
}

/**
 * Patients worth a picture: of each class the one with the median and the one with the highest mean
 * PDFF, negatives first. Returns indices.
 */
export function representativePatients(patients: readonly Candidate[]): number[] {
  return ([0, 1] as const).flatMap((label) => {
    const own = [...patients.keys()]
      .filter((i) => patients[i]!.label === label)
      .sort((a, b) => patients[a]!.meanPdffPercent - patients[b]!.meanPdffPercent || a - b);
    if (own.length === 0) return [];
    return [...new Set([own[Math.floor((own.length - 1) / 2)]!, own[own.length - 1]!])];
  });
}

/** Mean over a patient's original ROIs. */
export function meanOfOriginals(values: ArrayLike<number>, copies: number): number {
  let sum = 0;
  let count = 0;
  for (let i = 0; i < values.length; i += copies, count++) sum += values[i]!;
  return sum / count;
}
