/** `npm run bench:peers`: virtual environments for the peers, with the interpreters found here. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { environmentFolder, findPython, peers, pythonOf } from './harness/peers.ts';

const leftOut: string[] = [];
for (const { environment, pythons, packages, why } of peers) {
  if (pythonOf(environment) !== undefined) {
    console.log(`${environment}: already there`);
    continue;
  }
  const python = pythons.map(findPython).find((path) => path !== undefined);
  if (python === undefined) {
    leftOut.push(`${environment}: no CPython ${pythons.join(' or ')} found (${why})`);
    continue;
  }
  console.log(`${environment}: ${packages.join(', ')} with ${python}`);
  const folder = environmentFolder(environment);
  const steps: [string, string[]][] = [
    [python, ['-m', 'venv', folder]],
    [join(folder, 'bin', 'python'), ['-m', 'pip', 'install', '--quiet', ...packages]],
  ];
  for (const [command, args] of steps) {
    const { status, stderr } = spawnSync(command, args, { encoding: 'utf8' });
    if (status === 0) continue;
    leftOut.push(`${environment}: ${args.join(' ')} failed: ${stderr.trim().split('\n').at(-1)}`);
    spawnSync('rm', ['-rf', folder]);
    break;
  }
}
if (leftOut.length > 0) console.log(`Left out:\n  ${leftOut.join('\n  ')}`);
