/** The optional Python peers: which exist, what each needs, and where it is set up. */
import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const benchFolder = dirname(dirname(fileURLToPath(import.meta.url)));

export interface Peer {
  environment: string;
  /** Versions of CPython that it installs on, best first. */
  pythons: readonly string[];
  /** What `pip install` is given. */
  packages: readonly string[];
  why: string;
}

export const peers: readonly Peer[] = [
  {
    environment: 'pyradiomics',
    pythons: ['3.9'],
    packages: ['pyradiomics==3.1.0', 'numpy<2'],
    why: 'its only wheels are for CPython 3.9, and it needs numpy < 2',
  },
  {
    environment: 'pictologics',
    pythons: ['3.13', '3.12'],
    packages: ['pictologics==0.9.0'],
    why: 'needs CPython ≥ 3.12',
  },
  {
    environment: 'science',
    pythons: ['3.13', '3.12', '3.11'],
    packages: ['xgboost==3.2.0', 'scikit-learn==1.9.1', 'scipy==1.17.1', 'numpy==2.4.6'],
    why: 'XGBoost, scikit-learn and SciPy of these versions need CPython ≥ 3.11',
  },
  {
    environment: 'fatwater',
    pythons: ['3.14', '3.13', '3.12'],
    packages: ['--ignore-requires-python', 'mri-fatwater==1.2.2'],
    why: 'its metadata asks for CPython ≥ 3.14; it runs unchanged from 3.12 on',
  },
];

export function environmentFolder(environment: string): string {
  return join(benchFolder, '.peers', environment);
}

/** The environment's interpreter, if it was set up. */
export function pythonOf(environment: string): string | undefined {
  const python = join(environmentFolder(environment), 'bin', 'python');
  return existsSync(python) ? python : undefined;
}

/** Interpreters on this machine by version: those on the PATH and those of pyenv. */
export function findPython(version: string): string | undefined {
  const pyenv = join(process.env['PYENV_ROOT'] ?? join(homedir(), '.pyenv'), 'versions');
  const installed = existsSync(pyenv) ? readdirSync(pyenv) : [];
  const fromPyenv = installed
    .filter((name) => name.startsWith(`${version}.`))
    .map((name) => join(pyenv, name, 'bin', 'python'));
  const fromPath = (process.env['PATH'] ?? '')
    .split(':')
    .filter((folder) => !folder.includes('.pyenv/shims')) // a shim fails unless its version is active
    .map((folder) => join(folder, `python${version}`));
  return [...fromPath, ...fromPyenv].find((path) => existsSync(path));
}
