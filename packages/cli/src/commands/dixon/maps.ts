import type { WaterFatMaps } from '@steatosis/io/node';

/** A map of the separation as a file. */
export interface MapFile {
  key: Exclude<keyof WaterFatMaps, 'report'>;
  /** BIDS entity `desc-<…>`. */
  desc: string;
  units: string;
  description: string;
}

/** The maps that `steatosis dixon` writes, in the order of the overview. */
export const MAPS: readonly MapFile[] = [
  {
    key: 'pdffPercent',
    desc: 'pdff',
    units: 'percent',
    description: 'Proton density fat fraction; noise may carry it below 0 or above 100',
  },
  {
    key: 'water',
    desc: 'water',
    units: 'arbitrary',
    description: 'Water signal at echo time 0, in units of the echoes',
  },
  {
    key: 'fat',
    desc: 'fat',
    units: 'arbitrary',
    description: 'Fat signal at echo time 0, in units of the echoes',
  },
  {
    key: 'r2starPerSecond',
    desc: 'r2star',
    units: '1/s',
    description: 'R2*; noise may carry it below 0',
  },
  {
    key: 'fieldMapHz',
    desc: 'field',
    units: 'Hz',
    description:
      'Deviation of the Larmor frequency of water, modulo the period of the echo spacing',
  },
  {
    key: 'residual',
    desc: 'residual',
    units: 'arbitrary',
    description:
      'Root mean square over the echoes of what the model leaves, in units of the echoes',
  },
  {
    key: 'pdffSdPercent',
    desc: 'pdffSd',
    units: 'percent',
    description: 'Cramér–Rao standard deviation of PDFF for the noise found',
  },
  {
    key: 'r2starSdPerSecond',
    desc: 'r2starSd',
    units: '1/s',
    description: 'Cramér–Rao standard deviation of R2* for the noise found',
  },
];
