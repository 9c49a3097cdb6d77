/** `npm run bench [name]`: values first, then paired timings; a table, and JSON in bench/results. */
import { mkdirSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Bench } from './harness/bench.ts';
import { compare, type Comparison, timeAlone, type Timing } from './harness/compare.ts';

const folder = dirname(fileURLToPath(import.meta.url));
const wanted = process.argv.slice(2).filter((argument) => argument !== '--');
const files = readdirSync(folder).filter((name) => name.endsWith('.bench.ts'));
const chosen = files.filter(
  (name) => wanted.length === 0 || wanted.some((word) => name.includes(word)),
);
if (chosen.length === 0) {
  console.error(`No benchmark matches ${wanted.join(' ')}; there are: ${files.join(', ')}`);
  process.exit(2);
}

console.log(
  `Node ${process.version}, ${cpus()[0]?.model ?? 'unknown processor'}, one thread a side`,
);
const results: (Comparison | Timing)[] = [];
for (const file of chosen) {
  const { bench } = (await import(join(folder, file))) as { bench: Bench };
  console.log(`\n${bench.name}: ${bench.question}`);
  try {
    if (bench.peer === undefined) {
      const timing = await timeAlone(bench, folder);
      results.push(timing);
      printTiming(timing);
      continue;
    }
    const result = await compare(bench, bench.peer, folder);
    if ('skipped' in result) console.log(`  skipped: ${result.skipped}`);
    else {
      results.push(result);
      print(result);
    }
  } catch (error) {
    console.error(`  FAILED: ${(error as Error).message}`);
    process.exitCode = 1;
  }
}
if (results.length > 0) {
  const target = join(folder, 'results', 'results.json');
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(
    `${target}.part`,
    JSON.stringify({ node: process.version, results }, null, 2) + '\n',
  );
  renameSync(`${target}.part`, target);
}

function ms(value: number): string {
  return value.toPrecision(3).padStart(8);
}

function printVersions(versions: Record<string, string>): void {
  const named = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  console.log(`  ${named.join(', ')}`);
}

function printTiming(t: Timing): void {
  printVersions(t.versions);
  console.log(`  values ${t.values.map((value) => value.toPrecision(4)).join(', ')}`);
  const [low, high] = t.rangeMs.map(ms);
  console.log(
    `  steatosis    ${ms(t.oursMs)} ms (${low}–${high} over ${t.rounds})   peak ${t.oursPeakMiB.toFixed(0)} MiB`,
  );
}

function print(r: Comparison): void {
  printVersions(r.versions);
  console.log(`  ${r.values} values equal within ${r.largestDifference.toExponential(1)}`);
  console.log(`  steatosis    ${ms(r.oursMs)} ms   peak ${r.oursPeakMiB.toFixed(0)} MiB`);
  console.log(`  ${r.peer.padEnd(12)} ${ms(r.peerMs)} ms   peak ${r.peerPeakMiB.toFixed(0)} MiB`);
  const [low, high] = r.ratioRange;
  console.log(
    `  ratio ${r.ratio.toFixed(2)} (${low.toFixed(2)}–${high.toFixed(2)} over ${r.rounds} pairs; above 1 we are faster)`,
  );
}
