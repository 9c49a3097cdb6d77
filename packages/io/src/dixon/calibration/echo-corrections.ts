import type { Vector3 } from '@steatosis/core';
import { type AcquisitionErrors, coordinate, type LinearPhase } from './acquisition-errors.js';

/** Takes acquisition errors out of the echoes of single voxels. */
export class EchoCorrections {
  readonly #errors: AcquisitionErrors;
  readonly #size: Readonly<Vector3>;
  readonly #strides: Readonly<Vector3>;
  readonly #gain: readonly [number, number];

  /**
   * @param errors what the scanner added
   * @param size voxels along x, y, z of the grid across which the errors are given
   * @param strides the echoes to correct lie on every n-th voxel of that grid
   */
  constructor(
    errors: AcquisitionErrors,
    size: Readonly<Vector3>,
    strides: Readonly<Vector3> = [1, 1, 1],
  ) {
    this.#errors = errors;
    this.#size = size;
    this.#strides = strides;
    this.#gain = [1 / (1 + errors.bipolarAmplitude), 1 / (1 - errors.bipolarAmplitude)];
  }

  /** The corrections of the same echoes without the first one: what was the second counts as the first. */
  withoutFirst(): EchoCorrections {
    const { bipolarPhase, bipolarAmplitude } = this.#errors;
    const [x, y, z] = bipolarPhase.edgeRad;
    return new EchoCorrections(
      {
        bipolarPhase: { centreRad: -bipolarPhase.centreRad, edgeRad: [-x, -y, -z] },
        bipolarAmplitude: -bipolarAmplitude,
        firstEchoPhase: { centreRad: 0, edgeRad: [0, 0, 0] },
      },
      this.#size,
      this.#strides,
    );
  }

  /** Correct `count` echoes (re, im, …) at place `at` of `echoes`, those of voxel (x, y, z). */
  apply(echoes: Float32Array, at: number, count: number, x: number, y: number, z: number): void {
    const u = coordinate(x * this.#strides[0], this.#size[0]);
    const v = coordinate(y * this.#strides[1], this.#size[1]);
    const w = coordinate(z * this.#strides[2], this.#size[2]);
    const bipolar = phaseAt(this.#errors.bipolarPhase, u, v, w);
    const first = bipolar + phaseAt(this.#errors.firstEchoPhase, u, v, w);
    const cos = Math.cos(bipolar);
    const sin = Math.sin(bipolar);
    turnBack(echoes, at, Math.cos(first), Math.sin(first), this.#gain[0]);
    for (let k = 1; k < count; k++) {
      turnBack(echoes, at + 2 * k, cos, k % 2 === 0 ? sin : -sin, this.#gain[k % 2]);
    }
  }
}

function phaseAt({ centreRad, edgeRad }: LinearPhase, x: number, y: number, z: number): number {
  return centreRad + edgeRad[0] * x + edgeRad[1] * y + edgeRad[2] * z;
}

/** Multiply one echo by `gain · (cos − i sin)`. */
function turnBack(echoes: Float32Array, at: number, cos: number, sin: number, gain: number): void {
  const re = echoes[at];
  const im = echoes[at + 1];
  echoes[at] = gain * (re * cos + im * sin);
  echoes[at + 1] = gain * (im * cos - re * sin);
}
