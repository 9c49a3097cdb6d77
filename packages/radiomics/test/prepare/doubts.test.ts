import { expect, it } from 'vitest';
import { doubtsAbout, type RegionCircumstances } from '../../src/prepare/doubts.js';

function codes(values: number[], circumstances?: RegionCircumstances): string[] {
  const numbers = values.filter((value) => !Number.isNaN(value));
  const region = {
    count: values.length,
    minimum: Math.min(...numbers),
    maximum: Math.max(...numbers),
    nanCount: values.length - numbers.length,
    values: Float64Array.from(values),
  };
  return doubtsAbout(region, circumstances).map(({ code }) => code);
}

const many = Array.from({ length: 200 }, (_, i) => i % 50);

it('has nothing to say of most regions', () => {
  expect(codes(many)).toEqual([]);
  const grayLevels = { present: 50, highest: 50 };
  expect(codes(many, { grayLevels, imageMinimum: 0, imageNonFinite: 0 })).toEqual([]);
});

it.each([
  ['few voxels', many.slice(0, 63), {}, ['FEW_VOXELS']],
  ['voxels enough', many.slice(0, 64), {}, []],
  [
    'a constant region',
    many.map(() => 3),
    { grayLevels: { present: 1, highest: 1 } },
    ['CONSTANT_REGION'],
  ],
  ['few gray levels', many, { grayLevels: { present: 3, highest: 15 } }, ['FEW_GRAY_LEVELS']],
  ['gray levels enough', many, { grayLevels: { present: 3, highest: 16 } }, []],
  [
    'a level for most voxels',
    many,
    { grayLevels: { present: 101, highest: 999 } },
    ['MANY_GRAY_LEVELS'],
  ],
  [
    'a tenth of background',
    [...many.map((v) => v + 1), ...many.map(() => 0)],
    { imageMinimum: 0 },
    ['OFF_BODY'],
  ],
  ['a background of another value', many, { imageMinimum: -1000 }, []],
  ['NaN inside', [...many, NaN], {}, ['NAN_IN_REGION']],
  ['NaN outside', many, { imageNonFinite: 4 }, ['NON_FINITE_OUTSIDE']],
  ['the same NaN', [...many, NaN], { imageNonFinite: 1 }, ['NAN_IN_REGION']],
] as [string, number[], RegionCircumstances, string[]][])('%s', (_, values, facts, expected) => {
  expect(codes(values, facts)).toEqual(expected);
});
