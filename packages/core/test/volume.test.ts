import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  createVolume,
  cropVolume,
  denseData,
  describeGrid,
  GridMismatchError,
  gridOf,
  indexToWorld,
  isSteatosisError,
  orientationOf,
  reorient,
  sameGrid,
  sameGridOrThrow,
  volumeLike,
  worldToIndex,
  type Vector3,
  type Volume,
} from '../src/index.js';

const coordinate = fc.double({ min: -200, max: 200, noNaN: true });
const step = fc.double({ min: 0.1, max: 10, noNaN: true });
/** Rotations from unit quaternions, optionally mirrored and with a sheared third axis. */
const direction = fc
  .tuple(
    fc.tuple(coordinate, coordinate, coordinate, coordinate),
    fc.boolean(),
    fc.double({ min: -0.3, max: 0.3, noNaN: true }),
  )
  .filter(([q]) => Math.hypot(...q) > 1)
  .map(([q, mirrored, shear]) => {
    const [w, x, y, z] = q.map((v) => v / Math.hypot(...q)) as [number, number, number, number];
    const m = [
      1 - 2 * (y * y + z * z), 2 * (x * y - w * z), 2 * (x * z + w * y),
      2 * (x * y + w * z), 1 - 2 * (x * x + z * z), 2 * (y * z - w * x),
      2 * (x * z - w * y), 2 * (y * z + w * x), 1 - 2 * (x * x + y * y),
    ]; // prettier-ignore
    return m.map((v, i) => (i % 3 === 2 ? (mirrored ? -v : v) + shear * m[i - 1]! : v));
  });
const size = fc.tuple(
  fc.integer({ min: 1, max: 5 }),
  fc.integer({ min: 1, max: 5 }),
  fc.integer({ min: 1, max: 5 }),
);
const volumes = fc
  .record({
    size,
    spacing: fc.tuple(step, step, step),
    origin: fc.tuple(coordinate, coordinate, coordinate),
    direction,
    echoes: fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined }),
  })
  .map(({ size, echoes, ...grid }) => {
    const shape = echoes === undefined ? size : [...size, echoes];
    const count = shape.reduce((a, b) => a * b, 1);
    return createVolume(
      Float64Array.from({ length: count }, (_, i) => i),
      shape,
      grid,
    );
  });

const near = (a: readonly number[], b: readonly number[], tolerance: number) =>
  a.forEach((v, i) => expect(Math.abs(v - b[i]!)).toBeLessThan(tolerance));

describe('geometry', () => {
  test('a worked example: quarter turn about z', () => {
    const grid = {
      spacing: [1, 2, 3] as Vector3,
      origin: [10, 20, 30] as Vector3,
      direction: [0, -1, 0, 1, 0, 0, 0, 0, 1],
    };
    expect(indexToWorld(grid, [1, 1, 1])).toEqual([8, 21, 33]);
    expect(worldToIndex(grid, [8, 21, 33])).toEqual([1, 1, 1]);
  });

  test('index → world → index is the identity, for sheared axes too', () => {
    fc.assert(
      fc.property(volumes, fc.tuple(coordinate, coordinate, coordinate), (volume, index) => {
        near(worldToIndex(volume, indexToWorld(volume, index)), index, 1e-8);
      }),
    );
  });

  test('same grid: within 1 % of a voxel, counted at the far corner', () => {
    const make = (spacing: Vector3, origin: Vector3 = [0, 0, 0]) =>
      createVolume(new Uint8Array(1000), [10, 10, 10], { spacing, origin });
    expect(sameGrid(make([1, 1, 1]), make([1, 1, 1], [0.009, 0, 0]))).toBe(true);
    expect(sameGrid(make([1, 1, 1]), make([1, 1, 1], [0.011, 0, 0]))).toBe(false);
    expect(sameGrid(make([1, 1, 1]), make([1.001, 1, 1]))).toBe(true); // 0.009 mm at the far corner
    expect(sameGrid(make([1, 1, 1]), make([1.0012, 1, 1]))).toBe(false);
    expect(sameGrid(make([1, 1, 1]), make([1, 1, 1], [0.05, 0, 0]), 0.1)).toBe(true);
    const other = createVolume(new Uint8Array(900), [9, 10, 10]);
    expect(sameGrid(make([1, 1, 1]), other)).toBe(false);
    try {
      sameGridOrThrow(make([1, 1, 1]), other, 'image', 'mask');
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(GridMismatchError);
      expect(isSteatosisError(error, 'GRID_MISMATCH')).toBe(true);
      expect((error as Error).message).toContain('10×10×10');
      expect((error as Error).message).toContain('9×10×10');
    }
    expect(() => sameGridOrThrow(make([1, 1, 1]), make([1, 1, 1]))).not.toThrow();
  });

  test('describeGrid says size, spacing, origin and direction', () => {
    expect(
      describeGrid(
        gridOf(createVolume(new Uint8Array(2), [2, 1, 1], { spacing: [1.25, 1.3671875, 3] })),
      ),
    ).toBe(
      '2×1×1 voxels of 1.25×1.36719×3 mm, origin (0, 0, 0) mm, direction (1, 0, 0, 0, 1, 0, 0, 0, 1)',
    );
  });
});

