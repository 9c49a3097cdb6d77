/** 10,000 AUCs of resamples within classes, at n = 2,000. */
import { auc } from '@steatosis/stats';
import { draws } from '../harness/draws.ts';
import { serveSide } from '../harness/side.ts';

const N = 2000;
const noise = draws(N, 1);
const labels = Uint8Array.from(draws(N, 2), (u) => (u < 0.24 ? 1 : 0));
const scores = noise.map((v, i) => v + 0.3 * labels[i]!);

// Both sides show that they mean the same by the AUC of a resample; how they draw is their own affair.
const sameResamples = () =>
  Array.from({ length: 20 }, (_, k) => {
    const picked = Uint32Array.from(draws(N, 100 + k), (u) => Math.floor(u * N));
    return auc(
      Uint8Array.from(picked, (i) => labels[i]!),
      Float64Array.from(picked, (i) => scores[i]!),
    ).auc;
  });

await serveSide({
  versions: { Node: process.version },
  values: sameResamples,
  run: () => auc(labels, scores, { interval: 'bootstrap', replicates: 10_000 }),
});
