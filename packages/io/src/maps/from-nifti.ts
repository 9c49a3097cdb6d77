import { createVolume, denseData } from '@steatosis/core';
import { type Sidecar, sidecarOf } from '../bids/sidecar.js';
import { UnsupportedFormatError } from '../errors.js';
import { readNifti } from '../nifti/read.js';
import type { ReadContext } from '../read-context.js';
import type { NamedSource } from '../sources.js';
import { mapOfName } from './by-name.js';
import type { FoundMap } from './scanner-maps.js';

/** All maps among files by the names of NIfTI files; units come from sidecars and from BIDS. */
export async function mapsOfNifti(
  files: readonly NamedSource[],
  context: ReadContext,
): Promise<FoundMap[]> {
  const sidecars = files.filter(({ name }) => name.toLowerCase().endsWith('.json'));
  const opened = new Map<string, Promise<Sidecar>>();
  const maps: FoundMap[] = [];
  for (const file of files) {
    const named = mapOfName(file.name);
    if (named === undefined) continue;
    const sidecar = await sidecarOf(file.name, sidecars, opened);
    const units = sidecar['Units'];
    const volume = await readNifti({ name: file.name, bytes: await file.bytes() }, context);
    if (volume.data.shape.length !== 3) {
      throw new UnsupportedFormatError(
        'map with a fourth axis',
        `it has ${volume.data.shape.join('×')} voxels; a map has three axes`,
        { source: file.name },
      );
    }
    const values = Float32Array.from(denseData(volume));
    maps.push({
      kind: named.kind,
      source: file.name,
      volume: createVolume(values, volume.data.shape, volume),
      unit: typeof units === 'string' ? units : named.unit,
      tenths: false,
    });
  }
  return maps;
}
