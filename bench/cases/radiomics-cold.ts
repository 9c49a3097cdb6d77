/**
 * Our 93 features of 2,400 small images in a process that has just started: its start, the import and the
 * first slow calls count. Called with the file of the images, it is that process.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createVolume } from '@steatosis/core';
import { extractFeatures, planarFeatures } from '@steatosis/radiomics';
import { serveSide } from '../harness/side.ts';
import { textureImage } from './texture-image.ts';

const ROIS = 2400;
const VOXELS = 256;
/** Images whose values are compared. */
const COMPARED = 60;

function featuresOf(file: string): number[] {
  const bytes = readFileSync(file);
  const data = new Int16Array(bytes.buffer, bytes.byteOffset, ROIS * VOXELS);
  const mask = createVolume(new Uint8Array(VOXELS).fill(1), [16, 16, 1]);
  const settings = { binWidth: 5, featureClasses: [...planarFeatures] };
  const results = Array.from({ length: ROIS }, (_, i) => {
    const image = createVolume(data.subarray(i * VOXELS, (i + 1) * VOXELS), [16, 16, 1]);
    return extractFeatures(image, mask, settings);
  });
  return results.slice(0, COMPARED).flatMap((features) =>
    Object.keys(features)
      .filter((name) => name !== 'original_glcm_MCC')
      .sort()
      .map((name) => features[name]!),
  );
}

function writeImages(): string {
  const file = join(mkdtempSync(join(tmpdir(), 'steatosis-bench-')), 'images');
  const all = new Int16Array(ROIS * VOXELS);
  for (let i = 0; i < ROIS; i++) {
    const options = { seed: i + 1, levels: 20, passes: 1, noise: 2 };
    all.set(textureImage([16, 16, 1], options).data, i * VOXELS);
  }
  writeFileSync(file, new Uint8Array(all.buffer));
  return file;
}

function inNewProcess(file: string): number[] {
  const script = fileURLToPath(import.meta.url);
  const { stdout } = spawnSync(process.execPath, [script, file], { encoding: 'utf8' });
  return JSON.parse(stdout) as number[];
}

const [, , given] = process.argv;
if (given !== undefined) {
  process.stdout.write(JSON.stringify(featuresOf(given)));
} else {
  const file = writeImages();
  await serveSide({
    versions: { Node: process.version },
    values: () => inNewProcess(file),
    run: () => inNewProcess(file),
  });
}
