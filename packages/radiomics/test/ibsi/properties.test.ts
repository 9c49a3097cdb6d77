import { createVolume, cropVolume, type Vector3, type Volume } from '@steatosis/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { extractIbsiFeatures } from '../../src/ibsi/extract-ibsi.js';
import type { IbsiFamilyName, IbsiSettings } from '../../src/ibsi/settings.js';

const FAMILIES: readonly IbsiFamilyName[] = [
  'stat',
  'ih',
  'ivh',
  'cm',
  'rlm',
  'szm',
  'dzm',
  'ngt',
  'ngl',
];

interface Region {
  image: Volume;
  mask: Volume;
}

/** A region of several levels that fills its volume in part, corners included. */
function regions(): fc.Arbitrary<Region> {
  const side = fc.integer({ min: 2, max: 5 });
  return fc.tuple(side, side, fc.integer({ min: 1, max: 3 })).chain((size) => {
    const n = size[0] * size[1] * size[2];
    const voxels = (min: number, max: number) =>
      fc.array(fc.integer({ min, max }), { minLength: n, maxLength: n });
    return fc.tuple(voxels(1, 6), voxels(0, 3)).map(([gray, inside]) => {
      const mask = Uint8Array.from(inside, (v) => (v > 0 ? 1 : 0));
      mask[0] = 1;
      mask[n - 1] = 1;
      return {
        image: createVolume(Int16Array.from(gray), size),
        mask: createVolume(mask, size),
      };
    });
  });
}

function extract({ image, mask }: Region, settings: Partial<IbsiSettings> = {}) {
  return extractIbsiFeatures(image, mask, { definitions: 'ibsi', families: FAMILIES, ...settings });
}

function expectEqual(found: Record<string, number>, expected: Record<string, number>): void {
  expect(Object.keys(found)).toEqual(Object.keys(expected));
  const different = Object.entries(expected).filter(([tag, value]) => {
    const difference = Math.abs(found[tag] - value);
    return !(Object.is(found[tag], value) || difference <= 1e-9 * Math.max(1, Math.abs(value)));
  });
  expect(different.map(([tag, value]) => [tag, found[tag], value])).toEqual([]);
}

/** The same voxels seen along other axes; no copy. */
function turned(volume: Volume, axes: Vector3, step: Vector3): Volume {
  return { ...volume, data: volume.data.transpose(...axes).step(...step) };
}

describe('features of IBSI', () => {
  it('do not change when the slices are turned, mirrored or put in reverse order', () => {
    const axes = fc.constantFrom<Vector3>([0, 1, 2], [1, 0, 2]);
    const sign = fc.constantFrom(1, -1);
    fc.assert(
      fc.property(regions(), axes, fc.tuple(sign, sign, sign), (region, order, step) => {
        const { image, mask } = region;
        const other = { image: turned(image, order, step), mask: turned(mask, order, step) };
        expectEqual(extract(other), extract(region));
      }),
      { numRuns: 40 },
    );
  });

  it('do not change in 3-D when any axes change places', () => {
    const axes = fc.constantFrom<Vector3>([2, 0, 1], [1, 2, 0], [2, 1, 0]);
    const aggregations = ['3D', '3D_avg', '3D_comb'] as const;
    fc.assert(
      fc.property(regions(), axes, (region, order) => {
        const { image, mask } = region;
        const other = {
          image: turned(image, order, [1, 1, 1]),
          mask: turned(mask, order, [1, 1, 1]),
        };
        expectEqual(extract(other, { aggregations }), extract(region, { aggregations }));
      }),
      { numRuns: 40 },
    );
  });

  it('see nothing outside the mask', () => {
    fc.assert(
      fc.property(regions(), fc.integer({ min: 1, max: 3 }), (region, margin) => {
        const size = region.image.data.shape as Vector3;
        const wide = size.map((n) => n + 2 * margin) as Vector3;
        const count = wide[0] * wide[1] * wide[2];
        const image = createVolume(new Int16Array(count).fill(9), wide);
        const mask = createVolume(new Uint8Array(count), wide);
        const box = { start: [margin, margin, margin] as Vector3, size };
        for (const [from, to] of [
          [region.image, cropVolume(image, box)],
          [region.mask, cropVolume(mask, box)],
        ] as const) {
          for (let i = 0; i < size[0]; i++) {
            for (let j = 0; j < size[1]; j++) {
              for (let k = 0; k < size[2]; k++) to.data.set(i, j, k, from.data.get(i, j, k));
            }
          }
        }
        expect(extract({ image, mask })).toEqual(extract(region));
      }),
      { numRuns: 25 },
    );
  });

  it('of texture do not change when all values and the start of the bins move', () => {
    const texture = ['cm', 'rlm', 'szm', 'dzm', 'ngt', 'ngl'] as const;
    fc.assert(
      fc.property(regions(), fc.integer({ min: -500, max: 500 }), (region, shift) => {
        const { data } = region.image.data;
        const moved = createVolume(
          Int16Array.from(data, (value) => value + shift),
          region.image.data.shape,
        );
        const families = texture;
        const start = 1 + shift;
        expect(
          extract(
            { image: moved, mask: region.mask },
            { families, discretisation: { binWidth: 1, start } },
          ),
        ).toEqual(extract(region, { families }));
        expect(
          extract(
            { image: moved, mask: region.mask },
            { families, discretisation: { binCount: 4 } },
          ),
        ).toEqual(extract(region, { families, discretisation: { binCount: 4 } }));
      }),
      { numRuns: 25 },
    );
  });

  it('of one slice are the same in 2-D, 2.5-D and 3-D', () => {
    fc.assert(
      fc.property(regions(), ({ image, mask }) => {
        const [nx, ny] = image.data.shape as Vector3;
        const box = { start: [0, 0, 0] as Vector3, size: [nx, ny, 1] as Vector3 };
        const inside = cropVolume(mask, box);
        inside.data.set(nx - 1, ny - 1, 0, 1);
        const features = extract({ image: cropVolume(image, box), mask: inside });
        const of = (extent: string) =>
          Object.fromEntries(
            Object.entries(features)
              .filter(([tag]) => tag.includes(`_${extent}`))
              .map(([tag, value]) => [tag.replace(`_${extent}`, ''), value] as const),
          );
        expectEqual(of('2_5D'), of('3D'));
        expectEqual(of('2D'), of('3D'));
      }),
      { numRuns: 25 },
    );
  });

  it('are finite, but for ratios whose denominator is 0', () => {
    fc.assert(
      fc.property(regions(), (region) => {
        const features = extract(region);
        const undefinedTags = Object.keys(features).filter(
          (tag) => !Number.isFinite(features[tag]),
        );
        // Without a pair of neighbours, without a neighbour.
        expect(undefinedTags.filter((tag) => !/^(cm|ngt)_/.test(tag))).toEqual([]);
      }),
      { numRuns: 50 },
    );
  });
});
