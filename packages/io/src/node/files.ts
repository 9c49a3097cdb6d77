import { open, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { isDicom } from '../dicom/file.js';
import { FileAccessError, FormatError } from '../errors.js';
import type { OpenSibling } from '../read-context.js';
import type { NamedSource } from '../sources.js';

/** Bytes in which a DICOM file shows that it is one. */
const HEAD = 132;

/** A file by its path; it is opened when its bytes are asked for. */
export function fileSource(name: string): NamedSource {
  return { name, bytes: async () => await readBytes(name) };
}

/** Opens files in the folder of a header, and nowhere else. */
export function siblingsOf(header: string): OpenSibling {
  const folder = path.dirname(header);
  return async (name) => {
    const target = path.resolve(folder, name);
    const inside = path.relative(path.resolve(folder), target);
    if (inside.startsWith('..') || path.isAbsolute(inside)) {
      throw new FormatError('header', `its data file ${name} is not in its folder`, {
        source: header,
      });
    }
    return await readBytes(path.join(folder, name));
  };
}

/** All bytes of a file, also beyond the 2 GiB that `readFile` takes. */
export async function readBytes(name: string): Promise<Uint8Array> {
  return await access(name, async () => {
    const file = await open(name);
    try {
      const { size } = await file.stat();
      const bytes = new Uint8Array(size);
      let length = 0;
      while (length < size) {
        const { bytesRead } = await file.read(
          bytes,
          length,
          Math.min(size - length, 1 << 30),
          length,
        );
        if (bytesRead === 0) break;
        length += bytesRead;
      }
      return length === size ? bytes : bytes.slice(0, length);
    } finally {
      await file.close();
    }
  });
}

/** Whether a path is a folder; a path that does not exist is an error. */
export async function isFolder(name: string): Promise<boolean> {
  return (await access(name, async () => await stat(name))).isDirectory();
}

/** Paths of all files in a folder and the folders in it, sorted; hidden ones are left out. */
export async function filesIn(folder: string): Promise<string[]> {
  const entries = await access(folder, async () => await readdir(folder, { withFileTypes: true }));
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  const files: string[] = [];
  for (const entry of entries) {
    if (entry.name.startsWith('.')) continue;
    const name = path.join(folder, entry.name);
    if (entry.isDirectory()) files.push(...(await filesIn(name)));
    else if (entry.isFile() || (entry.isSymbolicLink() && !(await isFolder(name))))
      files.push(name);
  }
  return files;
}

/** The DICOM files of a folder. Others are passed over by their first bytes, without reading them whole. */
export async function* dicomSources(
  folder: string,
  onWarning: ((message: string) => void) | undefined,
): AsyncGenerator<NamedSource> {
  for (const name of await filesIn(folder)) {
    if (/\.(dcm|ima)$/i.test(name) || isDicom(await readHead(name))) yield fileSource(name);
    else onWarning?.(`${name} is no DICOM file; it was skipped.`);
  }
}

async function readHead(name: string): Promise<Uint8Array> {
  return await access(name, async () => {
    const file = await open(name);
    try {
      const bytes = new Uint8Array(HEAD);
      const { bytesRead } = await file.read(bytes, 0, HEAD, 0);
      return bytes.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  });
}

async function access<T>(name: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    throw new FileAccessError(name, 'read', cause);
  }
}
