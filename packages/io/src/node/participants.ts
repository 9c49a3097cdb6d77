import { readFile } from 'node:fs/promises';
import { FileAccessError, TableError } from '../errors.js';
import { lookup } from '../lookup.js';
import { type ClinicalRecord, type Participant, PARTICIPANT_COLUMNS } from './clinical.js';

/** Where a cell stands, for messages. */
interface Cell {
  text: string;
  source: string;
  line: number;
  column: number;
  name: string;
}

/**
 * Read the table of a study: tab-separated, one line per participant, `n/a` for what is missing. The columns
 * participant_id, age, sex, steatosis_grade, pancreatic_steatosis_grade and metabolic_syndrome must be there, in any order, and
 * others may be.
 *
 * @throws TableError with line and column for anything that cannot be understood
 */
export async function readParticipants(path: string): Promise<Participant[]> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new FileAccessError(path, 'read', cause);
  });
  return parseParticipants(text, path);
}

/** {@link readParticipants} on text that is already there. */
export function parseParticipants(text: string, source: string): Participant[] {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  while (lines.length > 0 && lines.at(-1)!.trim() === '') lines.pop();
  const header = (lines[0] ?? '').split('\t').map((name) => name.trim());
  const missing = PARTICIPANT_COLUMNS.filter((name) => !header.includes(name));
  if (missing.length > 0) {
    throw new TableError(
      source,
      1,
      undefined,
      `the column ${missing.join(', ')} is missing; the header is ${JSON.stringify(header.join(' ').slice(0, 120))} (columns are separated by tabs)`,
    );
  }
  const twice = header.findIndex((name, i) => header.indexOf(name) !== i);
  if (twice >= 0) {
    throw new TableError(source, 1, twice + 1, `the column ${header[twice]} occurs twice`);
  }
  if (lines.length === 1) {
    throw new TableError(source, 1, undefined, 'no participant follows the header');
  }
  const seen = new Map<string, number>();
  return lines.slice(1).map((row, i) => {
    const line = i + 2;
    const cells = row.split('\t');
    if (cells.length !== header.length) {
      throw new TableError(
        source,
        line,
        undefined,
        `it has ${cells.length} cells; the header has ${header.length}`,
      );
    }
    const cell = (name: (typeof PARTICIPANT_COLUMNS)[number]): Cell => {
      const at = header.indexOf(name);
      return { text: cells[at].trim(), source, line, column: at + 1, name };
    };
    const id = idOf(cell('participant_id'));
    const before = seen.get(id);
    if (before !== undefined) {
      throw new TableError(source, line, 1, `${id} already stands in line ${before}`);
    }
    seen.set(id, line);
    return { id, clinical: clinicalOf(cell) };
  });
}

function clinicalOf(cell: (name: (typeof PARTICIPANT_COLUMNS)[number]) => Cell): ClinicalRecord {
  return {
    ageYears: numberOf(cell('age'), 0, 130, false),
    sex: oneOf(cell('sex'), { m: 'M', male: 'M', f: 'F', female: 'F' }),
    steatosisGrade: numberOf(cell('steatosis_grade'), 0, 3, true),
    pancreaticSteatosisGrade: numberOf(cell('pancreatic_steatosis_grade'), 0, 3, true),
    metabolicSyndrome: oneOf(cell('metabolic_syndrome'), {
      yes: true,
      true: true,
      1: true,
      no: false,
      false: false,
      0: false,
    }),
  };
}

function idOf(cell: Cell): string {
  if (/^sub-[0-9A-Za-z]+$/.test(cell.text)) return cell.text;
  throw broken(cell, 'sub- followed by letters and digits');
}

function numberOf(cell: Cell, least: number, most: number, whole: boolean): number | null {
  if (isMissing(cell)) return null;
  // Number() would also take hexadecimal and empty cells.
  const value = /^[+-]?(\d|\.\d)[\d.eE+-]*$/.test(cell.text) ? Number(cell.text) : Number.NaN;
  if (value >= least && value <= most && (!whole || Number.isInteger(value))) return value;
  throw broken(cell, `${whole ? 'a whole number' : 'a number'} ${least} … ${most}`);
}

function oneOf<T>(cell: Cell, words: Readonly<Record<string, T>>): T | null {
  if (isMissing(cell)) return null;
  const value = lookup(words, cell.text.toLowerCase());
  if (value !== undefined) return value;
  throw broken(cell, Object.keys(words).join(', '));
}

function isMissing({ text }: Cell): boolean {
  return text.toLowerCase() === 'n/a';
}

function broken({ text, source, line, column, name }: Cell, expected: string): TableError {
  return new TableError(
    source,
    line,
    column,
    `${name} is ${JSON.stringify(text.slice(0, 40))}; expected ${expected}${name === 'participant_id' ? '' : ', or n/a'}`,
  );
}
