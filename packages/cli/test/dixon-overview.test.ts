import { createVolume, reorient } from '@steatosis/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chooseSlices } from '../src/commands/dixon/overview/choose-slices.js';
import { labelPlace, outlineOf } from '../src/commands/dixon/overview/outlines.js';
import { overviewOf } from '../src/commands/dixon/overview/overview.js';
import { settingsOf } from '../src/commands/dixon/report-text.js';

describe('chooseSlices', () => {
  it('shows every segment if four slices can', () => {
    const segments = [
      [9, 0, 0, 0, 0, 0],
      [0, 0, 9, 1, 0, 0],
      [0, 0, 0, 9, 0, 0],
      [0, 0, 0, 0, 0, 2],
    ];
    expect(chooseSlices([9, 9, 9, 9, 9, 9], segments)).toEqual([0, 2, 3, 5]);
    expect(chooseSlices([9, 9, 9], [[0, 5, 0]])).toEqual([1]);
  });

  it('spreads over the body where there are no segments', () => {
    expect(chooseSlices([0, 0, 90, 100, 100, 100, 100, 100, 80, 10])).toEqual([2, 4, 6, 8]);
    expect(chooseSlices([7])).toEqual([0]);
    expect(chooseSlices([0, 0, 0], [[0, 0, 0]])).toEqual([0, 1, 2]);
  });
});

describe('outlineOf', () => {
  it('follows the sides of voxels in the longest pieces', () => {
    const l = Uint8Array.of(0, 1, 0, 0, 0, 1, 1, 0);
    const { edges, box } = outlineOf(l, 4, 2, 'S4')!;
    expect(edges).toEqual([
      [1, 0, 2, 0],
      [2, 1, 3, 1],
      [1, 2, 3, 2],
      [1, 0, 1, 2],
      [2, 0, 2, 1],
      [3, 1, 3, 2],
    ]);
    expect(box).toEqual({ left: 1, right: 3, top: 0, bottom: 2 });
    expect(outlineOf(new Uint8Array(8), 4, 2, '')).toBeUndefined();
  });

  it('is as long as the number of sides between in and out, and its label stands inside', () => {
    const region = fc.array(fc.boolean(), { minLength: 42, maxLength: 42 });
    fc.assert(
      fc.property(region, (voxels) => {
        fc.pre(voxels.includes(true));
        const at = (x: number, y: number) =>
          x >= 0 && y >= 0 && x < 7 && y < 6 && voxels[y * 7 + x] === true;
        let sides = 0;
        for (let y = 0; y <= 6; y++) {
          for (let x = 0; x <= 7; x++) {
            if (at(x, y) !== at(x - 1, y)) sides++;
            if (at(x, y) !== at(x, y - 1)) sides++;
          }
        }
        const { edges, inside } = outlineOf(Uint8Array.from(voxels, Number), 7, 6, 'x')!;
        const length = edges.reduce((sum, [x1, y1, x2, y2]) => sum + x2 - x1 + (y2 - y1), 0);
        expect(length).toBe(sides);
        expect(at(Math.floor(inside.x), Math.floor(inside.y))).toBe(true);
      }),
    );
  });

  it('puts the label in a large region and above a small one', () => {
    const square = (size: number) =>
      outlineOf(new Uint8Array(size * size).fill(1), size, size, 'S4')!;
    expect(labelPlace(square(9), 3, 3)).toEqual({ x: 4.5, y: 4.5, above: false });
    expect(labelPlace(square(4), 3, 3)).toEqual({ x: 2, y: 0, above: true });
  });
});

describe('overviewOf', () => {
  const size = [8, 6, 3];
  const inBody = (i: number) => i % 8 > 1 && i % 8 < 6;
  const map = (value: (i: number) => number) =>
    createVolume(
      Float32Array.from({ length: 144 }, (_, i) => (inBody(i) ? value(i) : 0)),
      size,
    );
  const maps = { pdffPercent: map((i) => i), water: map(() => 70), fat: map((i) => i) };
  const mask = createVolume(new Uint8Array(144), size);
  for (const x of [2, 3]) mask.data.set(x, 4, 1, 6);
  const rois = { mask, segments: [{ value: 6, name: 'seg6' }] };

  it('shows the same whatever way the axes of the maps point', () => {
    const plain = overviewOf(maps, rois);
    expect(plain.slices).toMatchObject([{ number: 2, outlines: [{ label: 'S6' }] }]);
    for (const letters of ['RAS', 'LSA', 'ASL']) {
      const turn = (volume: typeof maps.water) => reorient(volume, letters);
      const turned = {
        pdffPercent: turn(maps.pdffPercent),
        water: turn(maps.water),
        fat: turn(maps.fat),
      };
      expect(overviewOf(turned, { ...rois, mask: reorient(mask, letters) })).toEqual(plain);
    }
  });

  it('marks air, and states round windows', () => {
    const { strips, width, slices } = overviewOf(maps);
    expect([width, slices.length]).toEqual([8, 3]);
    const pdff = strips[0]!;
    expect(pdff).toMatchObject({ title: 'PDFF', unit: '%', range: [0, 40] });
    expect(pdff.slices[0]![0]).toBeNaN();
    expect(pdff.slices[0]![2]).toBe(2);
    expect(strips.map(({ title }) => title)).toEqual(['PDFF', 'Water', 'Fat']);
    expect(strips[1]!.range).toEqual([0, 70]);
    const field = overviewOf({ ...maps, fieldMapHz: map((i) => (i % 3) * 60 - 93.4) }).strips;
    expect(field.find(({ title }) => title === 'Field map')!.range).toEqual([-94, 94]);
  });
});

it('lists whatever a report holds', () => {
  const report = { model: 'm', a: { b: [1.23456789, -2], c: null }, d: [], e: [{ f: true }] };
  expect(settingsOf(report)).toEqual([
    ['model', 'm'],
    ['a.b', '1.23457, −2'],
    ['a.c', 'none'],
    ['d', 'none'],
    ['e 1.f', 'true'],
  ]);
});
