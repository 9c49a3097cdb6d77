import { families } from '../features/families.js';
import type { Feature } from '../features/family.js';
import { FeatureMeans } from './feature-means.js';
import { LocalDependences, LocalDifferences } from './local-neighbours.js';
import { LocalPairs } from './local-pairs.js';
import { LocalRuns } from './local-runs.js';
import { LocalValues } from './local-values.js';
import { LocalZones } from './local-zones.js';
import type { MapFamily, MapRequest } from './map-request.js';
import type { Neighbourhood } from './neighbourhood.js';

/**
 * Computes features of one family for whatever neighbourhood was loaded, and writes them into place k of the
 * maps from `first` on.
 */
export type NeighbourhoodFeatures = (
  maps: readonly Float64Array[],
  first: number,
  k: number,
) => void;

type Factory = (
  names: readonly string[],
  neighbourhood: Neighbourhood,
  request: MapRequest,
) => NeighbourhoodFeatures;

/** How the features of a family are computed. */
export function neighbourhoodFeatures(
  family: MapFamily,
  names: readonly string[],
  neighbourhood: Neighbourhood,
  request: MapRequest,
): NeighbourhoodFeatures {
  return factories[family](names, neighbourhood, request);
}

const factories: Record<MapFamily, Factory> = {
  firstorder(names, neighbourhood, { voxelArrayShift, voxelVolume }) {
    const features = featuresOf<LocalValues>('firstorder', names);
    const values = new LocalValues(neighbourhood, voxelArrayShift, voxelVolume);
    return (maps, first, k) => {
      const numbers = values.measure();
      features.forEach((feature, f) => {
        maps[first + f][k] = numbers ? feature(values) : NaN;
      });
    };
  },
  glcm(names, neighbourhood, { directions, symmetricalGLCM, pairWeights }) {
    const features = featuresOf<LocalPairs>('glcm', names);
    const pairs = new LocalPairs(neighbourhood, directions, {
      symmetric: symmetricalGLCM,
      weights: pairWeights,
      correlate: names.includes('MCC'),
    });
    const means = new FeatureMeans(features);
    const add = (): void => means.add(pairs);
    return (maps, first, k) => {
      means.begin();
      pairs.measure(add);
      means.write(maps, first, k);
    };
  },
  glrlm(names, neighbourhood, { nearest, runWeights }) {
    const features = featuresOf<LocalRuns['sizes']>('glrlm', names);
    const runs = new LocalRuns(neighbourhood, nearest, runWeights);
    const means = new FeatureMeans(features);
    const add = (): void => means.add(runs.sizes);
    return (maps, first, k) => {
      means.begin();
      runs.measure(add);
      means.write(maps, first, k);
    };
  },
  glszm(names, neighbourhood, { nearest }) {
    const features = featuresOf<LocalZones['sizes']>('glszm', names);
    const zones = new LocalZones(neighbourhood, nearest);
    return (maps, first, k) => {
      zones.measure();
      for (let f = 0; f < features.length; f++) maps[first + f][k] = features[f](zones.sizes);
    };
  },
  ngtdm(names, neighbourhood, { directions }) {
    const features = featuresOf<LocalDifferences>('ngtdm', names);
    const differences = new LocalDifferences(neighbourhood, directions);
    return (maps, first, k) => {
      differences.measure();
      for (let f = 0; f < features.length; f++) maps[first + f][k] = features[f](differences);
    };
  },
  gldm(names, neighbourhood, { directions, gldm_a }) {
    const features = featuresOf<LocalDependences['sizes']>('gldm', names);
    const dependences = new LocalDependences(neighbourhood, directions, gldm_a);
    return (maps, first, k) => {
      dependences.measure();
      for (let f = 0; f < features.length; f++) maps[first + f][k] = features[f](dependences.sizes);
    };
  },
};

/**
 * The features of a family by name. What they read of a region, `Measured` has of a neighbourhood: its class
 * says so.
 */
function featuresOf<Measured>(family: MapFamily, names: readonly string[]): Feature<Measured>[] {
  const { current, deprecated } = families[family];
  const all: Record<string, Feature<never>> = { ...current, ...deprecated };
  return names.map((name) => all[name] as Feature<Measured>);
}
