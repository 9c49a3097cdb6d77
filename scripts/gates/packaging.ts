/** publint (strict) and "are the types wrong" on every published package as it would be packed. */
import { join } from 'node:path';
import { runCommand } from '../run-command.ts';
import { publishedPackages, root } from '../workspace.ts';

const bin = (name: string) => join(root, 'node_modules', '.bin', name);
let failed = false;
for (const { path, manifest } of publishedPackages()) {
  for (const [name, args] of [
    ['publint', ['run', path, '--strict']],
    // The command has no types to resolve from old module systems; all others must pass every mode.
    ['attw', ['--pack', path, '--ignore-rules', 'cjs-resolves-to-esm', '--quiet']],
  ] as const) {
    const { status, output } = await runCommand(bin(name), args, { cwd: path });
    if (status === 0) continue;
    failed = true;
    console.error(`${name} on ${manifest.name}:\n${output}`);
  }
}
if (failed) process.exitCode = 1;
