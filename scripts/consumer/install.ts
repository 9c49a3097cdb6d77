/** Pack every package as it would be published and install the tarballs into an empty project. */
import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommand } from '../run-command.ts';
import { publishedPackages, root } from '../workspace.ts';

export interface Consumer {
  folder: string;
  packages: string[];
}

export async function installConsumer(): Promise<Consumer> {
  const folder = mkdtempSync(join(tmpdir(), 'steatosis-consumer-'));
  const packages = publishedPackages();
  for (const { path } of packages) await must('pnpm', ['pack', '--pack-destination', folder], path);
  const tarballs = readdirSync(folder).filter((name) => name.endsWith('.tgz'));
  const fileOf = (name: string) => {
    const stem = name.replace('@', '').replace('/', '-');
    const tarball = tarballs.find((file) => new RegExp(`^${stem}-\\d`).test(file));
    if (tarball === undefined)
      throw new Error(`no tarball of ${name} among ${tarballs.join(', ')}`);
    return `file:./${tarball}`;
  };
  const files = Object.fromEntries(
    packages.map(({ manifest }) => [manifest.name, fileOf(manifest.name)]),
  );
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({
      name: 'consumer',
      private: true,
      type: 'module',
      dependencies: { ...files, ndarray: '^1.1.1', '@tensorflow/tfjs-backend-wasm': '4.22.0' },
    }),
  );
  // The tarballs name each other by version; until that version is published they must resolve to the files.
  const overrides = Object.entries(files).map(([name, file]) => `  '${name}': '${file}'`);
  writeFileSync(join(folder, 'pnpm-workspace.yaml'), `overrides:\n${overrides.join('\n')}\n`);
  await must(
    'pnpm',
    ['install', '--prefer-offline', '--ignore-scripts', '--no-frozen-lockfile'],
    folder,
  );
  return { folder, packages: packages.map(({ manifest }) => manifest.name) };
}

export async function must(command: string, args: string[], cwd: string): Promise<string> {
  const { status, output } = await runCommand(command, args, { cwd });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} in ${cwd}:\n${output}`);
  return output;
}

/** Node 20, carried as a package on Linux; undefined elsewhere. */
export function node20(): string | undefined {
  const name = `node20-${process.platform}-${process.arch}`;
  try {
    const manifest = import.meta.resolve(`${name}/package.json`);
    return join(new URL(manifest).pathname, '..', 'bin', 'node');
  } catch {
    return undefined;
  }
}

export const tsc = join(root, 'node_modules', '.bin', 'tsc');
