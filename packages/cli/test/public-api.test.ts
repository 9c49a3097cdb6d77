import { expect, test } from 'vitest';
import * as api from '../src/index.js';

test('the public surface changes only on purpose', () => {
  expect(Object.keys(api).sort()).toMatchInlineSnapshot(`
    [
      "PatientError",
      "UnusableCohortError",
      "runCli",
      "runStudy",
    ]
  `);
});
