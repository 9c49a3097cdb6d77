import { join } from 'node:path';
import type { SegmentsSummary, SeparationReport } from '@steatosis/io/node';
import { jsonText } from '../../command-line/output.js';
import type { OutputFile } from './image-files.js';
import { type Maps, presentMaps } from './maps.js';
import { segmentsCsv, segmentsSidecar } from './segments-table.js';

/** Names the command in `dataset_description.json`, by which a later run knows its own output. */
export const GENERATOR = 'steatosis dixon';

/** `dataset_description.json`, which makes the folder a BIDS derivative. */
export function descriptionFile(): OutputFile {
  const description = {
    Name: 'Water–fat separation',
    BIDSVersion: '1.10.0',
    DatasetType: 'derivative',
    GeneratedBy: [{ Name: GENERATOR }],
  };
  return ['dataset_description.json', jsonText(description)];
}

/** The report of the separation, and a sidecar for each NIfTI map: no names and no clocks. */
export function reportFiles(
  maps: Maps,
  subject: string,
  report: SeparationReport,
  format: 'nifti' | 'dicom',
): OutputFile[] {
  const stem = join(subject, 'anat', `${subject}_desc-`);
  const sidecars = presentMaps(maps).map(({ file }): OutputFile => [
    `${stem}${file.desc}_map.json`,
    jsonText({ Description: file.description, Units: file.units, Separation: report }),
  ]);
  return [
    [`${stem}separation_report.json`, jsonText(report)],
    ...(format === 'nifti' ? sidecars : []),
  ];
}

/** The table of segments and its sidecar. */
export function segmentFiles(subject: string, summary: SegmentsSummary): OutputFile[] {
  const table = segmentTable(subject);
  return [
    [table, segmentsCsv(summary)],
    [table.replace(/csv$/, 'json'), jsonText(segmentsSidecar(summary))],
  ];
}

/** Path of the table of segments. */
export function segmentTable(subject: string): string {
  return join(subject, 'anat', `${subject}_desc-segments_pdff.csv`);
}
