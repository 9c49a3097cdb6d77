import { type CommandDefinition, KEEP_IDENTIFIERS } from '../command-line/command.js';
import { FORCE } from '../command-line/output.js';
import { extractMaps } from './extract/extract-maps.js';
import { extractOptions, mapsOptions } from './extract/options.js';
import { extractCases } from './extract/extract-cases.js';
import { extractOne } from './extract/extract-one.js';
import { printDescriptions } from './extract/print-descriptions.js';

export const extractCommand: CommandDefinition = {
  name: 'extract',
  args: '<image> <mask>',
  argsUnless: ['cases', 'list-features', 'explain'],
  summary: "Compute the radiomics features of regions, with PyRadiomics' names and values",
  options: [
    {
      flags: '-o, --output <file>',
      description: 'Table to write: .csv, .json, .jsonl or .parquet',
    },
    {
      flags: '--label <n>',
      description:
        'Value of the region in the mask (default 1); several as 1,2,5 or by giving it again; all for every\n' +
        'region. One row each. With --cases: for lines without a Label',
    },
    {
      flags: '--settings <file>',
      description:
        "PyRadiomics parameter file (YAML or JSON); with --definitions ibsi a map of IBSI's settings",
    },
    {
      flags: '--definitions <whose>',
      description: "pyradiomics (default), or ibsi for IBSI's tags, formulas and processing",
    },
    {
      flags: '--features <set>',
      description:
        'planar (93: first-order and texture), paper (the 126 of Zhang et al. 2020; one slice), all (107,\n' +
        'shape included; default), or families and names: firstorder,original_glcm_Contrast. Takes the\n' +
        'place of featureClass in --settings. With --definitions ibsi families: morph,stat,cm',
    },
    {
      flags: '--cases <file>',
      description:
        "Table of cases in place of <image> <mask>: PyRadiomics' batch CSV with the columns Image and Mask,\n" +
        'perhaps Label, Label_channel, ID, and others that go into the output as they are',
    },
    {
      flags: '--workers <n>',
      description:
        'Worker threads for --cases and --maps, 0 … 64 (default the number of cores, at most 8); same output',
    },
    {
      flags: '--resume',
      description:
        'Go on with --cases where an earlier run ended; cases that failed are tried again',
    },
    {
      flags: '--shard <i/n>',
      description: 'Only the i-th of n equal runs of --cases, for several machines',
    },
    {
      flags: '--maps <folder>',
      description:
        'In place of -o: the features of the neighbourhood of every voxel as images, one a feature; kernelRadius\n' +
        'and maskedKernel stand in the voxelSetting of --settings',
    },
    { flags: '--format <name>', description: 'Of --maps: nifti (default) or nrrd' },
    {
      flags: '--list-features',
      description: 'Only list families and names of the features, with --json all about them',
    },
    {
      flags: '--explain <feature>',
      description: 'Only say what a feature is: formula, meaning, unit, source; --json',
    },
    { flags: '--json', description: 'Print --list-features and --explain as JSON' },
    FORCE,
    KEEP_IDENTIFIERS,
  ],
  notes: [
    'The mask must lie on the grid of the image, unless the settings say correctMask. Segmentations of 3D Slicer\n' +
      '(.seg.nrrd) and ROI boxes (.mrk.json) may be cropped or apart from it: they are placed by their position\n' +
      'in the patient. The output also holds what made the values: versions, settings, geometry.',
    'Of --cases, finished ones are kept in <output>.journal.jsonl until the output is complete. A case that fails\n' +
      'stops no other: it is a line without values, <output>.failures.csv says why, and the exit status is 1.',
  ],
  examples: [
    'steatosis extract pdff.nii.gz rois.nii.gz -o features.csv --label 4',
    'steatosis extract t2.nrrd tumour.nrrd -o features.json --settings params.yaml',
    'steatosis extract --cases cases.csv -o features.parquet --workers 4 --resume',
    'steatosis extract liver.nii.gz mask.nii.gz --maps maps --features glcm',
    'steatosis extract --explain original_glcm_Contrast',
  ],
  async run([image = '', mask = ''], options, context) {
    if (options.flag('list-features') || options.has('explain')) {
      printDescriptions(options, context.print);
      return;
    }
    if (options.has('maps')) {
      await extractMaps(image, mask, await mapsOptions(options), context);
      return;
    }
    const job = await extractOptions(options);
    if (job.casesPath === undefined) await extractOne(image, mask, job, context);
    else await extractCases(job.casesPath, job, context);
  },
};
