import type { Workspace } from '../../kernels/workspace.js';
import { type Extent, EXTENTS, type IbsiAggregation } from '../aggregation.js';
import { textureFamilies, type TextureFamily } from './texture-families.js';
import { type DiscretisedRegion, textureSources } from './texture-source.js';

export type TextureFamilyName = keyof typeof textureFamilies;

/**
 * Features of texture by tag, aggregation included, family by family. A slice without a matrix, such as one
 * without pairs of neighbours, does not count in the mean over slices; without any matrix features are NaN.
 */
export function evaluateTexture(
  discretised: DiscretisedRegion,
  names: readonly TextureFamilyName[],
  aggregations: readonly IbsiAggregation[],
  workspace: Workspace,
): Record<string, number> {
  const found = new Map<string, number[]>();
  for (const extent of EXTENTS) {
    const wanted = names.filter(
      (name) => wantedSuffixes(textureFamilies[name], extent, aggregations).length > 0,
    );
    if (wanted.length === 0) continue;
    const rows = new Map<string, number[][]>();
    for (const source of textureSources(discretised, extent, workspace)) {
      for (const name of wanted) {
        const { suffixes, evaluate }: TextureFamily = textureFamilies[name];
        evaluate(source).forEach((matrices, k) => {
          const key = `${name}${suffixes[k]}`;
          rows.set(key, [...(rows.get(key) ?? []), ...matrices]);
        });
      }
    }
    for (const [key, matrices] of rows) found.set(`${extent}:${key}`, means(matrices));
  }
  return tagged(found, names, aggregations);
}

function wantedSuffixes(
  family: TextureFamily,
  extent: Extent,
  aggregations: readonly IbsiAggregation[],
): string[] {
  return family.suffixes.filter((suffix) => aggregations.includes(`${extent}${suffix}`));
}

/** Mean of each column over the rows. */
function means(rows: readonly number[][]): number[] {
  const sums = (rows[0] ?? []).map(() => 0);
  for (const row of rows) row.forEach((value, f) => (sums[f] += value));
  return sums.map((sum) => sum / rows.length);
}

function tagged(
  found: ReadonlyMap<string, number[]>,
  names: readonly TextureFamilyName[],
  aggregations: readonly IbsiAggregation[],
): Record<string, number> {
  const features: Record<string, number> = {};
  for (const name of names) {
    const family: TextureFamily = textureFamilies[name];
    for (const extent of EXTENTS) {
      for (const suffix of wantedSuffixes(family, extent, aggregations)) {
        const values = found.get(`${extent}:${name}${suffix}`) ?? [];
        Object.keys(family.table).forEach((tag, f) => {
          features[`${tag}_${extent}${suffix}`] = values[f] ?? NaN;
        });
      }
    }
  }
  return features;
}
