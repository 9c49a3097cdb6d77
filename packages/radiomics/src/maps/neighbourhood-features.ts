import { families } from '../features/families.js';
import { DirectionMean, type Feature } from '../features/family.js';
import { LocalDependences, LocalDifferences } from './local-neighbours.js';
import { LocalPairs } from './local-pairs.js';
import { LocalRuns } from './local-runs.js';
import { LocalValues } from './local-values.js';
import { LocalZones } from './local-zones.js';
import type { MapFamily, MapRequest } from './map-request.js';
import type { Neighbourhood } from './neighbourhood.js';

/** Computes features of one family for whatever neighbourhood was loaded. */
export type NeighbourhoodFeatures = () => readonly number[];

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
    return () => {
      const numbers = values.measure();
      return features.map((feature) => (numbers ? feature(values) : NaN));
    };
  },
  glcm(names, neighbourhood, { directions, symmetricalGLCM, pairWeights }) {
    const features = featuresOf<LocalPairs>('glcm', names);
    const pairs = new LocalPairs(neighbourhood, directions, {
      symmetric: symmetricalGLCM,
      weights: pairWeights,
      correlate: names.includes('MCC'),
    });
    return () => {
      const mean = new DirectionMean(features);
      pairs.measure(() => mean.add(pairs));
      return mean.means();
    };
  },
  glrlm(names, neighbourhood, { nearest, runWeights }) {
    const features = featuresOf<LocalRuns['sizes']>('glrlm', names);
    const runs = new LocalRuns(neighbourhood, nearest, runWeights);
    return () => {
      const mean = new DirectionMean(features);
      runs.measure(() => mean.add(runs.sizes));
      return mean.means();
    };
  },
  glszm(names, neighbourhood, { nearest }) {
    const features = featuresOf<LocalZones['sizes']>('glszm', names);
    const zones = new LocalZones(neighbourhood, nearest);
    return () => {
      zones.measure();
      return features.map((feature) => feature(zones.sizes));
    };
  },
  ngtdm(names, neighbourhood, { directions }) {
    const features = featuresOf<LocalDifferences>('ngtdm', names);
    const differences = new LocalDifferences(neighbourhood, directions);
    return () => {
      differences.measure();
      return features.map((feature) => feature(differences));
    };
  },
  gldm(names, neighbourhood, { directions, gldm_a }) {
    const features = featuresOf<LocalDependences['sizes']>('gldm', names);
    const dependences = new LocalDependences(neighbourhood, directions, gldm_a);
    return () => {
      dependences.measure();
      return features.map((feature) => feature(dependences.sizes));
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
