/** `npm run study`: build what the study needs, then run it with the arguments given. */
import { join } from 'node:path';
import { runCommand } from './run-command.ts';
import { root } from './workspace.ts';

console.log('Building the packages (the first time takes about a minute) …');
const build = await runCommand(
  'turbo',
  ['run', 'build', '--filter=steatosis...', '--output-logs=errors-only'],
  { cwd: root },
);
if (build.status !== 0) {
  console.error(build.output);
  process.exit(build.status);
}
// The study draws its own progress, so it runs in this very process.
process.argv.splice(1, 1, join(root, 'examples', 'paper', 'main.ts'));
await import(join(root, 'examples', 'paper', 'main.ts'));
