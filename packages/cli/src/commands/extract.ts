import { readFile } from 'node:fs/promises';
import { sameGridOrThrow, type Volume } from '@steatosis/core';
import {
  FileAccessError,
  readImage,
  readSegmentation,
  SegmentationError,
} from '@steatosis/io/node';
import {
  extractWithDiagnostics,
  paperFeatures,
  parseSettings,
  planarFeatures,
  type Settings,
} from '@steatosis/radiomics';
import { stringify } from 'csv-stringify/sync';
import { type CommandDefinition, KEEP_IDENTIFIERS } from '../command-line/command.js';
import { checkOutputFile, endingOf, FORCE, jsonText, writeOutput } from '../command-line/output.js';
import { withoutUids } from '../study/without-identifiers.js';
import { UsageError } from '../terminal/usage-error.js';

const FEATURE_SETS = {
  planar: planarFeatures,
  paper: paperFeatures,
  all: ['shape', 'firstorder', 'glcm', 'glrlm', 'glszm', 'ngtdm', 'gldm'],
} as const;

export const extractCommand: CommandDefinition = {
  name: 'extract',
  args: '<image> <mask>',
  summary: "Compute the radiomics features of a region, with PyRadiomics' names and values",
  options: [
    { flags: '-o, --output <file>', description: 'Table to write: .csv or .json' },
    { flags: '--label <n>', description: 'Value of the region in the mask (default 1)' },
    { flags: '--settings <file>', description: 'PyRadiomics parameter file (YAML)' },
    {
      flags: '--features <set>',
      description:
        'planar (93: first-order and texture), paper (the 126 of Zhang et al. 2020; one slice) or\n' +
        'all (107, shape included; default). Takes the place of featureClass in --settings',
    },
    FORCE,
    KEEP_IDENTIFIERS,
  ],
  notes: [
    'The mask must lie on the grid of the image. Segmentations of 3D Slicer (.seg.nrrd) and ROI boxes (.mrk.json)\n' +
      'may be cropped or apart from it: they are placed by their position in the patient. The JSON also holds\n' +
      'what made the values: versions, settings, geometry.',
  ],
  examples: [
    'steatosis extract pdff.nii.gz rois.nii.gz -o features.csv --label 4',
    'steatosis extract t2.nrrd tumour.nrrd -o features.json --settings params.yaml',
  ],
  async run([imagePath = '', maskPath = ''], options, { io, print, warn, keepIdentifiers }) {
    const output = options.requiredText('output', '-o', 'file');
    const ending = endingOf(output, ['.csv', '.json']);
    if (ending === undefined) {
      throw new UsageError(`-o ${output} must end in .csv or .json`, 'extract');
    }
    const label = options.integer('label', 1, 2 ** 32 - 1);
    const set = options.choice('features', ['planar', 'paper', 'all']);
    const settingsPath = options.text('settings');
    await checkOutputFile(output, options.flag('force'));

    const settings: Settings = settingsPath === undefined ? {} : await readSettings(settingsPath);
    if (label !== undefined) settings.label = label;
    if (set !== undefined) settings.featureClasses = FEATURE_SETS[set];
    const image = await readImage(imagePath, { onWarning: warn });
    const mask = await readMask(maskPath, image, warn);
    const { features, diagnostics } = extractWithDiagnostics(image, mask, settings);

    const shown = (path: string) => (keepIdentifiers ? path : withoutUids(path));
    const names = { image: shown(imagePath), mask: shown(maskPath), label: settings.label ?? 1 };
    const text =
      ending === '.json'
        ? jsonText({ ...names, features, diagnostics })
        : tableText(names, features);
    await io.guard(async () => await writeOutput(output, text));
    print(
      `${output}: ${Object.keys(features).length} features of ${diagnostics.mask.voxelCount} voxels`,
    );
  },
};

async function readSettings(path: string): Promise<Settings> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new FileAccessError(path, 'read', cause);
  });
  return parseSettings(text);
}

/** The mask of a region on the grid of the image. */
async function readMask(
  path: string,
  image: Volume,
  onWarning: (message: string) => void,
): Promise<Volume> {
  const placed = endingOf(path, ['.seg.nrrd', '.mrk.json']) !== undefined;
  const { mask } = await readSegmentation(path, placed ? image : undefined, { onWarning });
  if ((mask.data.shape[3] ?? 1) > 1) {
    throw new SegmentationError(
      `${path} has overlapping segments in ${mask.data.shape[3]} layers; one layer was expected. Export the segment alone.`,
      path,
    );
  }
  sameGridOrThrow(image, mask);
  return mask;
}

/** One line of names and one of values, as PyRadiomics writes them. */
function tableText(
  { image, mask, label }: { image: string; mask: string; label: number },
  features: Readonly<Record<string, number>>,
): string {
  return stringify([
    ['Image', 'Mask', 'Label', ...Object.keys(features)],
    [image, mask, label, ...Object.values(features)],
  ]);
}