describe('volumes', () => {
  test('impossible volumes are refused, saying what was expected', () => {
    const data = new Float32Array(8);
    expect(() => createVolume(data, [2, 2, 3])).toThrow('12 elements');
    expect(() => createVolume(data, [8])).toThrow('[nx, ny, nz]');
    expect(() => createVolume(data, [2, 2, 2], { spacing: [1, 0, 1] })).toThrow('spacing');
    expect(() => createVolume(data, [2, 2, 2], { origin: [0, Number.NaN, 1] })).toThrow('origin');
    expect(() => createVolume(data, [2, 2, 2], { direction: [1, 0, 0, 1, 0, 0, 0, 0, 1] })).toThrow(
      'direction',
    );
    expect(() => createVolume(data, [2, 2, 2], { direction: [1] })).toThrow('direction');
  });

  test('volumeLike keeps the grid', () => {
    const like = createVolume(new Float32Array(8), [2, 2, 2], {
      spacing: [1, 2, 3],
      origin: [4, 5, 6],
    });
    expect(volumeLike(like, new Uint8Array(8)).spacing).toEqual([1, 2, 3]);
    expect(volumeLike(like, new Uint8Array(24), 3).data.shape).toEqual([2, 2, 2, 3]);
  });

  test('denseData returns the array itself when it is dense and a right copy when it is not', () => {
    fc.assert(
      fc.property(volumes, (volume) => {
        expect(denseData(volume)).toBe(volume.data.data);
        const [nx = 1, ny = 1, nz = 1] = volume.data.shape;
        const echo = volume.data.shape.length > 3 ? [0] : [];
        const turned = {
          ...volume,
          data: volume.data.transpose(2, 0, 1, ...(echo.length ? [3] : [])),
        };
        const dense = denseData(turned);
        for (let z = 0; z < nz; z++)
          for (let y = 0; y < ny; y++)
            for (let x = 0; x < nx; x++) {
              expect(dense[z + nz * (x + nx * y)]).toBe(volume.data.get(x, y, z, ...echo));
            }
      }),
      { numRuns: 30 },
    );
  });
});

describe('crop and reorient keep every voxel at its place in the patient', () => {
  const worldOf = (volume: Volume) => {
    const places = new Map<number, Vector3>();
    const [nx = 1, ny = 1, nz = 1] = volume.data.shape;
    const echo = volume.data.shape.length > 3 ? [0] : [];
    for (let z = 0; z < nz; z++)
      for (let y = 0; y < ny; y++)
        for (let x = 0; x < nx; x++)
          places.set(volume.data.get(x, y, z, ...echo), indexToWorld(volume, [x, y, z]));
    return places;
  };

  test('crop', () => {
    fc.assert(
      fc.property(volumes, fc.infiniteStream(fc.nat()), (volume, numbers) => {
        const pick = (n: number) => (numbers.next().value as number) % n;
        const { size } = gridOf(volume);
        const start = size.map((n) => pick(n)) as Vector3;
        const box = { start, size: size.map((n, i) => 1 + pick(n - start[i]!)) as Vector3 };
        const all = worldOf(volume);
        for (const [value, place] of worldOf(cropVolume(volume, box)))
          near(place, all.get(value)!, 1e-8);
        expect(cropVolume(volume, box).data.shape.slice(0, 3)).toEqual(box.size);
      }),
      { numRuns: 50 },
    );
  });

  test('crop refuses boxes that leave the volume', () => {
    const volume = createVolume(new Uint8Array(8), [2, 2, 2]);
    for (const box of [
      { start: [0, 0, 0] as Vector3, size: [3, 1, 1] as Vector3 },
      { start: [-1, 0, 0] as Vector3, size: [1, 1, 1] as Vector3 },
      { start: [0, 0, 0] as Vector3, size: [0, 1, 1] as Vector3 },
      { start: [0.5, 0, 0] as Vector3, size: [1, 1, 1] as Vector3 },
    ]) {
      expect(() => cropVolume(volume, box)).toThrow('2×2×2');
    }
  });

  test('reorient', () => {
    fc.assert(
      fc.property(
        volumes,
        fc.constantFrom('LPS', 'RAS', 'SAL', 'PIR', 'IRA'),
        (volume, letters) => {
          const turned = reorient(volume, letters);
          expect(orientationOf(turned)).toBe(letters);
          const all = worldOf(volume);
          for (const [value, place] of worldOf(turned)) near(place, all.get(value)!, 1e-8);
          const back = reorient(turned, orientationOf(volume));
          expect([...denseData(back)]).toEqual([...denseData(volume)]);
          near(back.direction, volume.direction, 1e-12);
          near(back.origin, volume.origin, 1e-8);
        },
      ),
      { numRuns: 50 },
    );
  });

  test.each([
    ['a turn by 45°', [Math.SQRT1_2, -Math.SQRT1_2, 0, Math.SQRT1_2, Math.SQRT1_2, 0, 0, 0, 1]],
    ['three equal cosines', [-1 / 3, -2 / 3, -2 / 3, -2 / 3, 2 / 3, -1 / 3, -2 / 3, -1 / 3, 2 / 3]],
  ])('reorient agrees with itself where axes tie: %s', (_name, direction) => {
    const volume = createVolume(new Uint8Array(1), [1, 1, 1], { direction });
    for (const letters of ['LPS', 'RAS', 'SAL', 'PIR', 'IRA', 'ASR']) {
      expect(orientationOf(reorient(volume, letters))).toBe(letters);
    }
  });

  test('reorient refuses letters that name an axis twice', () => {
    const volume = createVolume(new Uint8Array(1), [1, 1, 1]);
    for (const letters of ['LLS', 'LP', 'LPSX', 'xyz', '']) {
      expect(() => reorient(volume, letters)).toThrow('LPS');
    }
  });
});
