import { readFile } from 'node:fs/promises';
import { dirname, isAbsolute, join } from 'node:path';
import { SteatosisError } from '@steatosis/core';
import { FileAccessError } from '@steatosis/io/node';
import { parse } from 'csv-parse/sync';
import { nearest } from '../../terminal/suggest.js';
import type { CaseRequest } from './case-request.js';

/** A table of cases that cannot be understood. */
class CasesTableError extends SteatosisError {
  readonly code = 'CASES_TABLE';
  readonly path: string;

  constructor(path: string, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.path = path;
  }
}

/** Columns that mean something; PyRadiomics' names. */
const KNOWN = ['Image', 'Mask', 'Label', 'Label_channel', 'ID'];

/**
 * Read a table of cases as PyRadiomics' batch has it: CSV with the columns `Image` and `Mask`, perhaps `Label`
 * and `Label_channel`, and any others, which are carried into the output. Paths that are not absolute start
 * at the folder of the table.
 *
 * @param labels of cases whose line names none
 * @throws FileAccessError, CasesTableError
 */
export async function readCasesTable(
  path: string,
  labels: CaseRequest['labels'],
): Promise<CaseRequest[]> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new FileAccessError(path, 'read', cause);
  });
  const [header, ...lines] = parseLines(path, text);
  if (header === undefined) {
    throw new CasesTableError(path, `${path} is empty; expected a line of columns: Image,Mask,…`);
  }
  const columns = header.cells;
  checkColumns(path, columns);
  if (lines.length === 0) {
    throw new CasesTableError(
      path,
      `${path} has no cases; expected lines below ${columns.join(',')}.`,
    );
  }
  return lines.map(({ cells, line }) => {
    const row = Object.fromEntries(columns.map((name, i) => [name, cells[i]!]));
    const file = (column: 'Image' | 'Mask'): string => {
      const value = row[column]!;
      if (value === '') {
        throw new CasesTableError(
          path,
          `${path}, line ${line}: ${column} is empty; expected a file.`,
        );
      }
      return isAbsolute(value) ? value : join(dirname(path), value);
    };
    return {
      columns: row,
      imagePath: file('Image'),
      maskPath: file('Mask'),
      channel: integerCell(path, line, row, 'Label_channel', 0),
      labels: labelCell(path, line, row) ?? labels,
    };
  });
}

interface Line {
  cells: string[];
  /** Of the file, from 1. */
  line: number;
}

function parseLines(path: string, text: string): Line[] {
  try {
    const parsed = parse(text, { bom: true, info: true, skip_empty_lines: true, trim: true });
    return (parsed as unknown as { record: string[]; info: { lines: number } }[]).map(
      ({ record, info }) => ({ cells: record, line: info.lines }),
    );
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new CasesTableError(path, `${path} is no valid CSV: ${reason}`, { cause });
  }
}

function checkColumns(path: string, columns: readonly string[]): void {
  for (const wanted of ['Image', 'Mask']) {
    if (columns.includes(wanted)) continue;
    const near = nearest(
      wanted.toLowerCase(),
      columns.map((name) => name.toLowerCase()),
    );
    const found = columns.find((name) => name.toLowerCase() === near);
    const hint = found === undefined ? '' : ` (rename ${found}?)`;
    throw new CasesTableError(
      path,
      `${path} has no column ${wanted}${hint}; its columns are ${columns.join(', ')}.`,
    );
  }
  const twice = columns.find((name, i) => columns.indexOf(name) < i);
  if (twice !== undefined) {
    throw new CasesTableError(path, `${path} has two columns ${twice || 'without a name'}.`);
  }
  const unlike = columns.find(
    (name) =>
      !KNOWN.includes(name) && KNOWN.some((known) => known.toLowerCase() === name.toLowerCase()),
  );
  if (unlike !== undefined) {
    const known = KNOWN.find((name) => name.toLowerCase() === unlike.toLowerCase())!;
    throw new CasesTableError(path, `${path} has a column ${unlike}; write ${known}.`);
  }
  const made = columns.find((name) => name.startsWith('diagnostics_'));
  if (made !== undefined) {
    throw new CasesTableError(
      path,
      `${path} has the column ${made}, which the output makes itself: this is a table of results, not of cases.`,
    );
  }
}

function labelCell(
  path: string,
  line: number,
  row: Readonly<Record<string, string>>,
): CaseRequest['labels'] {
  if (row['Label'] === 'all') return 'all';
  const label = integerCell(path, line, row, 'Label', 1);
  return label === undefined ? undefined : [label];
}

/** A whole number of a cell; undefined for an empty cell or a missing column. */
function integerCell(
  path: string,
  line: number,
  row: Readonly<Record<string, string>>,
  column: string,
  least: number,
): number | undefined {
  const text = row[column] ?? '';
  if (text === '') return undefined;
  const value = Number(text);
  if (!/^\d+(\.0+)?$/.test(text) || !Number.isSafeInteger(value) || value < least) {
    throw new CasesTableError(
      path,
      `${path}, line ${line}: ${column} is ${text}; expected a whole number from ${least} on.`,
    );
  }
  return value;
}
