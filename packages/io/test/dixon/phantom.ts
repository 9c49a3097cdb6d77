import { type Box, cropVolume, denseData, gridOf, volumeLike } from '@steatosis/core';
import type { ComplexMultiEcho } from '../../src/index.js';
import { channel, readJson, readNpy, volumesOf } from './fixtures.js';
import type { Scan } from './scanner-errors.js';

interface Protocol {
  shape: [number, number, number];
  voxel_mm: [number, number, number];
  B0_T: number;
  TE_s: number[];
  labels: Record<string, number>;
}

const known = new Map<string, Scan>();

/** A phantom of the data set with its truth; read once, so leave it as it is. */
export function readPhantom(name: string): Scan {
  const phantom = known.get(name) ?? readFiles(name);
  known.set(name, phantom);
  return phantom;
}

function readFiles(name: string): Scan {
  const protocol = readJson(`${name}.json`) as Protocol;
  const { labels, shape } = protocol;
  const truth = readNpy(`${name}_truth.npy.gz`);
  const label = channel(readNpy(`${name}_label.npy.gz`), 0, shape);
  return {
    multiEcho: volumesOf(
      readNpy(`${name}_echoes.npy.gz`),
      { echoTimesMs: protocol.TE_s.map((s) => s * 1000), fieldStrengthT: protocol.B0_T },
      protocol.voxel_mm,
    ),
    pdffPercent: channel(truth, 0, shape),
    mask: Uint8Array.from(channel(readNpy(`${name}_mask.npy.gz`), 0, shape)),
    liver: Uint8Array.from(label, (value) => (value === labels['liver'] ? 1 : 0)),
  };
}

/** Some slices of a phantom, where all of them would take longer and show no more. */
export function slicesOf(phantom: Scan, start: number, count: number): Scan {
  const { multiEcho } = phantom;
  const { size } = gridOf(multiEcho.real);
  const box: Box = { start: [0, 0, start], size: [size[0], size[1], count] };
  const slice = size[0] * size[1];
  const cut = <T extends Float32Array | Uint8Array>(map: T) =>
    map.slice(slice * start, slice * (start + count)) as T;
  return {
    multiEcho: {
      ...multiEcho,
      real: cropVolume(multiEcho.real, box),
      imaginary: cropVolume(multiEcho.imaginary, box),
    },
    pdffPercent: cut(phantom.pdffPercent),
    mask: cut(phantom.mask),
    liver: cut(phantom.liver),
  };
}

/** The complex conjugate of an acquisition. */
export function conjugateOf(multiEcho: ComplexMultiEcho): ComplexMultiEcho {
  const { imaginary, echoTimesMs } = multiEcho;
  const turned = denseData(imaginary).map((value) => -value);
  return { ...multiEcho, imaginary: volumeLike(imaginary, turned, echoTimesMs.length) };
}
