import type { Volume } from '@steatosis/core';
import {
  encodeNifti,
  encodeNrrd,
  readImage,
  readSeries,
  type Series,
  SeriesError,
} from '@steatosis/io/node';
import { stat } from 'node:fs/promises';
import { type CommandDefinition, KEEP_IDENTIFIERS } from '../command-line/command.js';
import { checkOutputFile, endingOf, FORCE, writeOutput } from '../command-line/output.js';
import { UsageError } from '../terminal/usage-error.js';

const ENDINGS = ['.nii.gz', '.nii', '.nrrd'] as const;

export const convertCommand: CommandDefinition = {
  name: 'convert',
  args: '<input>',
  summary: 'Write an image as NIfTI or NRRD',
  options: [
    {
      flags: '-o, --output <file>',
      description: 'Image to write; its ending decides the format: .nii.gz, .nii or .nrrd',
    },
    FORCE,
    KEEP_IDENTIFIERS,
  ],
  notes: [
    'The input is one image (NIfTI, NRRD, one DICOM file) or a folder with one DICOM series. Voxels keep\n' +
      'their place in the patient; nothing that identifies the patient is carried over.',
  ],
  examples: ['steatosis convert series-4/ -o liver.nii.gz'],
  async run([input = ''], options, { io, warn, print }) {
    const output = options.requiredText('output', '-o', 'file');
    const ending = endingOf(output, ENDINGS);
    if (ending === undefined) {
      throw new UsageError(`-o ${output} must end in ${ENDINGS.join(', ')}`, 'convert');
    }
    await checkOutputFile(output, options.flag('force'));
    const folder = await stat(input).then(
      (found) => found.isDirectory(),
      () => false,
    );
    const volume = folder
      ? onlyVolume(await readSeries(input, { onWarning: warn }), input)
      : await readImage(input, { onWarning: warn });
    const bytes =
      ending === '.nrrd'
        ? await encodeNrrd(volume)
        : await encodeNifti(volume, { gzip: ending === '.nii.gz' });
    await io.guard(async () => await writeOutput(output, bytes));
    print(`${output}: ${volume.data.shape.join(' × ')} voxels`);
  },
};

/** The one volume of a folder. */
function onlyVolume(series: readonly Series[], folder: string): Volume {
  const volumes = series.flatMap((one) => one.volumes.map((volume) => ({ one, ...volume })));
  const failed = series.find(({ error }) => error !== undefined);
  if (volumes.length === 0 && failed?.error !== undefined) throw failed.error;
  if (volumes.length !== 1) {
    const names = volumes.map(
      ({ one, component }) => `${component} of series ${String(one.tags['SeriesNumber'] ?? '?')}`,
    );
    throw new SeriesError(
      'ambiguous',
      `${folder} holds ${volumes.length} volumes (${names.join(', ') || 'no images'}); one was expected. ` +
        'Give a folder with one series, or steatosis info to see what is there.',
    );
  }
  return volumes[0]!.volume;
}
