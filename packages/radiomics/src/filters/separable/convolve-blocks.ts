import type { Box, Vector3 } from '@steatosis/core';
import { type AxisFilters, reachOf, stretchesOf, writeTaps } from './axis-filters.js';
import { gather, type Samples } from './samples.js';
import { type SeparableKernel, separableKernel } from './separable-kernel.js';

/** Longest block along x. */
const LONGEST = 256;
/** Blocks along y and z are short, so that what is made of one stays in the cache … */
const SHORTEST = 24;
/** … but longer for filters that reach far, which would visit the same samples again and again. */
export const LONGEST_ACROSS = 64;
/** Samples of a block with all that its filters reach. */
const LARGEST = 2 ** 21;

/** Results in the order of the filters chosen, the last pass's choice varying fastest. */
export type Results = (Float32Array | Float64Array)[];

/** All passes over one block after the other, so that only the results are held whole. */
export function convolveBlocks(
  samples: Samples,
  box: Box,
  passes: readonly AxisFilters[],
  single: boolean,
): Results {
  const [nx, ny, nz] = box.size;
  const count = passes.reduce((product, { taps }) => product * taps.length, 1);
  const results = Array.from({ length: count }, () =>
    single ? new Float32Array(nx * ny * nz) : new Float64Array(nx * ny * nz),
  );
  const [bx, by, bz] = blockSize(box.size, passes);
  const filtering = layOut(samples, box, [bx, by, bz], passes, single);
  for (let z = 0; z < nz; z += bz) {
    for (let y = 0; y < ny; y += by) {
      for (let x = 0; x < nx; x += bx) {
        const size: Vector3 = [Math.min(bx, nx - x), Math.min(by, ny - y), Math.min(bz, nz - z)];
        filterBlock(filtering, [x, y, z], size, results);
      }
    }
  }
  return results;
}

function blockSize(size: Vector3, passes: readonly AxisFilters[]): Vector3 {
  const block = size.map((n, axis) => {
    const pass = passes.find((filters) => filters.axis === axis);
    const reach = pass === undefined ? 0 : reachOf(pass);
    const across = Math.min(LONGEST_ACROSS, Math.max(SHORTEST, reach));
    const blocks = Math.ceil(n / (axis === 0 ? LONGEST : across));
    return Math.ceil(n / blocks);
  }) as Vector3;
  while (volumeOf(withReach(block, passes)) > LARGEST && Math.max(...block) > 1) {
    const longest = block.indexOf(Math.max(...block));
    block[longest] = Math.ceil(block[longest] / 2);
  }
  return block;
}

/** What is filtered, and where in the kernel's memory the parts of a block lie. */
interface Filtering {
  samples: Samples;
  box: Box;
  kernel: SeparableKernel;
  single: boolean;
  input: number;
  passes: PlacedPass[];
}

interface PlacedPass {
  filters: AxisFilters;
  taps: number;
  offsets: number;
  /** One result or two. */
  targets: number[];
}

function layOut(
  samples: Samples,
  box: Box,
  block: Vector3,
  passes: readonly AxisFilters[],
  single: boolean,
): Filtering {
  const kernel = separableKernel();
  const bytes = single ? 4 : 8;
  kernel.reset();
  const extent = withReach(block, passes);
  const input = kernel.reserve(bytes * volumeOf(extent));
  const placed = passes.map((filters): PlacedPass => {
    const count = filters.taps[0].length;
    extent[filters.axis] -= reachOf(filters);
    return {
      filters,
      taps: kernel.reserve(bytes * count * filters.taps.length),
      offsets: kernel.reserve(4 * count),
      targets: filters.taps.map(() => kernel.reserve(bytes * volumeOf(extent))),
    };
  });
  return { samples, box, kernel, single, input, passes: placed };
}

/** A block with all that its filters reach. */
function withReach(block: Vector3, passes: readonly AxisFilters[]): Vector3 {
  const extent: Vector3 = [...block];
  for (const filters of passes) extent[filters.axis] += reachOf(filters);
  return extent;
}

const volumeOf = ([nx, ny, nz]: Vector3): number => nx * ny * nz;

/** Filter the block at `at`, counted from the box's start. */
function filterBlock(filtering: Filtering, at: Vector3, size: Vector3, results: Results): void {
  const { samples, box, kernel, single, input, passes } = filtering;
  const filters = passes.map((pass) => pass.filters);
  const first = at.map((start, axis) => box.start[axis] + start) as Vector3;
  const from: Vector3 = [...first];
  for (const pass of filters) from[pass.axis] += pass.ahead - reachOf(pass);
  const extent = withReach(size, filters);
  gather(kernel.numbers(input, volumeOf(extent), single), samples, from, extent);
  let next = 0;
  const descend = (depth: number, source: number, shape: Vector3): void => {
    if (depth === passes.length) {
      store(results[next++], box.size, kernel.numbers(source, volumeOf(shape), single), at, shape);
      return;
    }
    const pass = passes[depth];
    const after = runPass(filtering, pass, source, shape, first[pass.filters.axis]);
    for (const target of pass.targets) descend(depth + 1, target, after);
  };
  descend(0, input, extent);
}

/** One pass over a block of which the first result has coordinate `first`; gives the results' shape. */
function runPass(
  { kernel, single }: Filtering,
  { filters, taps, offsets, targets }: PlacedPass,
  source: number,
  shape: Vector3,
  first: number,
): Vector3 {
  const { axis } = filters;
  const count = filters.taps[0].length;
  const after: Vector3 = [...shape];
  after[axis] -= reachOf(filters);
  // Axes up to the filter's are one run: neighbours along it are an element, a row or a plane apart.
  const bytes = shape.slice(0, axis).reduce((product, n) => product * n, single ? 4 : 8);
  const groups = shape.slice(axis + 1).reduce((product, n) => product * n, 1);
  const { convolve32, convolve64, convolvePair32, convolvePair64 } = kernel.run;
  const [low, high] = targets;
  const values = kernel.numbers(taps, count * targets.length, single);
  const places = kernel.offsets(offsets, count);
  for (const { from, to, reversed } of stretchesOf(filters, first, after[axis])) {
    writeTaps(filters, reversed, bytes, values, places);
    const start = from * bytes;
    const runs = [
      source + start,
      groups,
      (to - from) * bytes,
      shape[axis] * bytes,
      after[axis] * bytes,
      offsets,
      taps,
      count,
    ] as const;
    if (high === undefined) (single ? convolve32 : convolve64)(...runs, low + start);
    else (single ? convolvePair32 : convolvePair64)(...runs, low + start, high + start);
  }
  return after;
}

/** Copy a block into its place. */
function store(
  result: Float32Array | Float64Array,
  [nx, ny]: Vector3,
  block: Float32Array | Float64Array,
  [x, y, z]: Vector3,
  [bx, by, bz]: Vector3,
): void {
  // As few copies as the shape allows: whole planes of the block, or rows.
  const rows = bx === nx ? by : 1;
  for (let k = 0; k < bz; k++) {
    for (let j = 0; j < by; j += rows) {
      const from = (k * by + j) * bx;
      result.set(block.subarray(from, from + rows * bx), ((z + k) * ny + y + j) * nx + x);
    }
  }
}
