/** From the comments of the feature tables, the descriptions and the page about features. */
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { root } from '../workspace.ts';
import { type FeatureComment, readTables } from './feature-comments.ts';

const source = join(root, 'packages/radiomics/src');

const AVERAGED = ['2D_avg', '2D_comb', '2_5D_avg', '2_5D_comb', '3D_avg', '3D_comb'];
const PLAIN = ['2D', '2_5D', '3D'];

/** Where the tables stand, in the order of the page. */
interface FamilyEntry {
  /** PyRadiomics' name, or the first part of IBSI's tags. */
  name: string;
  title: string;
  /** Every table in them belongs to the family. */
  files: readonly string[];
  definition: 'PyRadiomics' | 'IBSI';
  aggregations?: readonly string[];
  /** PyRadiomics' family that its features refer to. */
  like?: string;
}

const FAMILIES: readonly FamilyEntry[] = [
  {
    name: 'shape',
    title: 'Form in space',
    files: ['features/shape.ts'],
    definition: 'PyRadiomics',
  },
  {
    name: 'shape2D',
    title: 'Form of a slice',
    files: ['features/shape2d.ts'],
    definition: 'PyRadiomics',
  },
  {
    name: 'firstorder',
    title: 'First order',
    files: ['features/firstorder.ts'],
    definition: 'PyRadiomics',
  },
  {
    name: 'glcm',
    title: 'Gray-level co-occurrence',
    files: ['features/glcm.ts'],
    definition: 'PyRadiomics',
  },
  {
    name: 'glrlm',
    title: 'Gray-level run length',
    files: ['features/glrlm.ts'],
    definition: 'PyRadiomics',
  },
  {
    name: 'glszm',
    title: 'Gray-level size zone',
    files: ['features/glszm.ts'],
    definition: 'PyRadiomics',
  },
  {
    name: 'ngtdm',
    title: 'Neighbouring gray-tone difference',
    files: ['features/ngtdm.ts'],
    definition: 'PyRadiomics',
  },
  {
    name: 'gldm',
    title: 'Gray-level dependence',
    files: ['features/gldm.ts'],
    definition: 'PyRadiomics',
  },
  {
    name: 'morph',
    title: 'Morphology',
    files: ['ibsi/morphology/morphology.ts', 'ibsi/spatial/spatial.ts'],
    definition: 'IBSI',
  },
  {
    name: 'loc',
    title: 'Local intensity',
    files: ['ibsi/local-intensity/local-intensity.ts'],
    definition: 'IBSI',
  },
  {
    name: 'stat',
    title: 'Intensity-based statistics',
    files: ['ibsi/intensity/statistics.ts'],
    definition: 'IBSI',
  },
  {
    name: 'ih',
    title: 'Intensity histogram',
    files: ['ibsi/intensity/histogram.ts'],
    definition: 'IBSI',
  },
  {
    name: 'ivh',
    title: 'Intensity–volume histogram',
    files: ['ibsi/intensity/volume-histogram.ts'],
    definition: 'IBSI',
  },
  {
    name: 'cm',
    title: 'Grey level co-occurrence matrix',
    files: ['ibsi/texture/cooccurrence.ts'],
    definition: 'IBSI',
    aggregations: AVERAGED,
    like: 'glcm',
  },
  {
    name: 'rlm',
    title: 'Grey level run length matrix',
    files: ['ibsi/texture/run-length.ts'],
    definition: 'IBSI',
    aggregations: AVERAGED,
    like: 'glrlm',
  },
  {
    name: 'szm',
    title: 'Grey level size zone matrix',
    files: ['ibsi/texture/size-zone.ts'],
    definition: 'IBSI',
    aggregations: PLAIN,
    like: 'glszm',
  },
  {
    name: 'dzm',
    title: 'Grey level distance zone matrix',
    files: ['ibsi/texture/distance-zone.ts'],
    definition: 'IBSI',
    aggregations: PLAIN,
  },
  {
    name: 'ngt',
    title: 'Neighbourhood grey tone difference matrix',
    files: ['ibsi/texture/tone-difference.ts'],
    definition: 'IBSI',
    aggregations: PLAIN,
    like: 'ngtdm',
  },
  {
    name: 'ngl',
    title: 'Neighbouring grey level dependence matrix',
    files: ['ibsi/texture/dependence.ts'],
    definition: 'IBSI',
    aggregations: PLAIN,
    like: 'gldm',
  },
];

interface DescribedFamily extends FamilyEntry {
  text: string;
  features: Map<string, FeatureComment>;
}

/** The files that are written from the comments: path and content. */
export async function featurePages(): Promise<{ path: string; text: string }[]> {
  const families = describeAll();
  const descriptions = join(source, 'describe/descriptions.ts');
  const config = (await resolveConfig(descriptions)) ?? {};
  return [
    {
      path: descriptions,
      text: await format(descriptionsModule(families), { ...config, parser: 'typescript' }),
    },
    {
      path: join(root, 'docs/features.md'),
      text: await format(page(families), { ...config, parser: 'markdown' }),
    },
  ];
}

