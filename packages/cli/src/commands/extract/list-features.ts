import { type FeatureDescription, listFeatures } from '@steatosis/radiomics';

/** The features of either definitions, deprecated names included. */
export function featuresOf(definitions: 'pyradiomics' | 'ibsi'): FeatureDescription[] {
  return listFeatures({ deprecated: true }).filter(
    ({ definition }) => definition.toLowerCase() === definitions,
  );
}

/** One paragraph a family: what it is, and the names of its features. */
export function featureListText(features: readonly FeatureDescription[]): string {
  const families = [...new Set(features.map(({ family }) => family))];
  return families
    .map((family) => {
      const members = features.filter((feature) => feature.family === family);
      const [first] = members;
      const current = members.filter(({ deprecated }) => deprecated === undefined);
      const retired = members.filter(({ deprecated }) => deprecated !== undefined);
      return [
        `${family}: ${firstSentence(first!.familyDescription)}`,
        ...wrapped(current.map(({ name }) => name)),
        ...(retired.length === 0 ? [] : ['  computed only when named:']),
        ...wrapped(retired.map(({ name }) => name)),
      ].join('\n');
    })
    .join('\n\n');
}

/** Names in lines of readable width. */
function wrapped(names: readonly string[]): string[] {
  const lines: string[] = [];
  for (const name of names) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + name.length < 98)
      lines[lines.length - 1] += `, ${name}`;
    else lines.push(`    ${name}`);
  }
  return lines;
}

function firstSentence(text: string): string {
  return /^.*?\.(?=\s+\p{Lu}|$)/su.exec(text)?.[0] ?? text;
}
