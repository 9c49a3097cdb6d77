import { mkdir, stat } from 'node:fs/promises';
import path from 'node:path';

/**
 * Make a folder and those above it that are missing. Node's own recursive `mkdir` never ends where a file
 * system answers "no such file" below a folder that exists, as `/proc` does.
 *
 * @throws the error of the file system where the folder cannot be made
 */
export async function makeFolders(folder: string): Promise<void> {
  try {
    await mkdir(folder);
    return;
  } catch (cause) {
    const { code } = cause as { code?: unknown };
    if (await isDirectory(folder)) return;
    const parent = path.dirname(folder);
    if (code !== 'ENOENT' || parent === folder) throw cause;
    if (!(await isDirectory(parent))) await makeFolders(parent);
  }
  // Another writer may have made the parent, or makes this folder, in the meantime: one more attempt decides.
  await mkdir(folder).catch(async (cause: unknown) => {
    if (!(await isDirectory(folder))) throw cause;
  });
}

async function isDirectory(name: string): Promise<boolean> {
  const found = await stat(name).catch(() => undefined);
  return found?.isDirectory() === true;
}
