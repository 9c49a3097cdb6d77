import { SteatosisError } from '@steatosis/core';

/** Where in which file something was found. */
export interface FilePlace {
  /** Name of the file, as given by whoever opened it. */
  source?: string | undefined;
  /** Byte offset from the start of the (uncompressed) file. */
  offset?: number | undefined;
  /** Header field or DICOM tag. */
  field?: string | undefined;
  cause?: unknown;
}

/** A file whose bytes break the rules of its format, or that ends too early. */
export class FormatError extends SteatosisError {
  readonly code = 'MALFORMED_FILE';
  /** `'NIfTI'`, `'NRRD'`, `'DICOM'`, `'gzip'`, `'markups'`, `'BIDS sidecar'` … */
  readonly format: string;
  readonly source: string | undefined;
  readonly offset: number | undefined;
  readonly field: string | undefined;

  constructor(format: string, problem: string, place: FilePlace = {}) {
    super(
      `${place.source ?? 'The input'} is not a valid ${format} file: ${problem}${showPlace(place)}.`,
      { cause: place.cause },
    );
    this.format = format;
    this.source = place.source;
    this.offset = place.offset;
    this.field = place.field;
  }
}

/** A file that is, or may be, in order but uses something that this package does not read. */
export class UnsupportedFormatError extends SteatosisError {
  readonly code = 'UNSUPPORTED_FORMAT';
  /** What is not supported: a transfer syntax UID, a data type, an encoding … */
  readonly feature: string;
  readonly source: string | undefined;
  readonly offset: number | undefined;
  readonly field: string | undefined;

  constructor(feature: string, problem: string, place: FilePlace = {}) {
    super(`${place.source ?? 'The input'} cannot be read: ${problem}${showPlace(place)}.`, {
      cause: place.cause,
    });
    this.feature = feature;
    this.source = place.source;
    this.offset = place.offset;
    this.field = place.field;
  }
}

/** What is wrong with a set of slices; see {@link SeriesError}. */
export type SeriesProblem =
  | 'no-position'
  | 'mixed-orientation'
  | 'mixed-size'
  | 'duplicate-slice'
  | 'missing-slice'
  | 'uneven-spacing'
  | 'incomplete-echo'
  | 'missing-attribute'
  | 'ambiguous';

/** Images that are readable one by one but do not make up one regular volume or acquisition. */
export class SeriesError extends SteatosisError {
  readonly code = 'IRREGULAR_SERIES';
  readonly problem: SeriesProblem;
  /** Names of the files concerned. */
  readonly files: readonly string[];

  constructor(
    problem: SeriesProblem,
    message: string,
    files: readonly string[] = [],
    cause?: unknown,
  ) {
    super(message, { cause });
    this.problem = problem;
    this.files = files;
  }
}

/** Nothing that could be read was found where something was expected. */
export class NoImagesError extends SteatosisError {
  readonly code = 'NO_IMAGES';
  readonly source: string;

  constructor(source: string, expected: string, options?: { cause?: unknown }) {
    super(`${source} holds no ${expected}.`, options);
    this.source = source;
  }
}

/** A label, segment or ROI that a task needs is absent, or not what it must be. */
export class SegmentationError extends SteatosisError {
  readonly code = 'BAD_SEGMENTATION';
  readonly source: string | undefined;

  constructor(message: string, source?: string, options?: { cause?: unknown }) {
    super(message, options);
    this.source = source;
  }
}

/** A table with a cell that cannot be understood; lines and columns count from 1. */
export class TableError extends SteatosisError {
  readonly code = 'BROKEN_TABLE';
  readonly source: string;
  readonly line: number;
  readonly column: number | undefined;

  constructor(source: string, line: number, column: number | undefined, problem: string) {
    super(`${source}, line ${line}${column === undefined ? '' : `, column ${column}`}: ${problem}`);
    this.source = source;
    this.line = line;
    this.column = column;
  }
}

/** A file or folder could not be opened, read or written; `cause` is the system's error. */
export class FileAccessError extends SteatosisError {
  readonly code = 'FILE_ACCESS';
  readonly path: string;

  constructor(path: string, action: string, cause: unknown) {
    super(
      `${path} cannot be ${action}: ${cause instanceof Error ? cause.message : String(cause)}`,
      {
        cause,
      },
    );
    this.path = path;
  }
}

function showPlace(place: FilePlace): string {
  const parts: string[] = [];
  if (place.field !== undefined) parts.push(place.field);
  if (place.offset !== undefined) parts.push(`byte ${place.offset}`);
  return parts.length > 0 ? ` (at ${parts.join(', ')})` : '';
}
