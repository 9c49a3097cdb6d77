import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { Volume } from '@steatosis/core';
import { encodeNifti, readMultiEcho, separateWaterFat } from '@steatosis/io/node';
import { type CommandDefinition, KEEP_IDENTIFIERS } from '../command-line/command.js';
import { checkOutputFolder, FORCE, jsonText, writeOutput } from '../command-line/output.js';
import { createProgress } from '../terminal/progress.js';
import { derivativeFiles, GENERATOR } from './dixon/derivative.js';
import { MAPS } from './dixon/maps.js';
import { overviewPicture } from './dixon/overview.js';
import { subjectOf } from './dixon/subject.js';

export const dixonCommand: CommandDefinition = {
  name: 'dixon',
  args: '<input>',
  summary: 'Separate water and fat: PDFF, R2* and field map from complex echoes',
  options: [
    { flags: '-o, --output <folder>', description: 'Folder for the maps' },
    {
      flags: '--spectrum <name>',
      description: 'Fat spectrum: hamilton9 (human liver, default) or ismrm6',
    },
    {
      flags: '--precession <sign>',
      description:
        'Sense of precession in the data: 1 (default) or -1; the wrong one swaps water and fat',
    },
    {
      flags: '--workers <n>',
      description:
        'Worker threads, 0 … 64 (default the number of cores, at most 4); the maps are the same',
    },
    { flags: '--format <name>', description: 'Format of the maps: nifti (default)' },
    FORCE,
    KEEP_IDENTIFIERS,
  ],
  notes: [
    'The input is a folder of DICOM files, a BIDS folder, or one *_MEGRE.nii.gz whose other echoes lie beside it.\n' +
      'Maps come as float32 NIfTI with a JSON sidecar each (units, model, settings), all of them or none, in\n' +
      'sub-<label>/anat/, and an overview of the middle slice as PNG in figures/. A folder that an earlier dixon\n' +
      'wrote is overwritten; other content needs --force.',
  ],
  examples: [
    'steatosis dixon sub-01/anat -o derivatives/dixon',
    'steatosis dixon dicom/ -o maps --precession -1 --spectrum ismrm6',
  ],
  async run([input = ''], options, { io, warn, print }) {
    const folder = options.requiredText('output', '-o', 'folder');
    const spectrum = options.choice('spectrum', ['hamilton9', 'ismrm6']);
    const precession = options.choice('precession', ['1', '-1']) === '-1' ? -1 : 1;
    const workers = options.integer('workers', 0, 64) ?? Math.min(4, availableParallelism());
    options.choice('format', ['nifti']);
    await checkOutputFolder(folder, GENERATOR, options.flag('force'));
    const multiEcho = await readMultiEcho(input, { onWarning: warn });
    const progress = createProgress(io.stderr, 'separating water and fat', 'voxels');
    const { report, ...maps } = await separateWaterFat(multiEcho, {
      spectrum,
      precession,
      workers,
      onProgress: progress.onProgress,
    }).finally(progress.finish);
    const subject = await subjectOf(input);
    const stem = join(subject, 'anat', subject);
    const files: [name: string, content: Uint8Array | string][] = [];
    for (const { key, desc } of MAPS) {
      const volume: Volume = maps[key];
      files.push([`${stem}_desc-${desc}_map.nii.gz`, await encodeNifti(volume, { gzip: true })]);
    }
    files.push(
      ...derivativeFiles(stem, report).map(
        ({ name, content }) => [name, jsonText(content)] as [string, string],
      ),
      [join('figures', `${subject}_overview.png`), overviewPicture(maps)],
    );
    // Everything is ready in memory, so that the files appear within a moment of each other.
    await io.guard(async () => {
      for (const [name, content] of files) await writeOutput(join(folder, name), content);
    });
    const { fitted, total } = report.voxels;
    print(`${folder}: ${MAPS.length} maps, ${fitted} of ${total} voxels separated`);
  },
};
