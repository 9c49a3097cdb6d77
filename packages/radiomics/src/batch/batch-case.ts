import type { LongTaskOptions, Volume } from '@steatosis/core';
import type { Diagnostics } from '../extract/diagnostics.js';

/** The images of a case. */
export interface CaseImages {
  /** Values, three dimensions. */
  image: Volume;
  /** Integers on the grid of the image. */
  mask: Volume;
}

/** A case of a batch. */
interface CaseBase<Id> {
  /** Comes back with every row of the case. */
  id: Id;
  /**
   * Value of the region in the mask, several of them, or `'all'` for every value but 0, ascending: one
   * row for each, while image and mask are read and sent once. Default: `label` of the settings.
   */
  label?: number | readonly number[] | 'all' | undefined;
}

/** A case whose images are in memory, or are read when its turn comes. */
export type BatchCase<Id = string> =
  | (CaseBase<Id> & CaseImages & { load?: undefined })
  | (CaseBase<Id> & {
      /** Reads the images. What it throws is the error of this case alone. */
      load: () => CaseImages | Promise<CaseImages>;
      image?: undefined;
      mask?: undefined;
    });

/** The features of one region of a case. */
export interface BatchFeatures<Id = string, Description = Diagnostics> {
  id: Id;
  /** Value of the region in the mask. */
  label: number;
  /** As `extractFeatures` gives them. */
  features: Record<string, number>;
  /** As `extractWithDiagnostics` gives them. */
  diagnostics: Description;
}

/** A region of a case, or a whole case, that failed. */
export interface BatchFailure<Id = string> {
  id: Id;
  /** Value of the region; undefined when the labels were `'all'` and the mask could not be read. */
  label: number | undefined;
  /** What was thrown; the errors of this package keep code and facts, wherever they were thrown. */
  error: Error;
}

/** One row of a batch: tell the two apart by `'error' in row`. */
export type BatchRow<Id = string, Description = Diagnostics> =
  BatchFeatures<Id, Description> | BatchFailure<Id>;

/** How a batch is run. */
export interface BatchOptions extends LongTaskOptions {
  /** Worker threads, 0 to 256. Default 0: on the calling thread. The rows are the same for any number. */
  workers?: number | undefined;
  /**
   * Cases under way at most, an integer ≥ 1: taken from the source, not yet given back. Default
   * `workers` + 1. Their images are in memory. More keeps the workers busy when cases differ much in size.
   * Ignored without workers, where cases are taken one by one.
   */
  casesAhead?: number | undefined;
}
