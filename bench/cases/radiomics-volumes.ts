/**
 * Our features of one volume: `radiomics-volumes.ts <volume> <texture | shape> <pyradiomics | pictologics>`.
 * The third argument says which values are compared: all, or those that pictologics defines alike.
 */
import { extractFeatures, planarFeatures } from '@steatosis/radiomics';
import { serveSide } from '../harness/side.ts';
import { volumeOf } from './volumes.ts';

const [kind = '', what = '', against = ''] = process.argv.slice(2);
const { image, mask } = volumeOf(kind);
const featureClasses = what === 'shape' ? ['shape'] : [...planarFeatures];
const run = () => extractFeatures(image, mask, { binWidth: 5, featureClasses });

/** What pictologics defines as we do, in the order of its peer file. */
const shared: Record<string, readonly string[]> = {
  shape: ['shape_VoxelVolume', 'shape_Maximum3DDiameter'],
  texture: [
    'firstorder_Mean',
    'firstorder_Variance',
    'firstorder_Skewness',
    'firstorder_10Percentile',
    'glszm_SmallAreaEmphasis',
    'glszm_LargeAreaEmphasis',
    'glszm_GrayLevelNonUniformity',
    'glszm_ZoneEntropy',
    'ngtdm_Coarseness',
    'ngtdm_Busyness',
    'ngtdm_Strength',
    'gldm_SmallDependenceEmphasis',
    'gldm_DependenceEntropy',
  ],
};

await serveSide({
  versions: { Node: process.version },
  values: () => {
    const features = run();
    const names =
      against === 'pictologics'
        ? shared[what]!.map((name) => `original_${name}`)
        : Object.keys(features)
            // PyRadiomics adds an epsilon to its denominators there.
            .filter((name) => name !== 'original_glcm_MCC')
            .sort();
    return names.map((name) => features[name]!);
  },
  run,
});
