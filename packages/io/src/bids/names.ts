import { baseName } from '../sources.js';

/** A file name of BIDS taken apart: `sub-01_echo-2_part-mag_MEGRE.nii.gz`. */
export interface BidsName {
  entities: Readonly<Record<string, string>>;
  suffix: string;
  /** With the dot: `.nii.gz`, `.json`. */
  extension: string;
}

/** `undefined` where the name does not follow BIDS. */
export function parseBidsName(path: string): BidsName | undefined {
  const name = baseName(path);
  const dot = name.indexOf('.');
  if (dot < 0) return undefined;
  const parts = name.slice(0, dot).split('_');
  const suffix = parts.pop() ?? '';
  const entities: Record<string, string> = {};
  for (const part of parts) {
    const match = /^([a-z]+)-([0-9A-Za-z]+)$/.exec(part);
    if (match === null) return undefined;
    entities[match[1]] = match[2];
  }
  return { entities, suffix, extension: name.slice(dot) };
}

export function isMegreImage(path: string): boolean {
  return /_MEGRE\.nii(\.gz)?$/.test(path);
}

export function isMegreSidecar(path: string): boolean {
  return /(^|_|\/)MEGRE\.json$/.test(path);
}

/** The folder of a path, `''` at the top. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}
