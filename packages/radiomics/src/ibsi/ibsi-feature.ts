/** One feature as the IBSI reference manual defines it. */
export interface IbsiFeature<Measured> {
  /** The IBSI tag, such as `morph_volume`; texture tags get their aggregation appended. */
  readonly tag: string;
  /** The manual's name. */
  readonly name: string;
  readonly compute: (measured: Measured) => number;
}

/** The features of a family by tag, in the order of IBSI's reference tables. */
export type IbsiTable<Measured> = Readonly<Record<string, IbsiFeature<Measured>>>;
