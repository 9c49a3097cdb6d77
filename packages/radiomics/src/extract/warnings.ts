/** Something that makes the values of an extraction doubtful. */
export interface ExtractionWarning {
  /** Stable name of the kind of doubt, in capitals. */
  code: string;
  /** What was found, and what to think of it. */
  message: string;
}
