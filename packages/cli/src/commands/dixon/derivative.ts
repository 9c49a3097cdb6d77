import type { SeparationReport } from '@steatosis/io/node';
import { MAPS } from './maps.js';

/** Names the command in `dataset_description.json`, by which a later run knows its own output. */
export const GENERATOR = 'steatosis dixon';

/**
 * The JSON files of a separation: the description of the data set first, then a sidecar for each map. They
 * hold units, model and settings, no names and no clocks.
 *
 * @param stem path of the maps up to `_desc-`
 */
export function derivativeFiles(
  stem: string,
  report: SeparationReport,
): { name: string; content: unknown }[] {
  const description = {
    Name: 'Water–fat separation',
    BIDSVersion: '1.10.0',
    DatasetType: 'derivative',
    GeneratedBy: [{ Name: GENERATOR }],
  };
  return [
    { name: 'dataset_description.json', content: description },
    ...MAPS.map(({ desc, units, description: text }) => ({
      name: `${stem}_desc-${desc}_map.json`,
      content: { Description: text, Units: units, Separation: report },
    })),
  ];
}
