/** Maps that can be written as DICOM, by the names that they have in this package. */
export type DicomMapName =
  | 'water'
  | 'fat'
  | 'inPhase'
  | 'outOfPhase'
  | 'pdffPercent'
  | 'r2starPerSecond'
  | 'fieldMapHz'
  | 'residual'
  | 'pdffSdPercent'
  | 'r2starSdPerSecond'
  | 'swapSuspect';

/** How DICOM names a quantity and its unit. */
export interface MapQuantity {
  /** Series Description. */
  description: string;
  /** Fourth value of Image Type. */
  imageType: string;
  /** Unit in UCUM. */
  unit: readonly [code: string, meaning: string];
  /** (0028,1054); `PCT` is a defined term, `US` says that the unit is not specified. */
  rescaleType: string;
  /** DCM code of the quantity, where there is one. */
  concept?: readonly [code: string, meaning: string];
  /** Value of one stored step; without it the largest value decides. */
  step?: number;
  /** Values shown darkest and brightest at first; without it from 0 to the bright end of the map. */
  window?: readonly [low: number, high: number];
}

const ARBITRARY = ["[arb'U]", 'arbitrary unit'] as const;
const PERCENT = ['%', 'percent'] as const;
const PER_SECOND = ['/s', 'per second'] as const;
const FAT_FRACTION = ['129100', 'Fat fraction'] as const;
const R2_STAR = ['126395', 'R2*'] as const;

/** Codes of CID 7180 (PS3.16) and UCUM. */
export const MAP_QUANTITIES: Readonly<Record<DicomMapName, MapQuantity>> = {
  water: { description: 'Water', imageType: 'WATER', unit: ARBITRARY, rescaleType: 'US' },
  fat: { description: 'Fat', imageType: 'FAT', unit: ARBITRARY, rescaleType: 'US' },
  inPhase: { description: 'In phase', imageType: 'IN_PHASE', unit: ARBITRARY, rescaleType: 'US' },
  outOfPhase: {
    description: 'Out of phase',
    imageType: 'OUT_OF_PHASE',
    unit: ARBITRARY,
    rescaleType: 'US',
  },
  pdffPercent: {
    description: 'PDFF [%]',
    imageType: 'FAT_FRACTION',
    unit: PERCENT,
    rescaleType: 'PCT',
    concept: FAT_FRACTION,
    step: 0.01,
    window: [0, 40],
  },
  r2starPerSecond: {
    description: 'R2* [1/s]',
    imageType: 'R2_STAR_MAP',
    unit: PER_SECOND,
    rescaleType: '1/S',
    concept: R2_STAR,
    step: 0.1,
    window: [0, 150],
  },
  fieldMapHz: {
    description: 'Field map [Hz]',
    imageType: 'FIELD_MAP',
    unit: ['Hz', 'hertz'],
    rescaleType: 'HZ',
    step: 0.1,
    window: [-250, 250],
  },
  residual: { description: 'Residual', imageType: 'RESIDUAL', unit: ARBITRARY, rescaleType: 'US' },
  pdffSdPercent: {
    description: 'SD of PDFF [%]',
    imageType: 'FAT_FRACTION_SD',
    unit: PERCENT,
    rescaleType: 'PCT',
    step: 0.01,
    window: [0, 5],
  },
  r2starSdPerSecond: {
    description: 'SD of R2* [1/s]',
    imageType: 'R2_STAR_SD',
    unit: PER_SECOND,
    rescaleType: '1/S',
    step: 0.1,
    window: [0, 30],
  },
  swapSuspect: {
    description: 'Suspected water-fat swaps',
    imageType: 'SWAP_SUSPECT',
    unit: ['1', 'no units'],
    rescaleType: 'US',
    step: 1,
    window: [0, 1],
  },
};
