import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { checkOutputFolder, writeOutput } from '../src/command-line/output.js';
import { Checkpoint } from '../src/study/checkpoint.js';

// Node's own recursive mkdir never ends below /proc.
const refusing = process.platform === 'linux' ? '/proc/steatosis' : join(tmpdir(), 'a\0b');

it('ends where the file system makes no folders', async () => {
  const refused = { code: 'FILE_ACCESS' };
  await expect(writeOutput(join(refusing, 'a', 'maps.json'), '{}')).rejects.toMatchObject(refused);
  await expect(Checkpoint.open(join(refusing, 'checkpoint'), {})).rejects.toThrow();
});

it('makes the folders that are missing', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'steatosis-output-'));
  await writeOutput(join(folder, 'a', 'b', 'maps.json'), '{}');
  await expect(writeOutput(join(folder, 'a', 'b', 'c.json'), '{}')).resolves.toBeUndefined();
  await rm(folder, { recursive: true });
});

it('offers --force only where it would help', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'steatosis-output-'));
  await writeFile(join(folder, 'letter.txt'), 'dear doctor');
  await expect(checkOutputFolder(folder, 'steatosis dixon', false)).rejects.toThrow(/--force/);
  const file = join(folder, 'letter.txt');
  await expect(checkOutputFolder(file, 'steatosis dixon', true)).rejects.toThrow(
    /is a file; a folder is wanted\. Choose another output\.$/,
  );
  await rm(folder, { recursive: true });
});
