import type { Volume } from '@steatosis/core';
import type { DicomMapName } from '@steatosis/io/node';

/** Maps of one examination by name, on one grid; which of them there are depends on the input. */
export type Maps = Readonly<Partial<Record<DicomMapName, Volume | undefined>>> & {
  readonly pdffPercent: Volume;
};

/** A map as a file. */
export interface MapFile {
  key: DicomMapName;
  /** BIDS entity `desc-<…>`. */
  desc: string;
  units: string;
  description: string;
}

/** The maps that `steatosis dixon` writes. */
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
  {
    key: 'swapSuspect',
    desc: 'swapSuspect',
    units: 'none',
    description: '1 where water and fat may be swapped, 0 elsewhere',
  },
];

/** The maps that are there, in the order of {@link MAPS}. */
export function presentMaps(maps: Maps): { file: MapFile; volume: Volume }[] {
  return MAPS.flatMap((file) => {
    const volume = maps[file.key];
    return volume === undefined ? [] : [{ file, volume }];
  });
}
