import type { DataTable } from '../tables/data-table.js';
import { shortList } from '../tables/data-table.js';
import { TableError } from '../tables/table-error.js';
import type { CellReader } from './joined-tables.js';

export type Task = 'classification' | 'regression';

/** What is to be learned of the rows that have it. */
export interface Outcome {
  task: Task;
  /** Names of the classes, the positive one last where there are two; empty for a regression. */
  classes: readonly string[];
  /** Rows of the table with a known outcome. */
  rows: Int32Array;
  /** Of these rows, the index of the class or the value. */
  y: Float64Array;
}

/** How outcomes are read. */
export interface OutcomeChoice {
  /** Undefined: classes for texts and for at most {@link FEW} whole numbers, else values. */
  task: Task | undefined;
  /** Numbers from this on are one class, the others another. */
  positiveGrade: number | undefined;
  /** This text is one class, all others another. */
  positive: string | undefined;
}

/** So many different whole numbers are taken for classes. */
const FEW = 10;
/** So many classes are taken for a mistake. */
const TOO_MANY = 50;

/**
 * The outcomes of the rows, those without one left out.
 *
 * @throws TableError when there is nothing to learn from
 */
export function readOutcome(table: DataTable, target: CellReader, choice: OutcomeChoice): Outcome {
  const rows = Int32Array.from({ length: table.rows }, (_, row) => row).filter(
    (row) => target.text(row) !== '',
  );
  if (rows.length === 0) throw wrong(table, `the outcome ${target.name} is empty in every row`);
  const binary = choice.positiveGrade !== undefined || choice.positive !== undefined;
  const task = binary ? 'classification' : (choice.task ?? likelyTask(target, rows));
  if (task === 'regression') {
    const y = Float64Array.from(rows, (row) => numberOf(table, target, row));
    if (y.every((value) => value === y[0])) {
      throw wrong(table, `the outcome ${target.name} is ${y[0]} in every row; nothing is to learn`);
    }
    return { task, classes: [], rows, y };
  }
  const classOf = classReader(table, target, choice, rows);
  const names = Array.from(rows, classOf);
  const classes = ordered([...new Set(names)], target, choice);
  if (classes.length < 2) {
    throw wrong(
      table,
      `the outcome ${target.name} is ${classes[0]} in every row; two classes are needed`,
    );
  }
  if (classes.length > TOO_MANY) {
    throw wrong(
      table,
      `the outcome ${target.name} has ${classes.length} different values; expected at most ${TOO_MANY} classes` +
        (target.kind === 'number' ? ', or --task regression' : ''),
    );
  }
  const codes = new Map(classes.map((name, code) => [name, code]));
  return { task, classes, rows, y: Float64Array.from(names, (name) => codes.get(name)!) };
}

function likelyTask(target: CellReader, rows: Int32Array): Task {
  if (target.kind === 'text') return 'classification';
  const values = new Set(Array.from(rows, (row) => target.number(row)));
  const whole = [...values].every(Number.isInteger);
  return whole && values.size <= FEW ? 'classification' : 'regression';
}

function classReader(
  table: DataTable,
  target: CellReader,
  { positiveGrade, positive }: OutcomeChoice,
  rows: Int32Array,
): (row: number) => string {
  if (positiveGrade !== undefined) {
    return (row) =>
      numberOf(table, target, row) >= positiveGrade ? `>=${positiveGrade}` : `<${positiveGrade}`;
  }
  const texts = [...new Set(Array.from(rows, (row) => target.text(row)))];
  if (positive === undefined) return (row) => target.text(row);
  if (!texts.includes(positive)) {
    throw wrong(
      table,
      `--positive ${positive} is no value of ${target.name}; found ${shortList(texts)}`,
    );
  }
  if (texts.length === 2) return (row) => target.text(row);
  return (row) => (target.text(row) === positive ? positive : `not ${positive}`);
}

/** The positive class last; else numbers by size and texts by code points. */
function ordered(
  names: readonly string[],
  target: CellReader,
  { positiveGrade, positive }: OutcomeChoice,
): string[] {
  if (positiveGrade !== undefined) return names.toSorted();
  if (positive !== undefined) return names.toSorted((a) => (a === positive ? 1 : -1));
  return target.kind === 'number'
    ? names.toSorted((a, b) => Number(a) - Number(b))
    : names.toSorted();
}

function numberOf(table: DataTable, target: CellReader, row: number): number {
  const value = target.number(row);
  if (Number.isFinite(value)) return value;
  throw wrong(
    table,
    `the outcome ${target.name} is ${target.text(row)} on ${table.place(row)}; expected a finite number`,
  );
}

function wrong(table: DataTable, message: string): TableError {
  return new TableError(table.path, `${table.path}: ${message}`);
}
