/** Section 6: how uncertain the printed areas under the ROC curve are. */
import { hanleyMcNeil } from '@steatosis/stats';
import type { Paper } from './paper.ts';

export interface AreaAudit {
  /** Intervals of the distinct test AUC by what is counted as a case. */
  units: {
    unit: string;
    positives: number;
    negatives: number;
    independent: boolean;
    areas: { auc: number; standardError: number; interval: [number, number] }[];
  }[];
  /** Highest against lowest test AUC on all patients, as if their tests were independent. */
  difference: { high: number; low: number; z: number };
  /** Positive cases for a half-width of 0.05 at an AUC of 0.80 and the cohort's mix. */
  positivesForHalfWidth: number;
  /** What six ROIs of one patient are worth. */
  designEffects: { correlation: number; effect: number; effectiveRows: number }[];
}

export function auditAreas({ cohort, table1 }: Paper): AreaAudit {
  const { roisPerPatient: rois, augmentation } = cohort;
  const negatives = cohort.grade0.men + cohort.grade0.women;
  const positives = cohort.grade1.men + cohort.grade1.women;
  const areas = [...new Set(Object.values(table1).map(({ auc }) => Number(auc[1])))].sort(
    (a, b) => a - b,
  );
  const at = (unit: string, one: number, zero: number, independent = true) => ({
    unit,
    positives: one,
    negatives: zero,
    independent,
    areas: areas.map((auc) => {
      const { standardError, interval } = hanleyMcNeil(auc, one, zero);
      return { auc, standardError, interval };
    }),
  });
  const all = at(`${positives + negatives} patients`, positives, negatives);
  const low = all.areas[0]!;
  const high = all.areas.at(-1)!;
  const rows = (positives + negatives) * rois;
  return {
    units: [
      all,
      at('15 test patients', 4, 11),
      at('10 test patients', 2, 8),
      at(`${rows} ROIs`, positives * rois, negatives * rois, false),
      at(
        `${rows * augmentation} augmented rows`,
        positives * rois * augmentation,
        negatives * rois * augmentation,
        false,
      ),
    ],
    difference: {
      high: high.auc,
      low: low.auc,
      z: (high.auc - low.auc) / Math.hypot(high.standardError, low.standardError),
    },
    positivesForHalfWidth: positivesFor(0.8, 0.05, negatives / positives),
    designEffects: [0.3, 0.5, 0.7, 0.9].map((correlation) => {
      const effect = 1 + (rois - 1) * correlation;
      return { correlation, effect, effectiveRows: rows / effect };
    }),
  };
}

/** The least number of positives whose interval reaches no further than `halfWidth` to either side. */
function positivesFor(auc: number, halfWidth: number, negativesPerPositive: number): number {
  for (let positives = 2; ; positives++) {
    const negatives = Math.round(positives * negativesPerPositive);
    const [low, high] = hanleyMcNeil(auc, positives, negatives).interval;
    if ((high - low) / 2 <= halfWidth) return positives;
  }
}
