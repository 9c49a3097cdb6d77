import { basename, join } from 'node:path';
import type { Segmentation, SegmentsSummary } from '@steatosis/io/node';
import { segmentTable } from '../derivative.js';
import type { OutputFile } from '../image-files.js';
import type { Maps } from '../maps.js';
import { overviewOf } from './overview.js';
import { overviewPage } from './page.js';
import { overviewPicture } from './picture.js';

/** What an overview is made from. */
export interface OverviewInput {
  subject: string;
  maps: Maps;
  rois: Segmentation | undefined;
  summary: SegmentsSummary | undefined;
  facts: readonly string[];
  warnings: readonly string[];
  settings: readonly (readonly [name: string, value: string])[];
}

/** The overview as PNG and as HTML page. */
export function overviewFiles(input: OverviewInput): OutputFile[] {
  const { subject, maps, rois, summary, facts, warnings, settings } = input;
  const overview = overviewOf(maps, rois);
  const title = `Water–fat separation: ${subject}`;
  const segments = summary && { file: basename(segmentTable(subject)), summary };
  const lines = [facts.join(' · '), NOT_FOR_DIAGNOSIS];
  return [
    [`${overviewName(subject)}.png`, overviewPicture(overview, title, lines)],
    [
      `${overviewName(subject)}.html`,
      overviewPage(overview, { title, facts, warnings, settings, segments }),
    ],
  ];
}

const NOT_FOR_DIAGNOSIS = 'Research software, not for diagnosis. R and L are the patient’s sides.';

/** Path of the overview without its ending. */
export function overviewName(subject: string): string {
  return join('figures', `${subject}_overview`);
}
