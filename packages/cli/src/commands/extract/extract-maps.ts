import { join } from 'node:path';
import { type IbsiSettings, extractFeatureMaps, type Settings } from '@steatosis/radiomics';
import { writeImage } from '@steatosis/io/node';
import type { CommandContext } from '../../command-line/command.js';
import { checkOutputFile, expectWritableFolder } from '../../command-line/output.js';
import { createProgress } from '../../terminal/progress.js';
import { UsageError } from '../../terminal/usage-error.js';
import type { MapsOptions } from './options.js';
import { CaseReader } from './read-case.js';
import { isIbsi } from './settings.js';

/** Write the features of every voxel's neighbourhood as images, one a feature, with its key as name. */
export async function extractMaps(
  imagePath: string,
  maskPath: string,
  { folder, format, force, settings, label, workers }: MapsOptions,
  { io, print, warn }: CommandContext,
): Promise<void> {
  await expectWritableFolder(join(folder, 'map'));
  const given = expectPyradiomics(settings);
  const { image, mask } = await new CaseReader().read(
    imagePath,
    maskPath,
    given.label_channel,
    warn,
  );
  const progress = createProgress(io.stderr, 'extracting', 'voxels');
  const written = await io
    .guard(async (signal) => {
      const maps = await extractFeatureMaps(
        image,
        mask,
        label === undefined ? given : { ...given, label },
        { workers, signal, onProgress: progress.onProgress, onWarning: warn },
      );
      const files = Object.entries(maps).map(([key, map]) => ({
        path: join(folder, `${key}${format === 'nrrd' ? '.nrrd' : '.nii.gz'}`),
        map,
      }));
      for (const { path } of files) await checkOutputFile(path, force);
      for (const { path, map } of files) await writeImage(path, map);
      return files.length;
    })
    .finally(progress.finish);
  print(`${folder}: ${written} maps`);
}

function expectPyradiomics(settings: Settings | IbsiSettings): Settings {
  if (!isIbsi(settings)) return settings;
  throw new UsageError(
    "--maps has PyRadiomics' definitions only; leave --definitions out",
    'extract',
  );
}
