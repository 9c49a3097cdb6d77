import { describe, expect, it } from 'vitest';
import { extractIbsiFeatures } from '../../src/ibsi/extract-ibsi.js';
import { readCases } from '../support/fixtures.js';
import { missedRows, readReference, valuedRows } from '../support/ibsi-reference.js';

const [phantom] = readCases('ibsi/digital-phantom.json.gz');
const rows = readReference('consensus')['dig_phantom'];

describe('the digital phantom of IBSI 1', () => {
  const features = extractIbsiFeatures(phantom.image, phantom.mask, 'ibsi');

  it('has the tags of the reference, in its order', () => {
    expect(Object.keys(features)).toEqual(rows.map(({ tag }) => tag));
  });

  it('has all values with a consensus', () => {
    expect(valuedRows(rows)).toHaveLength(482);
    expect(missedRows(features, rows)).toEqual([]);
  });

  it('has the same values in one call and family by family', () => {
    const apart = (
      ['morph', 'loc', 'stat', 'ih', 'ivh', 'cm', 'rlm', 'szm', 'dzm', 'ngt', 'ngl'] as const
    ).map((family) =>
      extractIbsiFeatures(phantom.image, phantom.mask, {
        definitions: 'ibsi',
        families: [family],
      }),
    );
    expect(Object.assign({}, ...apart)).toEqual(features);
  });

  it('gives the aggregations that are asked for', () => {
    const some = extractIbsiFeatures(phantom.image, phantom.mask, {
      definitions: 'ibsi',
      families: ['cm', 'szm'],
      aggregations: ['2_5D_comb', '3D'],
    });
    expect(Object.keys(some)).toEqual(
      rows.map(({ tag }) => tag).filter((tag) => /^cm_.*_2_5D_comb$|^szm_.*[^5]_3D$/.test(tag)),
    );
    for (const [tag, value] of Object.entries(some)) expect(value).toBe(features[tag]);
  });
});
