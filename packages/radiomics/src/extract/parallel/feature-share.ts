import type { FamilyName } from '../../features/families.js';
import { FeatureChoices, type Selection } from '../../settings/feature-selection.js';

/** What the families cost, against each other: milliseconds for an organ of 1.5 million voxels. */
const COSTS: Readonly<Record<FamilyName, number>> = {
  glrlm: 20,
  glcm: 16,
  glszm: 14,
  shape: 12,
  ngtdm: 5,
  gldm: 4,
  firstorder: 2,
  shape2D: 1,
};

/** One of several shares of the chosen features, which together are all of them: whole families of each image. */
export class FeatureShare extends FeatureChoices {
  readonly #whole: FeatureChoices;
  readonly #index: number;
  readonly #shares: number;
  readonly #selections = new Map<string, Selection>();

  /** @param index from 0 to `shares` − 1 */
  constructor(whole: FeatureChoices, index: number, shares: number) {
    super([]);
    this.#whole = whole;
    this.#index = index;
    this.#shares = shares;
  }

  /** The images must be asked for in the same order of all shares: what one takes depends on it. */
  override of(image: string): Selection {
    let selection = this.#selections.get(image);
    if (selection === undefined) {
      // From image to image another share gets the dearest families.
      const turn = this.#selections.size;
      selection = this.#select(this.#whole.of(image), turn);
      this.#selections.set(image, selection);
    }
    return selection;
  }

  override get namedImages(): string[] {
    return this.#whole.namedImages;
  }

  #select({ keys, families }: Selection, turn: number): Selection {
    const groups = dealOut(families, this.#shares);
    const mine = groups[(this.#index + turn) % this.#shares];
    const places = mine.flatMap((family) => family.places).sort((a, b) => a - b);
    const placeOf = new Map(places.map((place, k) => [place, k]));
    return {
      keys: places.map((place) => keys[place]),
      families: mine.map((family) => ({
        ...family,
        places: family.places.map((place) => placeOf.get(place)!),
      })),
    };
  }
}

type Families = Selection['families'];

/** Deal families out into groups that cost about the same: the dearest first, always to the cheapest group. */
function dealOut(families: Families, groups: number): Families[number][][] {
  const dealt = Array.from({ length: groups }, () => ({
    cost: 0,
    families: [] as Families[number][],
  }));
  const dearest = families.toSorted((a, b) => COSTS[b.name] - COSTS[a.name]);
  for (const family of dearest) {
    const cheapest = dealt.reduce((best, group) => (group.cost < best.cost ? group : best));
    cheapest.cost += COSTS[family.name];
    cheapest.families.push(family);
  }
  return dealt.map((group) => group.families);
}
