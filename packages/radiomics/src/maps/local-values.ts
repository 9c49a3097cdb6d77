import type { FirstOrderMeasures } from '../features/firstorder.js';
import { ValueDistribution } from '../features/value-distribution.js';
import type { Neighbourhood } from './neighbourhood.js';
import { sortFirst } from './sort-first.js';

/** The image values of a neighbourhood. */
export class LocalValues implements FirstOrderMeasures {
  distribution = new ValueDistribution(new Float64Array(1), new Float64Array(1));
  frequencies: Float64Array = new Float64Array();
  readonly shift: number;
  readonly voxelVolume: number;
  readonly #neighbourhood: Neighbourhood;
  readonly #ones: Float64Array;
  readonly #values: Float64Array;

  /**
   * @param shift added to every value in energies
   * @param voxelVolume mm³
   */
  constructor(neighbourhood: Neighbourhood, shift: number, voxelVolume: number) {
    this.shift = shift;
    this.voxelVolume = voxelVolume;
    this.#neighbourhood = neighbourhood;
    this.#ones = new Float64Array(neighbourhood.members.length).fill(1);
    this.#values = new Float64Array(neighbourhood.members.length);
  }

  /** @returns false where no voxel has a value that is a number */
  measure(): boolean {
    const { sources, count, frequencies, present, volume } = this.#neighbourhood;
    const values = this.#values;
    let numbers = 0;
    for (let k = 0; k < count; k++) {
      const value = volume.values[sources[k]];
      if (value === value) values[numbers++] = value;
    }
    if (numbers === 0) return false;
    sortFirst(values, numbers);
    this.distribution = new ValueDistribution(
      values.subarray(0, numbers),
      this.#ones.subarray(0, numbers),
    );
    this.frequencies = frequencies.subarray(0, present);
    return true;
  }
}
