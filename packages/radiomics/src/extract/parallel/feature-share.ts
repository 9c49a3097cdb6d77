import { blankRecord, FeatureChoices, type Selection } from '../../settings/feature-selection.js';
import { FAMILY_COSTS } from './costs.js';
import { dealOut } from './deal-out.js';

/** Which of the chosen features one of several shares has. */
export interface ShareOfFeatures {
  /** Whether it has any of the original image, shape included. */
  original: boolean;
  /** Which part of how many of the families of each image it has. */
  part: number;
  parts: number;
}

/** Some of the chosen features: whole families of each image. */
export class FeatureShare extends FeatureChoices {
  readonly #whole: FeatureChoices;
  readonly #share: ShareOfFeatures;
  readonly #selections = new Map<string, Selection>();

  constructor(whole: FeatureChoices, share: ShareOfFeatures) {
    // No image is named: whether all are there shows when the shares are together.
    super([]);
    this.#whole = whole;
    this.#share = share;
  }

  /** The images must be asked for in the same order of all shares: what each has of them depends on it. */
  override of(image: string): Selection {
    let selection = this.#selections.get(image);
    if (selection === undefined) {
      selection = this.#select(image);
      this.#selections.set(image, selection);
    }
    return selection;
  }

  #select(image: string): Selection {
    const { original, part, parts } = this.#share;
    if (image === 'original' && !original) return { keys: [], blank: {}, families: [] };
    const whole = this.#whole.of(image);
    if (parts === 1) return whole;
    const groups = dealOut(whole.families, parts, ({ name }) => FAMILY_COSTS[name]);
    // From image to image another part gets the dearest families.
    const mine = groups[(part + this.#selections.size) % parts];
    const places = mine.flatMap((family) => family.places).sort((a, b) => a - b);
    const placeOf = new Map(places.map((place, k) => [place, k]));
    const keys = places.map((place) => whole.keys[place]);
    return {
      keys,
      blank: blankRecord(keys),
      families: mine.map((family) => ({
        ...family,
        places: family.places.map((place) => placeOf.get(place)!),
      })),
    };
  }
}
