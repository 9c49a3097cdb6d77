import { join } from 'node:path';
import {
  type MultiEcho,
  type SegmentsSummary,
  type SeparateWaterFatOptions,
  separateWaterFat,
  type SeparationReport,
  summariseSegments,
} from '@steatosis/io/node';
import {
  type CommandContext,
  type CommandDefinition,
  KEEP_IDENTIFIERS,
} from '../command-line/command.js';
import { checkOutputFolder, FORCE, writeOutput } from '../command-line/output.js';
import { withoutUids } from '../study/without-identifiers.js';
import { createProgress } from '../terminal/progress.js';
import { UsageError } from '../terminal/usage-error.js';
import {
  descriptionFile,
  GENERATOR,
  reportFiles,
  segmentFiles,
  segmentTable,
} from './dixon/derivative.js';
import { dicomFiles, niftiFiles, type OutputFile } from './dixon/image-files.js';
import { readInput } from './dixon/input.js';
import { type Maps, presentMaps } from './dixon/maps.js';
import { overviewFiles, overviewName } from './dixon/overview/files.js';
import { factsOf, settingsOf } from './dixon/report-text.js';
import { readRois } from './dixon/rois.js';
import {
  refuseSeparationOptions,
  SEPARATION_OPTIONS,
  separationOptions,
  WORKERS,
} from './dixon/separation-options.js';
import { sourceTags } from './dixon/source-tags.js';
import { removeStale } from './dixon/stale-files.js';
import { subjectOf } from './dixon/subject.js';

const SCANNER_MAPS = 'maps of the scanner, no separation';

