/**
 * The direction of dependencies (docs/architecture.md): core stands alone, the five packages import core
 * and never each other, the command imports all of them. Also: `node:` modules only where a file system
 * is meant, and no import that reaches into another package's folder.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { publishedPackages, root } from '../workspace.ts';

const MAY_IMPORT: Record<string, readonly string[]> = {
  core: [],
  io: ['@steatosis/core'],
  radiomics: ['@steatosis/core'],
  ensembles: ['@steatosis/core'],
  densenet: ['@steatosis/core'],
  stats: ['@steatosis/core'],
  cli: [
    '@steatosis/core',
    '@steatosis/io',
    '@steatosis/radiomics',
    '@steatosis/ensembles',
    '@steatosis/densenet',
    '@steatosis/stats',
  ],
};
const NODE_ALLOWED = [/^packages\/io\/src\/node(\.ts|\/)/, /^packages\/cli\/src\//];
/** Imports in any form but `typeof import('…')`, which leaves nothing behind. */
const IMPORT = /(?:\bfrom\s*|(?<!typeof )\bimport\s*\(?\s*)['"]([^'"]+)['"]/g;

const faults: string[] = [];
for (const { folder, path, manifest } of publishedPackages()) {
  const allowed = MAY_IMPORT[folder];
  if (allowed === undefined) {
    faults.push(
      `packages/${folder} is not in the dependency rule (scripts/gates/dependency-rule.ts)`,
    );
    continue;
  }
  const ours = (name: string) => name.startsWith('@steatosis/') || name === 'steatosis';
  for (const name of Object.keys({ ...manifest.dependencies, ...manifest.devDependencies })) {
    if (ours(name) && !allowed.includes(name)) faults.push(`${manifest.name} depends on ${name}`);
  }
  for (const file of sourceFiles(join(path, 'src'))) {
    const place = relative(root, file).split(sep).join('/');
    for (const [, name = ''] of withoutComments(readFileSync(file, 'utf8')).matchAll(IMPORT)) {
      if (ours(name) && !allowed.includes(name.split('/').slice(0, 2).join('/'))) {
        faults.push(`${place} imports ${name}`);
      }
      if (name.startsWith('.') && !resolve(file, '..', name).startsWith(join(path, 'src') + sep)) {
        faults.push(`${place} reaches out of its package: ${name}`);
      }
      if (name.startsWith('node:') && !NODE_ALLOWED.some((pattern) => pattern.test(place))) {
        faults.push(`${place} imports ${name}, which no browser has`);
      }
    }
  }
}
if (faults.length > 0) {
  console.error(`The dependency rule is broken:\n  ${faults.join('\n  ')}`);
  process.exitCode = 1;
}

function sourceFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => join(entry.parentPath, entry.name));
}

/** Examples in comments import packages by their public names. */
function withoutComments(code: string): string {
  return code.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
}
