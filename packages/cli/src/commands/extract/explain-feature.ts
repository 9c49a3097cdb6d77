import type { FeatureDescription } from '@steatosis/radiomics';

/** What a feature is, for people. */
export function explanationText(feature: FeatureDescription): string {
  const { key, title, formula, meaning, degenerate, unit, source, familyDescription } = feature;
  const { image, aggregation, deprecated, family, definition } = feature;
  const lines: [string, string | undefined][] = [
    ['name', title],
    ['formula', formula],
    ['meaning', meaning],
    ['degenerate', degenerate],
    ['unit', unit],
    ['source', source],
    ['image', image],
    ['aggregation', aggregation],
    ['retired', deprecated],
    ['family', `${family} (${definition}). ${familyDescription}`],
  ];
  const told = lines.filter((line): line is [string, string] => line[1] !== undefined);
  return [key, ...told.map(([name, text]) => `  ${name.padEnd(12)}${text}`)].join('\n');
}