export const dixonCommand: CommandDefinition = {
  name: 'dixon',
  args: '<input>',
  summary:
    'Separate water and fat: PDFF, R2* and field map, with a table of segments and an overview',
  options: [
    { flags: '-o, --output <folder>', description: 'Folder for the maps' },
    {
      flags: '--rois <file>',
      description:
        'Segments to summarise: label map (values 1 … 8 are Couinaud segments), .seg.nrrd or ROI boxes\n' +
        "(.mrk.json). Default: the ROIs of the input's BIDS data set, if it has any; none leaves them out",
    },
    {
      flags: '--thresholds <name>',
      description:
        'PDFF limits of the steatosis grades: tang2013 (6.4, 17.4, 22.1 %; default) or kuhn2017 (5.1, 14.1, 28 %)',
    },
    ...SEPARATION_OPTIONS,
    WORKERS,
    {
      flags: '--format <name>',
      description: 'Format of the maps: nifti (default), or dicom: MR images that any viewer opens',
    },
    FORCE,
    KEEP_IDENTIFIERS,
  ],
  notes: [
    'The input is a folder of DICOM files, a BIDS folder, or one *_MEGRE.nii.gz whose other echoes lie beside it. Where\n' +
      'it holds no echoes but the PDFF that a scanner made, that is summarised and shown as it is.',
    'Maps come as float32 NIfTI with a JSON sidecar each (units, model, settings) in sub-<label>/anat/, or as DICOM in\n' +
      'sub-<label>/dicom/; with ROIs a table of PDFF, R2* and steatosis grade by segment as CSV; and an overview in\n' +
      'figures/, a PNG and an HTML page. All of it is written or nothing. A folder that an earlier dixon wrote is\n' +
      'overwritten; other content needs --force. --keep-identifiers puts patient, study and frame of reference\n' +
      'of DICOM input into DICOM maps; else they are anonymous and belong to a study of their own.',
    'Grades are estimates from published limits, not diagnoses.',
  ],
  examples: [
    'steatosis dixon sub-01/anat -o derivatives/dixon',
    'steatosis dixon dicom/ -o maps --precession -1 --rois segments.seg.nrrd --format dicom',
  ],
  async run([input = ''], options, context) {
    const folder = options.requiredText('output', '-o', 'folder');
    const roisAsked = options.text('rois');
    const thresholds = options.choice('thresholds', ['tang2013', 'kuhn2017']);
    const format = options.choice('format', ['nifti', 'dicom']) ?? 'nifti';
    const separation = separationOptions(options);
    await checkOutputFolder(folder, GENERATOR, options.flag('force'));

    const warnings: string[] = [];
    const warn = (message: string) => {
      context.warn(message);
      warnings.push(context.keepIdentifiers ? message : withoutUids(message));
    };
    const subject = await subjectOf(input);
    const found = await readInput(input, warn);
    if (found.kind === 'maps') refuseSeparationOptions(options, input);
    const rois = await readRois(roisAsked, { input, subject, reference: found.reference }, warn);
    if (rois === undefined && thresholds !== undefined) {
      throw new UsageError(
        '--thresholds has no effect: there are no ROIs; give them by --rois',
        'dixon',
      );
    }
    const { maps, report } =
      found.kind === 'maps'
        ? { maps: found.maps, report: undefined }
        : await separated(found.multiEcho, { ...separation, onWarning: warn }, context);
    const summary = rois && summariseSegments(maps, rois, { thresholds });
    const comment =
      report &&
      `${report.model}, fat spectrum ${report.spectrum.name}, ${report.fieldStrengthT} T.`;
    const images =
      found.kind === 'maps'
        ? []
        : format === 'nifti'
          ? await niftiFiles(maps, subject)
          : await dicomFiles(maps, subject, {
              source: await sourceTags(input, subject, found.multiEcho, context.keepIdentifiers),
              comment,
              warn,
            });
    const files: OutputFile[] = [
      descriptionFile(),
      ...images,
      ...(report === undefined ? [] : reportFiles(maps, subject, report, format)),
      ...(summary === undefined ? [] : segmentFiles(subject, summary)),
      ...overviewFiles({
        subject,
        maps,
        rois,
        summary,
        facts: report ? factsOf(report) : [SCANNER_MAPS],
        warnings: [...(report?.limits ?? []), ...warnings],
        settings: report ? settingsOf(report) : [],
      }),
    ];
    // Everything is ready in memory, so that the files appear within a moment of each other.
    await context.io.guard(async () => {
      for (const [name, content] of files) await writeOutput(join(folder, name), content);
      await removeStale(folder, subject, files);
    });
    for (const limit of report?.limits ?? []) context.warn(limit);
    const { fitted, total } = report?.voxels ?? {};
    context.print(
      report === undefined
        ? `${folder}: ${SCANNER_MAPS}`
        : `${folder}: ${presentMaps(maps).length} maps, ${fitted} of ${total} voxels separated`,
    );
    if (summary !== undefined)
      context.print(`${join(folder, segmentTable(subject))}: ${inShort(summary)}`);
    context.print(`${join(folder, overviewName(subject))}.html: overview`);
  },
};

async function separated(
  multiEcho: MultiEcho,
  options: SeparateWaterFatOptions,
  { io }: CommandContext,
): Promise<{ maps: Maps; report: SeparationReport }> {
  const progress = createProgress(io.stderr, 'separating water and fat', 'voxels');
  const { report, ...maps } = await separateWaterFat(multiEcho, {
    ...options,
    onProgress: progress.onProgress,
  }).finally(progress.finish);
  return { maps, report };
}

/** `6 segments, PDFF 12.3 ± 2.1 %, grade 1 by Tang et al., Radiology 2013;267:422`. */
function inShort({ segments, all, thresholds }: SegmentsSummary): string {
  if (all.n === 0) return `${segments.length} segments, no voxel to summarise`;
  return (
    `${segments.length} segments, PDFF ${all.pdffMeanPercent.toFixed(1)} ± ${all.pdffSdPercent.toFixed(1)} %, ` +
    `grade ${all.steatosisGrade} by ${thresholds.source.replace(/ \(.*/, '')}`
  );
}
