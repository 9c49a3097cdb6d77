/** The published packages as their package.json files describe them. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

export interface PackageManifest {
  name: string;
  version: string;
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
  exports: Record<string, unknown>;
}

export interface WorkspacePackage {
  /** Folder name below `packages/`. */
  folder: string;
  path: string;
  manifest: PackageManifest;
}

export function publishedPackages(): WorkspacePackage[] {
  return readdirSync(join(root, 'packages'))
    .sort()
    .map((folder) => {
      const path = join(root, 'packages', folder);
      const manifest = JSON.parse(
        readFileSync(join(path, 'package.json'), 'utf8'),
      ) as PackageManifest;
      return { folder, path, manifest };
    });
}
