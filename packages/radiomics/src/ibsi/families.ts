import { AGGREGATIONS, type IbsiAggregation } from './aggregation.js';
import { histogramTable } from './intensity/histogram.js';
import { statisticsTable } from './intensity/statistics.js';
import { volumeHistogramTable } from './intensity/volume-histogram.js';
import { localIntensityTable } from './local-intensity/local-intensity.js';
import { morphologyTable } from './morphology/morphology.js';
import { resolveIbsiSettings } from './resolve-settings.js';
import type { IbsiFamilyName, IbsiSettings } from './settings.js';
import { spatialTable } from './spatial/spatial.js';
import { cooccurrenceTable } from './texture/cooccurrence.js';
import { dependenceTable } from './texture/dependence.js';
import { distanceZoneTable } from './texture/distance-zone.js';
import { runLengthTable } from './texture/run-length.js';
import { sizeZoneTable } from './texture/size-zone.js';
import { toneDifferenceTable } from './texture/tone-difference.js';

/** A family of IBSI 1. */
export interface IbsiFamily {
  /** The manual's name. */
  readonly name: string;
  /** Tables by tag, with the name of each feature and how it is computed. */
  readonly tables: readonly Readonly<Record<string, { tag: string; name: string }>>[];
  /** Whether there is a matrix for each direction, one for all, or none. */
  readonly matrices: 'by direction' | 'one' | 'none';
}

/** Every family of IBSI 1 by the first part of its tags, in the order of results. */
export const ibsiFamilies = {
  morph: { name: 'Morphology', tables: [morphologyTable, spatialTable], matrices: 'none' },
  loc: { name: 'Local intensity', tables: [localIntensityTable], matrices: 'none' },
  stat: { name: 'Intensity-based statistics', tables: [statisticsTable], matrices: 'none' },
  ih: { name: 'Intensity histogram', tables: [histogramTable], matrices: 'none' },
  ivh: { name: 'Intensity–volume histogram', tables: [volumeHistogramTable], matrices: 'none' },
  cm: {
    name: 'Grey level co-occurrence matrix',
    tables: [cooccurrenceTable],
    matrices: 'by direction',
  },
  rlm: { name: 'Grey level run length matrix', tables: [runLengthTable], matrices: 'by direction' },
  szm: { name: 'Grey level size zone matrix', tables: [sizeZoneTable], matrices: 'one' },
  dzm: { name: 'Grey level distance zone matrix', tables: [distanceZoneTable], matrices: 'one' },
  ngt: {
    name: 'Neighbourhood grey tone difference matrix',
    tables: [toneDifferenceTable],
    matrices: 'one',
  },
  ngl: {
    name: 'Neighbouring grey level dependence matrix',
    tables: [dependenceTable],
    matrices: 'one',
  },
} as const satisfies Record<IbsiFamilyName, IbsiFamily>;

/** A feature as results name it. */
export interface IbsiFeatureName {
  /** Key of the result, with the aggregation: `cm_contrast_3D_avg`. */
  readonly tag: string;
  /** The manual's name: `Contrast`. */
  readonly name: string;
  readonly family: IbsiFamilyName;
  /** Of texture only. */
  readonly aggregation?: IbsiAggregation;
}

/**
 * The features that settings ask for, in the order of results.
 *
 * @throws SettingsError
 * @example
 * ```ts
 * import { listIbsiFeatures } from '@steatosis/radiomics';
 *
 * console.log(listIbsiFeatures().length); // 487
 * const [first] = listIbsiFeatures({ definitions: 'ibsi', families: ['dzm'], aggregations: ['3D'] });
 * console.log(first?.tag, first?.name); // dzm_sde_3D Small distance emphasis
 * ```
 */
export function listIbsiFeatures(settings: 'ibsi' | IbsiSettings = 'ibsi'): IbsiFeatureName[] {
  const { families, aggregations } = resolveIbsiSettings(settings);
  const names = Object.keys(ibsiFamilies) as IbsiFamilyName[];
  return names
    .filter((family) => families.includes(family))
    .flatMap((family) => {
      const { tables, matrices }: IbsiFamily = ibsiFamilies[family];
      const features = tables.flatMap((table) => Object.values(table));
      if (matrices === 'none') return features.map(({ tag, name }) => ({ tag, name, family }));
      return AGGREGATIONS.filter(
        (aggregation) =>
          aggregations.includes(aggregation) &&
          /_(?:avg|comb)$/.test(aggregation) === (matrices === 'by direction'),
      ).flatMap((aggregation) =>
        features.map(({ tag, name }) => ({
          tag: `${tag}_${aggregation}`,
          name,
          family,
          aggregation,
        })),
      );
    });
}
