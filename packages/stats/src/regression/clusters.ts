import { InvalidArgumentError } from '@steatosis/core';

/** To which cluster (patient, scanner) an observation belongs. */
export type ClusterLabel = number | string;

/** Observations by cluster, in the order in which the clusters first appear. */
export function clusterMembers(
  clusters: ArrayLike<ClusterLabel>,
  kept: Uint32Array | 'all',
): Uint32Array[] {
  const n = kept === 'all' ? clusters.length : kept.length;
  const members = new Map<ClusterLabel, number[]>();
  for (let i = 0; i < n; i++) {
    const label = clusters[kept === 'all' ? i : kept[i]];
    const group = members.get(label);
    if (group === undefined) members.set(label, [i]);
    else group.push(i);
  }
  return Array.from(members.values(), (group) => Uint32Array.from(group));
}

/** @throws InvalidArgumentError unless there is a number or a word for each of `n` rows */
export function checkedClusters(clusters: ArrayLike<ClusterLabel>, n: number): void {
  const found: unknown = clusters;
  if (typeof found !== 'object' || found === null || !('length' in found)) {
    throw new InvalidArgumentError('clusters', found, 'an array with the cluster of each row');
  }
  if (clusters.length !== n) {
    throw new InvalidArgumentError(
      'clusters',
      `${clusters.length} values`,
      `as many values as there are rows (${n})`,
    );
  }
  for (let i = 0; i < n; i++) {
    const label: unknown = clusters[i];
    if (typeof label !== 'string' && !(typeof label === 'number' && !Number.isNaN(label))) {
      throw new InvalidArgumentError(`clusters[${i}]`, label, 'a number or a word');
    }
  }
}
