import { createRequire } from 'node:module';

const PACKAGES = [
  'steatosis',
  '@steatosis/core',
  '@steatosis/io',
  '@steatosis/radiomics',
  '@steatosis/ensembles',
  '@steatosis/densenet',
  '@steatosis/stats',
];

/** Versions of the packages and of the JavaScript engine: equal ones give equal results. */
export function installedVersions(): Record<string, string> {
  const require = createRequire(import.meta.url);
  const versionOf = (name: string) =>
    (require(`${name}/package.json`) as { version: string }).version;
  return {
    ...Object.fromEntries(PACKAGES.map((name) => [name, versionOf(name)])),
    node: process.versions.node,
    v8: process.versions.v8,
  };
}
