/** Properties of a tissue at 1.5 T, relative to liver parenchyma; see docs/simulator.md for what is assumed. */
export interface TissueProperties {
  name: string;
  /** Signal at echo time 0 relative to liver, T1 contrast between tissues included. */
  m0: number;
  pdffPercent: number;
  r2starPerSecond: number;
}

/** Every kind of voxel; the index is the label of the tissue map. */
export const TISSUES: readonly TissueProperties[] = [
  { name: 'air', m0: 0, pdffPercent: 0, r2starPerSecond: 0 },
  { name: 'skin', m0: 0.7, pdffPercent: 8, r2starPerSecond: 45 },
  { name: 'subcutaneous fat', m0: 1.5, pdffPercent: 92, r2starPerSecond: 30 },
  { name: 'visceral fat', m0: 1.4, pdffPercent: 88, r2starPerSecond: 34 },
  { name: 'muscle', m0: 0.72, pdffPercent: 4, r2starPerSecond: 33 },
  { name: 'cortical bone', m0: 0.12, pdffPercent: 5, r2starPerSecond: 250 },
  { name: 'bone marrow', m0: 0.85, pdffPercent: 42, r2starPerSecond: 70 },
  { name: 'cerebrospinal fluid', m0: 0.75, pdffPercent: 0, r2starPerSecond: 5 },
  { name: 'liver', m0: 1, pdffPercent: 5, r2starPerSecond: 32 },
  { name: 'blood', m0: 1.3, pdffPercent: 0, r2starPerSecond: 14 },
  { name: 'gallbladder', m0: 0.85, pdffPercent: 0, r2starPerSecond: 8 },
  { name: 'spleen', m0: 0.95, pdffPercent: 0.5, r2starPerSecond: 24 },
  { name: 'kidney', m0: 1.05, pdffPercent: 1, r2starPerSecond: 20 },
  { name: 'pancreas', m0: 0.95, pdffPercent: 5, r2starPerSecond: 30 },
  { name: 'stomach wall', m0: 0.8, pdffPercent: 3, r2starPerSecond: 30 },
  { name: 'stomach content', m0: 0.62, pdffPercent: 2, r2starPerSecond: 22 },
  { name: 'gas', m0: 0, pdffPercent: 0, r2starPerSecond: 0 },
  { name: 'bowel', m0: 0.8, pdffPercent: 5, r2starPerSecond: 45 },
  { name: 'lung', m0: 0.12, pdffPercent: 2, r2starPerSecond: 320 },
  { name: 'heart muscle', m0: 0.95, pdffPercent: 2, r2starPerSecond: 30 },
];

/** Labels of {@link TISSUES} by name in the code. */
export const TISSUE = {
  air: 0,
  skin: 1,
  subcutaneousFat: 2,
  visceralFat: 3,
  muscle: 4,
  corticalBone: 5,
  marrow: 6,
  cerebrospinalFluid: 7,
  liver: 8,
  blood: 9,
  gallbladder: 10,
  spleen: 11,
  kidney: 12,
  pancreas: 13,
  stomachWall: 14,
  stomachContent: 15,
  gas: 16,
  bowel: 17,
  lung: 18,
  heart: 19,
} as const;
