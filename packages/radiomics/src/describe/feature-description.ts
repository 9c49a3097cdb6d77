/** What a feature is. */
export interface FeatureDescription {
  /** The key that was asked about; in lists `original_glcm_Contrast`, or an IBSI tag. */
  readonly key: string;
  /** Whose definition it is. */
  readonly definition: 'PyRadiomics' | 'IBSI';
  /** PyRadiomics' name of the family, such as `glcm`, or the first part of IBSI's tags, such as `morph`. */
  readonly family: string;
  /** `Contrast`, or the tag `morph_volume` (without the aggregation that texture tags end in). */
  readonly name: string;
  /** IBSI's name in words. */
  readonly title?: string;
  /** The image that the feature is taken from, such as `wavelet-LLH`; PyRadiomics' features alone. */
  readonly image?: string;
  /** How an IBSI texture tag merges directions and slices, such as `2_5D_avg`. */
  readonly aggregation?: string;
  /** The formula in plain text; its symbols are those of `familyDescription`. */
  readonly formula: string;
  /** What it says about a region. */
  readonly meaning: string;
  /**
   * Its value where it says nothing, such as in a region of one gray level. That level is 1, but for PyRadiomics'
   * `binCount` n, where it is ⌊n/2⌋ + 1.
   */
  readonly degenerate: string;
  readonly unit: string;
  /** The paper that defines it, and IBSI's identifier. */
  readonly source: string;
  /** Why PyRadiomics retired the name: what it is equal to. Only features that are retired have it. */
  readonly deprecated?: string;
  /** What the family measures and what the symbols of its formulas mean. */
  readonly familyDescription: string;
}

/** Descriptions of a family, as the source comments of its features hold them. */
export interface FamilyDescriptions {
  readonly definition: 'PyRadiomics' | 'IBSI';
  readonly text: string;
  /** How the family's tags may end. */
  readonly aggregations?: readonly string[];
  readonly features: Readonly<Record<string, FeatureText>>;
}

/** The parts of a description that are written for each feature. */
type FeatureText = Omit<
  FeatureDescription,
  'key' | 'definition' | 'family' | 'name' | 'image' | 'aggregation' | 'familyDescription'
>;