function describeAll(): DescribedFamily[] {
  const families = new Map<string, DescribedFamily>();
  const missing: string[] = [];
  for (const entry of FAMILIES) {
    const tables = entry.files.flatMap((file) => [...readTables(join(source, file))]);
    const features = new Map<string, FeatureComment>();
    const texts: string[] = [];
    for (const [constant, table] of tables) {
      const retired = constant.endsWith('DeprecatedTable');
      if (!retired) texts.push(table.text);
      for (const [name, comment] of table.features) {
        const feature = completed(comment, families.get(entry.like ?? ''));
        features.set(name, feature);
        for (const part of ['formula', 'meaning', 'degenerate', 'unit', 'source'] as const) {
          if (feature[part] === '') missing.push(`${entry.name} ${name}: ${part}`);
        }
        if (retired !== (feature.deprecated !== '')) missing.push(`${name}: why it is retired`);
      }
    }
    if (features.size === 0) throw new Error(`No table in ${entry.files.join(', ')}.`);
    families.set(entry.name, { ...entry, text: texts.join(' '), features });
  }
  if (missing.length > 0) throw new Error(`Comments lack parts:\n${missing.join('\n')}`);
  return [...families.values()];
}

/** What a comment leaves out is that of PyRadiomics' feature which it names. */
function completed(
  comment: FeatureComment,
  likeFamily: DescribedFamily | undefined,
): FeatureComment {
  if (comment.like === '') return comment;
  const like = likeFamily?.features.get(comment.like);
  if (like === undefined) throw new Error(`There is no ${comment.like} in ${likeFamily?.name}.`);
  return {
    ...comment,
    meaning: comment.meaning || like.meaning,
    degenerate: comment.degenerate || like.degenerate,
    unit: comment.unit || like.unit,
  };
}

function descriptionsModule(families: readonly DescribedFamily[]): string {
  const record = Object.fromEntries(
    families.map(({ name, definition, text, aggregations, features }) => [
      name,
      {
        definition,
        text,
        ...(aggregations === undefined ? {} : { aggregations }),
        features: Object.fromEntries(
          [...features].map(([feature, comment]) => [
            feature,
            {
              ...(comment.title === '' ? {} : { title: comment.title }),
              formula: comment.formula,
              meaning: comment.meaning,
              degenerate: comment.degenerate,
              unit: comment.unit,
              source: comment.source,
              ...(comment.deprecated === '' ? {} : { deprecated: comment.deprecated }),
            },
          ]),
        ),
      },
    ]),
  );
  return `import type { FamilyDescriptions } from './feature-description.js';

/**
 * Every feature in words, written by \`scripts/docs/feature-docs.ts\` from the comments of the features:
 * change those, not this file.
 */
export const featureDescriptions: Readonly<Record<string, FamilyDescriptions>> = ${JSON.stringify(record)};
`;
}

function page(families: readonly DescribedFamily[]): string {
  const count = (definition: string) =>
    families
      .filter((family) => family.definition === definition)
      .reduce((sum, { features }) => sum + features.size, 0);
  const sections = families.map((family) => section(family));
  const first = families.findIndex(({ definition }) => definition === 'IBSI');
  return `<!-- Written by scripts/docs/feature-docs.ts from the comments of the features: change those, not this page. -->

# Features

Every feature of \`@steatosis/radiomics\`: its formula, what it says about a region, its value where it says
nothing, its unit and where it comes from. \`describeFeature(key)\` and
\`steatosis extract --explain original_glcm_Contrast\` say the same of one feature. ε is 2.2·10⁻¹⁶; gray levels
are the numbers of bins, from 1. A flat region has level 1 and the values below; with PyRadiomics' \`binCount\` n it has level
⌊n/2⌋ + 1, and features that grow or shrink with the level follow.

## PyRadiomics

${count('PyRadiomics')} names; keys are \`<image>_<family>_<name>\`, such as \`original_glcm_Contrast\` or
\`wavelet-LLH_glcm_Contrast\`. Retired names are computed only when they are asked for by name.

${sections.slice(0, first).join('\n\n')}

## IBSI 1

${count('IBSI')} features, which \`settings: 'ibsi'\` gives by their tags. Tags of texture end in the
aggregation: \`2D\` by slices that are averaged, \`2_5D\` slices merged into one matrix, \`3D\` in space;
\`_avg\` averages over directions, \`_comb\` merges them.

${sections.slice(first).join('\n\n')}
`;
}

function section({ title, name, text, aggregations, features }: DescribedFamily): string {
  const heading = `${title}: \`${name}\``;
  const endings =
    aggregations === undefined
      ? ''
      : `\n\nEnds in ${aggregations.map((ending) => `\`_${ending}\``).join(', ')}.`;
  const rows = [...features].map(([feature, comment]) => {
    const label = comment.title === '' ? `\`${feature}\`` : `\`${feature}\` ${comment.title}`;
    const meaning = comment.deprecated
      ? `${comment.meaning} Retired: ${comment.deprecated}.`
      : comment.meaning;
    return [label, comment.formula, meaning, comment.degenerate, comment.unit, comment.source];
  });
  const head = ['Feature', 'Formula', 'Meaning', 'Degenerate', 'Unit', 'Source'];
  const lines = [head, head.map(() => '---'), ...rows].map(
    (cells) => `| ${cells.map(escaped).join(' | ')} |`,
  );
  return `### ${heading}\n\n${escaped(text)}${endings}\n\n<!-- prettier-ignore -->\n${lines.join('\n')}`;
}

/** Text in which Markdown finds nothing to format, but for code. */
function escaped(text: string): string {
  return text
    .split(/(`[^`]*`)/)
    .map((piece, i) => (i % 2 === 1 ? piece : piece.replaceAll(/[|*<>[\]_]/g, String.raw`\$&`)))
    .join('');
}
