/**
 * Coverage may only rise: fails when a package's covered share of lines or branches falls below its
 * floor in coverage-floor.json. `node scripts/gates/coverage-floor.ts --raise` lifts the floors to what
 * the last run measured (never lowers them).
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { root } from '../workspace.ts';

type Kind = 'lines' | 'branches';
type Floor = Record<string, Record<Kind, number>>;
type Summary = Record<string, Record<Kind, { total: number; covered: number }>>;

const floorFile = join(root, 'scripts', 'gates', 'coverage-floor.json');
const floor = JSON.parse(readFileSync(floorFile, 'utf8')) as Floor;
const summary = JSON.parse(
  readFileSync(join(root, 'coverage', 'coverage-summary.json'), 'utf8'),
) as Summary;

const counts: Record<string, Record<Kind, { total: number; covered: number }>> = {};
for (const [file, covered] of Object.entries(summary)) {
  const [top, name] = relative(root, file).split(sep);
  if (top !== 'packages' || name === undefined) continue;
  const sum = (counts[name] ??= {
    lines: { total: 0, covered: 0 },
    branches: { total: 0, covered: 0 },
  });
  for (const kind of ['lines', 'branches'] as const) {
    sum[kind].total += covered[kind].total;
    sum[kind].covered += covered[kind].covered;
  }
}

const raise = process.argv.includes('--raise');
for (const [name, kinds] of Object.entries(counts)) {
  const limits = (floor[name] ??= { lines: 0, branches: 0 });
  for (const kind of ['lines', 'branches'] as const) {
    const { covered, total } = kinds[kind];
    const percent = total === 0 ? 100 : (100 * covered) / total;
    // Whole percents: which line a just-in-time compiler reports first differs between machines.
    if (raise) limits[kind] = Math.max(limits[kind], Math.floor(percent - 0.5));
    else if (percent < limits[kind]) {
      console.error(
        `${name}: ${percent.toFixed(2)} % of ${kind} covered; the floor is ${limits[kind]} %`,
      );
      process.exitCode = 1;
    }
  }
}
for (const name of Object.keys(floor)) {
  if (counts[name] !== undefined) continue;
  console.error(`${name}: no coverage was measured`);
  process.exitCode = 1;
}
if (raise) writeFileSync(floorFile, JSON.stringify(floor, null, 2) + '\n');
