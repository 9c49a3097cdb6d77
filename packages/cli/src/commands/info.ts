import { describeSource, type SourceDescription } from '@steatosis/io/node';
import { type CommandDefinition, KEEP_IDENTIFIERS } from '../command-line/command.js';
import { jsonText } from '../command-line/output.js';
import { withoutUids } from '../study/without-identifiers.js';

export const infoCommand: CommandDefinition = {
  name: 'info',
  args: '<path>',
  summary: 'Say what a file or folder holds',
  options: [
    { flags: '--json', description: 'Print JSON for a program instead of text' },
    KEEP_IDENTIFIERS,
  ],
  notes: [
    'Reads NIfTI, NRRD, segmentations, markups, folders of DICOM files, BIDS acquisitions, the maps of a scanner and cohorts.',
  ],
  examples: ['steatosis info sub-01/anat', 'steatosis info dicom/ --json'],
  async run([path = ''], options, { print, warn, io, keepIdentifiers }) {
    const asJson = options.flag('json');
    const found = await describeSource(path, { onWarning: warn, keepIdentifiers });
    const shown = keepIdentifiers ? found : withoutIdentifyingKeys(found);
    if (asJson) io.stdout.write(jsonText(shown));
    else for (const line of linesOf(shown)) print(line);
  },
};

/** Even class UIDs are left out, so that a search of the output for UIDs finds none; so are they in messages. */
function withoutIdentifyingKeys(found: SourceDescription): SourceDescription {
  if (found.kind !== 'dicom') return found;
  const series = found.series.map((one) => ({
    ...one,
    tags: Object.fromEntries(Object.entries(one.tags).filter(([key]) => !key.endsWith('UID'))),
    warnings: one.warnings.map(withoutUids),
    error: one.error === undefined ? undefined : withoutUids(one.error),
  }));
  const maps =
    found.maps === undefined
      ? undefined
      : { ...found.maps, warnings: found.maps.warnings.map(withoutUids) };
  return { ...found, series, maps };
}

function linesOf(found: SourceDescription): string[] {
  switch (found.kind) {
    case 'image':
      return [`${found.format} image`, ...table(volumeRows(found))];
    case 'segmentation':
      return [
        `segmentation, ${found.segments.length} segments`,
        ...table([
          ...volumeRows(found),
          ...found.segments.map(({ name, value, layer }): Row => [
            `segment ${value}`,
            layer === undefined ? name : `${name} (layer ${layer})`,
          ]),
        ]),
      ];
    case 'markups':
      return [
        'markups',
        ...table([
          ['points', `${found.points}`],
          ['boxes', found.boxes.join(', ') || 'none'],
          ['curves', `${found.curves}`],
        ]),
      ];
    case 'multi-echo':
      return [`multi-echo acquisition (${found.format})`, ...table(multiEchoRows(found))];
    case 'maps':
      return [`maps of water, fat or R2* (${found.format})`, ...table(mapRows(found))];
    case 'dicom':
      return [
        `DICOM, ${found.series.length} series`,
        ...found.series.flatMap(seriesLines),
        ...(found.multiEcho === undefined
          ? []
          : ['multi-echo acquisition', ...table(multiEchoRows(found.multiEcho))]),
        ...(found.maps === undefined ? [] : ['maps of the scanner', ...table(mapRows(found.maps))]),
      ];
    default:
      return [
        `cohort, ${found.participants} participants`,
        ...table([
          ['sex', counts(found.sexes)],
          ['steatosis grade', counts(found.steatosisGrades)],
        ]),
      ];
  }
}

type Of<Kind extends SourceDescription['kind']> = Extract<SourceDescription, { kind: Kind }>;
type VolumeFacts = Pick<
  Of<'image'>,
  'shape' | 'spacingMm' | 'originMm' | 'orientation' | 'elementType'
>;
type Row = readonly [name: string, value: string];

function volumeRows({ shape, spacingMm, originMm, orientation, elementType }: VolumeFacts): Row[] {
  return [
    ['size', `${shape.join(' × ')} voxels`],
    ['spacing', `${spacingMm.map(short).join(' × ')} mm`],
    ['origin', `${originMm.map(short).join(', ')} mm (LPS)`],
    ['axes point', orientation],
    ['values', elementType.replace('Array', '').toLowerCase()],
  ];
}

function multiEchoRows(found: Omit<Of<'multi-echo'>, 'kind' | 'format'>): Row[] {
  const { flipAngleDeg, repetitionTimeMs } = found;
  return [
    ...volumeRows(found),
    ['echoes', found.complex ? 'complex' : 'magnitude only'],
    ['echo times', `${found.echoTimesMs.map(short).join(', ')} ms`],
    ['field strength', `${short(found.fieldStrengthT)} T`],
    ...(flipAngleDeg === undefined ? [] : [['flip angle', `${short(flipAngleDeg)}°`] as const]),
    ...(repetitionTimeMs === undefined
      ? []
      : [['repetition time', `${short(repetitionTimeMs)} ms`] as const]),
  ];
}

/** Maps as people call them. */
const MAP_NAMES: Readonly<Record<string, string>> = {
  water: 'water',
  fat: 'fat',
  inPhase: 'in phase',
  outOfPhase: 'out of phase',
  fatFraction: 'fat fraction',
  pdffPercent: 'PDFF',
  r2star: 'R2*',
  r2starPerSecond: 'R2*',
  t2star: 'T2*',
};

function mapRows({ maps, warnings, ...volume }: Omit<Of<'maps'>, 'kind' | 'format'>): Row[] {
  return [
    ['maps', maps.map((map) => MAP_NAMES[map] ?? map).join(', ')],
    ...volumeRows(volume).filter(([name]) => name !== 'values'),
    ...warnings.map((warning): Row => ['note', warning]),
  ];
}

function seriesLines(series: Of<'dicom'>['series'][number]): string[] {
  const number = series.tags['SeriesNumber'];
  const tags = Object.entries(series.tags).filter(([key]) => key !== 'SeriesNumber');
  return [
    number === undefined ? 'series' : `series ${String(number)}`,
    ...table([
      ...(series.seriesInstanceUID === undefined
        ? []
        : [['SeriesInstanceUID', series.seriesInstanceUID] as const]),
      ['files', `${series.files}`],
      ...series.volumes.map(({ shape, spacingMm, component, map, echoTimesMs }): Row => {
        const echoes =
          echoTimesMs.length > 1 ? `, echoes at ${echoTimesMs.map(short).join(', ')} ms` : '';
        const size = `${shape.join(' × ')} voxels of ${spacingMm.map(short).join(' × ')} mm`;
        return [map === undefined ? component : (MAP_NAMES[map] ?? map), `${size}${echoes}`];
      }),
      ...tags.map(([key, value]): Row => [
        key,
        Array.isArray(value) ? value.join('\\') : String(value),
      ]),
      ...(series.error === undefined ? [] : [['no volume', series.error] as const]),
    ]),
  ];
}

function table(rows: readonly Row[]): string[] {
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`);
}

function counts(found: Readonly<Record<string, number>>): string {
  return Object.entries(found)
    .map(([value, count]) => `${value}: ${count}`)
    .join(', ');
}

function short(value: number): string {
  return String(Number(value.toPrecision(6)));
}
