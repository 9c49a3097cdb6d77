import { expect, test } from 'vitest';
import * as api from '../src/index.js';

test('the public surface changes only on purpose', () => {
  expect(Object.keys(api).sort()).toMatchInlineSnapshot(`
    [
      "AbortedError",
      "GridMismatchError",
      "InvalidArgumentError",
      "SteatosisError",
      "TaskPool",
      "WarmPools",
      "WasmSimdMissingError",
      "compileKernel",
      "createRandom",
      "createVolume",
      "cropVolume",
      "denseData",
      "describeGrid",
      "firstAxisFastest",
      "gridOf",
      "indexToWorld",
      "isSteatosisError",
      "orientationOf",
      "reorient",
      "reviveError",
      "sameGrid",
      "sameGridOrThrow",
      "serialiseError",
      "serveTasks",
      "throwIfAborted",
      "volumeLike",
      "worldToIndex",
    ]
  `);
});
