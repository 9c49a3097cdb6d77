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

/** Every feature of a table by tag. */
export function evaluateTable<Measured, Tag extends string>(
  table: Readonly<Record<Tag, IbsiFeature<Measured>>>,
  measured: Measured,
): Record<Tag, number> {
  const features = {} as Record<Tag, number>;
  for (const tag of Object.keys(table) as Tag[]) features[tag] = table[tag].compute(measured);
  return features;
}
