/** One line of the table of cases, or the image and mask of the command line. */
export interface CaseRequest {
  /** The line as it was read, by column: `Image`, `Mask` and whatever else it has. */
  columns: Readonly<Record<string, string>>;
  /** Where the files are. */
  imagePath: string;
  maskPath: string;
  /** Channel of a mask with several; undefined for that of the settings. */
  channel: number | undefined;
  /** Values of the regions; undefined for that of the settings. */
  labels: readonly number[] | 'all' | undefined;
}

/** How messages call a case: its ID, or its image. */
export function nameOf({ columns }: CaseRequest): string {
  return columns['ID'] || columns['Image']!;
}
