import type { SeparationReport } from '@steatosis/io/node';

/** A name and its value. */
type Setting = readonly [name: string, value: string];

/** The few facts that head an overview. */
export function factsOf(report: SeparationReport): string[] {
  const { echoTimesMs, fieldStrengthT, model, spectrum, voxels } = report;
  const [first, last] = [echoTimesMs[0], echoTimesMs.at(-1)];
  return [
    `${numberText(fieldStrengthT)} T`,
    `${echoTimesMs.length} echoes, ${numberText(first!)}–${numberText(last!)} ms`,
    model,
    `fat spectrum ${spectrum.name}`,
    `${voxels.fitted} of ${voxels.total} voxels separated`,
  ];
}

/** Everything in a report as lines of a table, so that what is new in a report is shown too. */
export function settingsOf(report: unknown, path = ''): Setting[] {
  if (Array.isArray(report) && report.some((part) => typeof part === 'object' && part !== null)) {
    return report.flatMap((part, i) => settingsOf(part, `${path} ${i + 1}`));
  }
  if (Array.isArray(report)) return [[path, report.map(valueText).join(', ') || 'none']];
  if (typeof report !== 'object' || report === null) return [[path, valueText(report)]];
  return Object.entries(report).flatMap(([key, value]) =>
    value === undefined ? [] : settingsOf(value, path === '' ? key : `${path}.${key}`),
  );
}

function valueText(value: unknown): string {
  if (typeof value === 'number') return numberText(value);
  if (value === null) return 'none';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function numberText(value: number): string {
  return String(Number(value.toPrecision(6))).replace('-', '−');
}
