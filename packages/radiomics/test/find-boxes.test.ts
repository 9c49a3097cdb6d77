import { createVolume, cropVolume, type TypedArray, type Vector3 } from '@steatosis/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findLabelBox } from '../src/roi/find-box.js';
import { findLabelBoxes } from '../src/roi/find-boxes.js';

const kinds = [
  Uint8Array,
  Int8Array,
  Int16Array,
  Uint16Array,
  Int32Array,
  Float32Array,
  Float64Array,
];

describe('boxes of all labels', () => {
  it('are those that the search for each label finds, in any array type and view', () => {
    const cases = fc.record({
      kind: fc.constantFrom(...kinds),
      size: fc.tuple(fc.integer({ min: 1, max: 40 }), fc.nat(5), fc.nat(4)),
      voxels: fc.array(fc.tuple(fc.nat(40 * 6 * 5), fc.integer({ min: -3, max: 5 })), {
        maxLength: 12,
      }),
      offset: fc.nat(3),
      cut: fc.boolean(),
    });
    fc.assert(
      fc.property(cases, ({ kind, size, voxels, offset, cut }) => {
        const shape = [size[0], size[1] + 1, size[2] + 1];
        const n = shape.reduce((a, b) => a * b);
        const store: TypedArray = new kind(n + offset);
        const data = store.subarray(offset) as TypedArray;
        for (const [at, label] of voxels)
          data[at % n] = kind === Uint8Array ? Math.abs(label) : label;
        let mask = createVolume(data, shape);
        if (cut) {
          const start: Vector3 = [Math.floor(shape[0] / 3), 0, 0];
          mask = cropVolume(mask, { start, size: [shape[0] - start[0], shape[1], shape[2]] });
        }
        const boxes = findLabelBoxes(mask.data);
        const labels = new Set<number>();
        const [nx, ny, nz] = mask.data.shape as Vector3;
        for (let z = 0; z < nz; z++)
          for (let y = 0; y < ny; y++)
            for (let x = 0; x < nx; x++) labels.add(mask.data.get(x, y, z));
        labels.delete(0);
        expect([...boxes.keys()]).toEqual([...labels].sort((a, b) => a - b));
        for (const [label, box] of boxes) expect(box).toEqual(findLabelBox(mask.data, label));
      }),
    );
  });

  it('are of integers only', () => {
    const mask = createVolume(Float32Array.of(0, 1, 1.5, 0), [4, 1, 1]);
    expect(() => findLabelBoxes(mask.data)).toThrow(/mask.*1\.5.*integer labels/s);
    const broken = createVolume(Float32Array.of(0, Number.NaN), [2, 1, 1]);
    expect(() => findLabelBoxes(broken.data)).toThrow(/integer labels/);
  });

  it('of an empty mask are none', () => {
    expect(findLabelBoxes(createVolume(new Uint8Array(24), [4, 3, 2]).data).size).toBe(0);
  });
});
