import type { SegmentsSummary, SegmentSummary } from '@steatosis/io/node';
import { stringify } from 'csv-stringify/sync';

interface Column {
  name: string;
  description: string;
  units?: string;
  value: (row: SegmentSummary) => string | number | undefined;
  digits?: number;
}

const COLUMNS: readonly Column[] = [
  {
    name: 'segment',
    description: 'Couinaud segment, or all: the voxels of all segments together',
    value: (row) => row.segment,
  },
  { name: 'label', description: 'Value in the file of ROIs', value: (row) => row.value },
  { name: 'voxels', description: 'Voxels that count', value: (row) => row.n },
  {
    name: 'excluded_voxels',
    description: 'Voxels of the ROI that do not count: nothing was separated there, or no number',
    value: (row) => row.excluded,
  },
  {
    name: 'pdff_mean_percent',
    description: 'Mean PDFF',
    units: 'percent',
    value: (row) => row.pdffMeanPercent,
    digits: 3,
  },
  {
    name: 'pdff_sd_percent',
    description: 'Sample standard deviation of PDFF',
    units: 'percent',
    value: (row) => row.pdffSdPercent,
    digits: 3,
  },
  {
    name: 'pdff_median_percent',
    description: 'Median PDFF',
    units: 'percent',
    value: (row) => row.pdffMedianPercent,
    digits: 3,
  },
  {
    name: 'r2star_mean_per_second',
    description: 'Mean R2*',
    units: '1/s',
    value: (row) => row.r2starMeanPerSecond,
    digits: 2,
  },
  {
    name: 'r2star_sd_per_second',
    description: 'Sample standard deviation of R2*',
    units: '1/s',
    value: (row) => row.r2starSdPerSecond,
    digits: 2,
  },
  {
    name: 'steatosis_grade',
    description: 'Grade 0 … 3 of the mean PDFF by the thresholds below; not a diagnosis',
    value: (row) => row.steatosisGrade,
  },
];

/** The table of segments as CSV, `n/a` where there is no value. */
export function segmentsCsv({ segments, all }: SegmentsSummary): string {
  return stringify([
    COLUMNS.map(({ name }) => name),
    ...[...segments, all].map((row) =>
      COLUMNS.map(({ value, digits }) => {
        const cell = value(row);
        if (cell === undefined || Number.isNaN(cell)) return 'n/a';
        return typeof cell === 'number' && digits !== undefined ? cell.toFixed(digits) : cell;
      }),
    ),
  ]);
}

/** The sidecar of the table: what its columns mean and where the grades come from. */
export function segmentsSidecar({ thresholds }: SegmentsSummary): Record<string, unknown> {
  const columns = COLUMNS.map(({ name, description, units }) => [
    name,
    { Description: description, ...(units === undefined ? {} : { Units: units }) },
  ]);
  return {
    ...(Object.fromEntries(columns) as Record<string, unknown>),
    SteatosisThresholds: {
      PdffPercent: thresholds.percent,
      Comparison: thresholds.above ? '>' : '>=',
      Source: thresholds.source,
    },
    Note:
      'Research software, not a diagnosis. The grades estimate a histological grade, whose percentages count ' +
      'cells with fat droplets and are no PDFF.',
  };
}
