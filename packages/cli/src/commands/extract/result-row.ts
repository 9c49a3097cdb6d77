import type { Diagnostics } from '@steatosis/radiomics';

/** What came of one region, as the workers send it and the journal keeps it. */
export type RegionResult =
  | {
      label: number;
      features: Record<string, number>;
      /** By IBSI's definitions those that IBSI reports, by its tags. */
      diagnostics: Diagnostics | Record<string, number>;
    }
  | { label: number | undefined; error: { code: string; message: string } };

/** Whether diagnostics are those of PyRadiomics' definitions. */
export function isFullRecord(
  diagnostics: Diagnostics | Record<string, number>,
): diagnostics is Diagnostics {
  return 'versions' in diagnostics;
}

/** A line of the output. */
export interface ResultRow {
  /** The line of the table of cases, with names that tell nothing of patients. */
  columns: Readonly<Record<string, string>>;
  result: RegionResult;
}

/** The line as JSON has it. Not-a-number is null there. */
export function recordOf({ columns, result }: ResultRow): unknown {
  const { Image: image, Mask: mask, Label: _label, ...further } = columns;
  const extra = Object.keys(further).length > 0 ? { columns: further } : {};
  const { label, ...rest } = result;
  return { image, mask, label: label ?? null, ...extra, ...rest };
}
