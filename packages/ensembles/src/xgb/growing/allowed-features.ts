/**
 * Which features may be tested where, given sets of features that may interact: below a path of tests those of every
 * set that holds all features of the path, and the features of the path themselves.
 */
export class AllowedFeatures {
  readonly #sets: readonly ReadonlySet<number>[];
  readonly #columns: number;
  readonly #known = new Map<string, Uint8Array>();

  constructor(sets: readonly (readonly number[])[], columns: number) {
    this.#sets = sets.map((set) => new Set(set));
    this.#columns = columns;
  }

  /**
   * @param path features tested above the node, ascending
   * @returns 1 for each feature that may be tested; undefined at the root, where all may
   */
  after(path: readonly number[]): Uint8Array | undefined {
    if (path.length === 0) return undefined;
    const key = path.join();
    const known = this.#known.get(key);
    if (known) return known;
    const allowed = new Uint8Array(this.#columns);
    for (const feature of path) allowed[feature] = 1;
    for (const set of this.#sets) {
      if (path.every((feature) => set.has(feature))) for (const other of set) allowed[other] = 1;
    }
    this.#known.set(key, allowed);
    return allowed;
  }
}

/** The path with one more feature. */
export function extendPath(path: readonly number[], feature: number): readonly number[] {
  return path.includes(feature) ? path : [...path, feature].sort((a, b) => a - b);
}
