import { checkedArray, checkedRecord } from '../checks.js';
import type { TableOne, TableOneVariable } from './table-one-result.js';

/** A table of texts, the same for every format. */
export interface Layout {
  /** The first one stands above the variables' names. */
  heads: string[];
  rows: {
    /** A level of the variable above it. */
    level: boolean;
    /** As many as heads; empty where a line says nothing. */
    cells: string[];
  }[];
}

/** One line for each variable of numbers; a heading and a line for each level of the others. */
export function layoutOf(table: TableOne): Layout {
  checkedRecord('table', table, 'a table as tableOne makes it');
  checkedArray('table.groups', table.groups);
  checkedArray('table.variables', table.variables);
  const { groups, overall, variables, showMissing, groupBy, n } = table;
  const withTests = variables.some(({ test }) => test !== undefined);
  const withSmd = variables.some(({ smd }) => smd !== undefined);
  const heads = [
    '',
    ...(overall ? [`Overall (n = ${n})`] : []),
    ...groups.map((group) => `${groupBy}: ${group.name} (n = ${group.n})`),
    ...(showMissing ? ['Missing'] : []),
    ...(withTests ? ['P'] : []),
    ...(table.adjust === undefined ? [] : ['Adjusted P']),
    ...(withTests ? ['Test'] : []),
    ...(withSmd ? ['SMD'] : []),
  ];
  // Either all variables are compared or none is.
  const after = ({ missing, test, smd }: TableOneVariable): string[] => [
    ...(showMissing ? [String(missing)] : []),
    ...(test === undefined ? [] : [test.text]),
    ...(test?.adjustedText === undefined ? [] : [test.adjustedText]),
    ...(test === undefined ? [] : [test.name]),
    ...(smd === undefined ? [] : [smd.text]),
  ];
  const between = groups.length + (overall ? 1 : 0);
  const rows = variables.flatMap((variable): Layout['rows'] => {
    if (variable.kind !== 'categorical') {
      const cells = [variable.overall, ...variable.cells].flatMap((cell) => cell?.text ?? []);
      return [{ level: false, cells: [variable.label, ...cells, ...after(variable)] }];
    }
    const empty = Array.from({ length: between }, () => '');
    const rest = after(variable).map(() => '');
    return [
      { level: false, cells: [variable.label, ...empty, ...after(variable)] },
      ...variable.levels.map(({ name, overall: all, cells }) => ({
        level: true,
        cells: [name, ...[all, ...cells].flatMap((cell) => cell?.text ?? []), ...rest],
      })),
    ];
  });
  return { heads, rows };
}
