import type { DataColumn } from '../tables/data-column.js';
import { type DataTable, shortList } from '../tables/data-table.js';
import { TableError } from '../tables/table-error.js';
import { didYouMean } from '../terminal/suggest.js';

/** Which columns of a table are features. */
export interface FeatureChoice {
  /** Names and patterns with `*`; empty for the rule by default. */
  include: readonly string[];
  /** Names and patterns with `*` of columns that are none. */
  exclude: readonly string[];
  /** Columns with another part: target, group, key, weight. */
  reserved: ReadonlySet<string>;
}

/** The features, and what else the table has. */
export interface ChosenFeatures {
  columns: readonly DataColumn[];
  /** Numeric columns that the rule by default left out. */
  leftOut: readonly string[];
}

/** `original_glcm_Contrast`, `wavelet-HHL_firstorder_Mean`: the names that PyRadiomics gives. */
const RADIOMICS_NAME = /^[^_]+_(?:shape|shape2D|firstorder|glcm|glrlm|glszm|ngtdm|gldm)_\w+$/;

/** What `extract` carries along, in lower case, and the indices that data frames write. */
const NO_FEATURES = [
  'image',
  'mask',
  'label',
  'label_channel',
  'column 1',
  'unnamed: 0',
  '__index_level_0__',
];

/** Columns of names like these say whose a row is; lower case, letters only. */
const IDENTITIES = [
  'patient',
  'patientid',
  'subject',
  'subjectid',
  'participant',
  'participantid',
  'sub',
  'person',
  'personid',
  'case',
  'caseid',
  'mrn',
  'pid',
  'studyid',
  'id',
];

/** Whether a column tells by its name who was measured; a feature it never is. */
export function isIdentityName(name: string): boolean {
  return IDENTITIES.includes(name.toLowerCase().replaceAll(/[^a-z]/g, ''));
}

/** Columns of diagnostics are never features: dates of versions, hashes, positions of the region. */
export function isDiagnostics(name: string): boolean {
  return name.startsWith('diagnostics_');
}

export function isRadiomicsName(name: string): boolean {
  return RADIOMICS_NAME.test(name);
}

/**
 * The features of a table. By default those with PyRadiomics' names if there are any, and else every numeric
 * column that has no other part and does not look like a name or a number of somebody.
 *
 * @throws TableError when a pattern finds nothing, names a column of text, or nothing is left
 */
export function chooseFeatures(table: DataTable, choice: FeatureChoice): ChosenFeatures {
  const free = table.columns.filter(
    ({ name }) => !choice.reserved.has(name) && !isDiagnostics(name),
  );
  const excluded = new Set(
    choice.exclude.flatMap((pattern) => matching(table, free, pattern, '--exclude')),
  );
  const named = (patterns: readonly string[]): DataColumn[] => {
    const wanted = new Set(
      patterns.flatMap((pattern) => {
        const found = matching(table, free, pattern, '--features');
        if (!pattern.includes('*')) expectNumbers(table, found[0]!);
        return found.filter((column) => column.kind === 'number');
      }),
    );
    return free.filter((column) => wanted.has(column));
  };
  const candidates = choice.include.length > 0 ? named(choice.include) : byDefault(free);
  const columns = candidates.filter((column) => !excluded.has(column));
  if (columns.length === 0) {
    const texts = free.filter(({ kind }) => kind === 'text').map(({ name }) => name);
    const found = texts.length > 0 ? `; columns of text: ${shortList(texts)}` : '';
    throw new TableError(
      table.path,
      `${table.path}: no numeric column is left as a feature${found}`,
    );
  }
  const chosen = new Set(columns);
  const leftOut = free
    .filter((column) => column.kind === 'number' && !chosen.has(column) && !excluded.has(column))
    .map(({ name }) => name)
    .filter((name) => !NO_FEATURES.includes(name.toLowerCase()));
  return { columns, leftOut: choice.include.length > 0 ? [] : leftOut };
}

function byDefault(free: readonly DataColumn[]): DataColumn[] {
  const numeric = free.filter((column) => column.kind === 'number');
  const radiomics = numeric.filter(({ name }) => isRadiomicsName(name));
  if (radiomics.length > 0) return radiomics;
  return numeric.filter(
    ({ name }) => !isIdentityName(name) && !NO_FEATURES.includes(name.toLowerCase()),
  );
}

function matching(
  table: DataTable,
  free: readonly DataColumn[],
  pattern: string,
  option: string,
): DataColumn[] {
  const source = pattern
    .split('*')
    .map((part) => part.replaceAll(/[\\^$.|?+()[\]{}]/g, String.raw`\$&`))
    .join('.*');
  const expression = new RegExp(`^${source}$`);
  const found = free.filter(({ name }) => expression.test(name));
  if (found.length > 0) return found;
  if (table.find(pattern) !== undefined) {
    throw new TableError(
      table.path,
      `${option} ${pattern}: this column has another part here and is no feature`,
    );
  }
  const names = free.map(({ name }) => name);
  throw new TableError(
    table.path,
    `${option} ${pattern}: ${table.path} has no such column${didYouMean(pattern, names)}`,
  );
}

function expectNumbers(table: DataTable, column: DataColumn): void {
  if (column.kind === 'number') return;
  const row = Array.from({ length: table.rows }, (_, i) => i).find(
    (i) => column.text(i) !== '' && Number.isNaN(column.number(i)),
  );
  const what =
    row === undefined ? 'is empty' : `is ${column.text(row)} on ${table.place(row)}, no number`;
  throw new TableError(table.path, `${table.path}: the feature ${column.name} ${what}`);
}
