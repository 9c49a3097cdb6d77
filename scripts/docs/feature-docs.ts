/**
 * `node scripts/docs/feature-docs.ts`: from the comments of the feature tables of @steatosis/radiomics,
 * the descriptions that `describeFeature` returns, and the page docs/features.md. With `--check`
 * nothing is written, and the exit status says whether both are up to date.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { featurePages } from './feature-pages.ts';

for (const { path, text } of await featurePages()) {
  if (!process.argv.includes('--check')) {
    writeFileSync(path, text);
  } else if (!existsSync(path) || readFileSync(path, 'utf8') !== text) {
    console.error(
      `${path} is not what the comments say: run \`node scripts/docs/feature-docs.ts\`.`,
    );
    process.exitCode = 1;
  }
}
