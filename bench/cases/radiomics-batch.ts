/** Our features of a batch of volumes, on as many workers as asked for. */
import { createVolume } from '@steatosis/core';
import { extractFeaturesBatch, planarFeatures } from '@steatosis/radiomics';
import { serveSide } from '../harness/side.ts';
import { textureImage } from './texture-image.ts';

const workers = Number(process.argv[2]);
const cases = Array.from({ length: 24 }, (_, i) => {
  const { data, shape } = textureImage([96, 96, 64], {
    seed: i + 1,
    levels: 64,
    passes: 1,
    noise: 2,
  });
  const mask = createVolume(new Uint8Array(data.length).fill(1), shape);
  return { id: String(i), image: createVolume(data, shape), mask };
});
const settings = { binWidth: 5, featureClasses: [...planarFeatures] };

async function run(threads: number): Promise<number[]> {
  const values: number[] = [];
  for await (const row of extractFeaturesBatch(cases, settings, { workers: threads })) {
    if ('error' in row) throw row.error;
    values.push(...Object.values(row.features));
  }
  return values;
}

await serveSide({
  versions: { Node: process.version },
  values: async () => {
    const values = await run(workers);
    const alone = await run(0);
    if (values.some((value, i) => !Object.is(value, alone[i]))) {
      throw new Error(`${workers} workers gave other bits than none`);
    }
    return [values.reduce((sum, value) => sum + value, 0)];
  },
  run: async () => await run(workers),
});
