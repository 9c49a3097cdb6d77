import { describe, expect, it } from 'vitest';
import { Booster } from '../src/index.js';
import { maxDifference } from './support/fixtures.js';
import { readReferenceCase, referenceCaseNames } from './support/reference.js';

describe.each(referenceCaseNames())('the model files of %s', (name) => {
  const { expected, table, modelJson, modelUbj } = readReferenceCase(name);
  const json = Booster.load(modelJson());
  const ubj = Booster.load(modelUbj());

  it('give XGBoost’s margins, to the last bit', () => {
    const margins = expected.margin.flat().map(Math.fround);
    const { columns } = table.x;
    const rows = expected.margin.length;
    const x = { data: table.x.data.subarray(0, rows * columns), rows, columns };
    expect(maxDifference(json.predictMargin(x), margins)).toBe(0);
  });

  it('hold the same model in both formats', () => {
    expect(ubj).toEqual(json);
  });

  it('are written as XGBoost writes them, byte for byte', () => {
    expect(same(new TextEncoder().encode(json.save('json')), onAverage(modelJson()))).toBe(true);
    expect(same(ubj.save('ubj'), onAverage(modelUbj()))).toBe(true);
  });
});

/**
 * The file with the note that the base score was estimated: in one case it was given. The note only tells XGBoost
 * whether to estimate it before the first round, so it is not kept.
 */
function onAverage(bytes: Uint8Array): Uint8Array {
  const text = Buffer.from(bytes).toString('latin1');
  const at = text.indexOf('boost_from_average') + 'boost_from_average'.length;
  const flag = text.indexOf('0', at);
  const length = text.startsWith('":"0"', at) || text.startsWith('SL\0\0\0\0\0\0\0\x010', at);
  if (length) bytes[flag] = 0x31;
  return bytes;
}

function same(found: Uint8Array, expected: Uint8Array): boolean {
  return Buffer.compare(found, expected) === 0;
}
