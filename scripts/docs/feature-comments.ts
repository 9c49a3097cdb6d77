/** Reads what the comments of the feature tables say. */
import { readFileSync } from 'node:fs';
import ts from 'typescript';

/** One feature as its comment describes it. */
export interface FeatureComment {
  formula: string;
  meaning: string;
  degenerate: string;
  unit: string;
  source: string;
  deprecated: string;
  /** IBSI's name in words. */
  title: string;
  /** PyRadiomics' feature that it is said to be. */
  like: string;
}

/** One table of features. */
export interface TableComments {
  text: string;
  features: Map<string, FeatureComment>;
}

const LABELS = ['Degenerate', 'Unit', 'Deprecated', 'Source'] as const;
type Label = (typeof LABELS)[number];

/** The tables of a source file by the names of their constants. */
export function readTables(path: string): Map<string, TableComments> {
  const source = ts.createSourceFile(
    path,
    readFileSync(path, 'utf8'),
    ts.ScriptTarget.Latest,
    true,
  );
  const tables = new Map<string, TableComments>();
  for (const statement of source.statements) {
    if (!ts.isVariableStatement(statement)) continue;
    for (const { name, initializer } of statement.declarationList.declarations) {
      if (!ts.isIdentifier(name) || !name.text.endsWith('Table') || !initializer) continue;
      const table = withoutTypes(initializer);
      if (!ts.isObjectLiteralExpression(table)) continue;
      tables.set(name.text, readTable(commentOf(statement), table, path));
    }
  }
  return tables;
}

function readTable(
  comment: string,
  table: ts.ObjectLiteralExpression,
  path: string,
): TableComments {
  const features = new Map<string, FeatureComment>();
  for (const property of table.properties) {
    if (!ts.isPropertyAssignment(property)) {
      throw new Error(`${path}: a table of features may hold nothing but \`name: value\`.`);
    }
    const name = (property.name as ts.Identifier | ts.StringLiteral).text;
    features.set(name, readFeature(commentOf(property), titleOf(property.initializer)));
  }
  return { text: joined(comment), features };
}

function readFeature(comment: string, title: string): FeatureComment {
  const { head, parts } = splitLabels(comment);
  // The formula is the first paragraph, or the first sentence of an only one.
  const [first = '', ...rest] =
    head.length > 1 ? head.map(joined) : sentences(joined(head[0] ?? ''));
  const like = /: PyRadiomics' (?:retired )?(\w+)\.$/.exec(first);
  const formula = like === null ? first : first.slice(0, like.index);
  const flat = rest.filter((sentence) => /^\S+ in a flat region\.$/.test(sentence));
  return {
    formula: phrase(formula),
    meaning: rest.filter((sentence) => !flat.includes(sentence)).join(' '),
    degenerate: parts.Degenerate || phrase(flat.join(' ')),
    unit: parts.Unit,
    source: parts.Source,
    deprecated: parts.Deprecated,
    title,
    like: like?.[1] ?? '',
  };
}

/** The paragraphs before the labels, and what follows each label. */
function splitLabels(comment: string): { head: string[]; parts: Record<Label, string> } {
  const label = new RegExp(`(?:^|\\s)(${LABELS.join('|')}): `);
  const pieces = comment.split(label);
  const parts: Record<Label, string> = { Degenerate: '', Unit: '', Deprecated: '', Source: '' };
  for (let p = 1; p < pieces.length; p += 2)
    parts[pieces[p] as Label] = phrase(pieces[p + 1] ?? '');
  const head = (pieces[0] ?? '').split(/\n\s*\n/).filter((paragraph) => paragraph.trim() !== '');
  return { head, parts };
}

/** Words without the full stop that a comment ends them with. */
function phrase(text: string): string {
  return joined(text).replace(/\.$/, '');
}

function sentences(text: string): string[] {
  return text.split(/(?<=\.) (?=[A-Z0-9−])/);
}

function joined(lines: string): string {
  return lines.replaceAll(/\s+/g, ' ').trim();
}

/** The text of the last documentation comment before a node. */
function commentOf(node: ts.Node): string {
  const text = node.getSourceFile().text;
  const range = ts
    .getLeadingCommentRanges(text, node.pos)
    ?.findLast(({ pos }) => text.startsWith('/**', pos));
  if (range === undefined) return '';
  return text
    .slice(range.pos + 3, range.end - 2)
    .split('\n')
    .map((line) => line.replace(/^\s*\* ?/, ''))
    .join('\n')
    .trim();
}

/** `name` of an entry `{ tag, name, compute }`. */
function titleOf(value: ts.Expression): string {
  if (!ts.isObjectLiteralExpression(value)) return '';
  for (const property of value.properties) {
    if (
      ts.isPropertyAssignment(property) &&
      property.name.getText() === 'name' &&
      ts.isStringLiteral(property.initializer)
    ) {
      return property.initializer.text;
    }
  }
  return '';
}

function withoutTypes(expression: ts.Expression): ts.Expression {
  return ts.isAsExpression(expression) || ts.isSatisfiesExpression(expression)
    ? withoutTypes(expression.expression)
    : expression;
}
