/**
 * `npm test`: build, every gate, every test. One line a gate, what a failing gate printed below it, and
 * at the end the number of tests and gates that passed and failed, also written to
 * node_modules/.cache/check.json for continuous integration.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from './run-command.ts';
import { root } from './workspace.ts';

const cache = join(root, 'node_modules', '.cache');
const vitestReport = join(cache, 'vitest.json');
mkdirSync(cache, { recursive: true });
rmSync(vitestReport, { force: true });

interface Gate {
  name: string;
  command: string;
  args: string[];
  live?: boolean;
}
const node = (name: string, script: string): Gate => ({
  name,
  command: process.execPath,
  args: [join(root, 'scripts', script)],
});
const tool = (name: string, command: string, ...args: string[]): Gate => ({ name, command, args });
const tests: Gate = {
  name: 'tests',
  command: 'vitest',
  args: [
    'run',
    '--coverage',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${vitestReport}`,
  ],
  live: true,
};
const build = tool('build', 'turbo', 'run', 'build', '--output-logs=errors-only');
const gates: Gate[] = [
  tool('types', 'turbo', 'run', 'typecheck', '--output-logs=errors-only'),
  tool('lint', 'oxlint', '--type-aware', '--deny-warnings'),
  tool('format', 'prettier', '--check', '--log-level=warn', '.'),
  node('dependency rule', 'gates/dependency-rule.ts'),
  tool('unused code and dependencies', 'knip'),
  node('packaging', 'gates/packaging.ts'),
  tests,
  node('coverage', 'gates/coverage-floor.ts'),
];

let gatesPassed = 0;
let gatesFailed = 0;
async function pass({ name, command, args, live }: Gate): Promise<boolean> {
  const { status, output, seconds } = await runCommand(command, args, {
    cwd: root,
    live: live ?? false,
  });
  const good = status === 0;
  console.log(`${good ? 'ok    ' : 'FAILED'} ${name} (${seconds.toFixed(1)} s)`);
  if (!good && !live) console.log(output.trim());
  if (good) gatesPassed++;
  else if (name !== 'tests') gatesFailed++;
  return good;
}

// Without a build nothing else can be judged.
if (await pass(build)) {
  let tested = false;
  for (const gate of gates) {
    // Tests that fail leave no coverage to judge.
    if (gate.name === 'coverage' && !tested) continue;
    const good = await pass(gate);
    if (gate === tests) tested = good;
  }
}

const { passed, failed, skipped } = testCounts();
const total = { passed: passed + gatesPassed, failed: failed + gatesFailed, skipped };
writeFileSync(join(cache, 'check.json'), JSON.stringify(total));
console.log(
  `${total.passed} passed, ${total.failed} failed` + (skipped > 0 ? `, ${skipped} skipped` : ''),
);
if (total.failed > 0) process.exitCode = 1;

function testCounts(): { passed: number; failed: number; skipped: number } {
  try {
    const report = JSON.parse(readFileSync(vitestReport, 'utf8')) as Record<string, number>;
    const failedTests = report['numFailedTests'] ?? 0;
    // A file that does not even load has no tests of its own to fail.
    const failedFiles = report['success'] || failedTests > 0 ? 0 : 1;
    return {
      passed: report['numPassedTests'] ?? 0,
      failed: failedTests + failedFiles,
      skipped: report['numPendingTests'] ?? 0,
    };
  } catch {
    return { passed: 0, failed: 1, skipped: 0 };
  }
}
