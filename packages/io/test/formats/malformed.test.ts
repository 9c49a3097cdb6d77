import { isSteatosisError } from '@steatosis/core';
import { describe, expect, test } from 'vitest';
import { readImage, readMarkups } from '../../src/index.js';
import { bundle, json } from './bundle.js';

const files = bundle('malformed');
const { files: cases }: { files: Record<string, { must: string; why: string }> } = json(
  files.get('malformed/expected.json'),
);

/** Formats that this version does not decode: refusing them is right, whatever is broken inside. */
const COMPRESSED = /^(rle-|encaps-|jpegls-|j2k-|deflate-|01-control-rle)/;
/** Files that may, or must, be read. */
const READ = /^00-control|^sq-empty-items|^meta-group-length-huge|^nii-bitpix-mismatch/;

async function attempt(name: string): Promise<unknown> {
  const file = files.get(`malformed/${name}`)!;
  try {
    await (name.endsWith('.mrk.json') ? readMarkups(file) : readImage(file));
    return undefined;
  } catch (error) {
    return error;
  }
}

describe('broken and hostile files', () => {
  test.each(Object.keys(cases))('%s', async (name) => {
    const start = performance.now();
    const error = await attempt(name);
    expect(performance.now() - start).toBeLessThan(1000);
    if (READ.test(name)) {
      expect(error).toBeUndefined();
      return;
    }
    if (!isSteatosisError(error))
      throw error ?? new Error(`was read, but must: ${cases[name].must}`);
    expect(error.code).toMatch(/^(MALFORMED_FILE|UNSUPPORTED_FORMAT)$/);
    if (COMPRESSED.test(name)) return;
    const { offset, field, format } = error as { offset?: number; field?: string; format?: string };
    // A damaged stream or JSON text has no place of its own; all others say where.
    const anywhere = format === 'gzip' || name === 'mrk-not-json.mrk.json';
    expect(anywhere || offset !== undefined || field !== undefined).toBe(true);
    expect(error.message).toContain(name);
  });

  test('bombs and false lengths take less than 64 MB', async () => {
    const hostile = [
      'nii-gz-bomb-400MB.nii.gz',
      'deflate-bomb-400MB.dcm',
      'length-beyond-eof.dcm',
      'rows-cols-65535-frames-2e9.dcm',
      'sq-empty-items-100k.dcm',
      'sq-nested-20000.dcm',
      'nii-dim-overflow.nii',
      'nrrd-sizes-too-big.nrrd',
      'nrrd-pattern-1e9.nhdr',
    ];
    for (const name of hostile) {
      const before = process.memoryUsage();
      await attempt(name);
      const after = process.memoryUsage();
      const grown = after.heapUsed + after.arrayBuffers - before.heapUsed - before.arrayBuffers;
      expect(grown, name).toBeLessThan(64e6);
    }
  });

  test('the unknown transfer syntax is named', async () => {
    expect(await attempt('unknown-transfer-syntax.dcm')).toMatchObject({ feature: '1.2.3.4.5.6' });
  });
});
