/** An ellipsoid in body coordinates, turned about z. */
export interface Ellipsoid {
  centre: readonly [number, number, number];
  radii: readonly [number, number, number];
  /** Turn about the z axis in degrees, from +x (left) towards +y (posterior). */
  turnDeg?: number;
}

/** An ellipsoid cut by one axial plane: `level(u, v)` is below 1 inside. */
export class Section {
  readonly #u: number;
  readonly #v: number;
  readonly #uu: number;
  readonly #uv: number;
  readonly #vv: number;
  readonly #base: number;

  constructor({ centre, radii, turnDeg = 0 }: Ellipsoid, w: number) {
    const cos = Math.cos((turnDeg * Math.PI) / 180);
    const sin = Math.sin((turnDeg * Math.PI) / 180);
    const a = 1 / radii[0] ** 2;
    const b = 1 / radii[1] ** 2;
    this.#u = centre[0];
    this.#v = centre[1];
    this.#uu = a * cos * cos + b * sin * sin;
    this.#uv = 2 * (a - b) * cos * sin;
    this.#vv = a * sin * sin + b * cos * cos;
    this.#base = ((w - centre[2]) / radii[2]) ** 2;
  }

  level(u: number, v: number): number {
    const x = u - this.#u;
    const y = v - this.#v;
    return this.#base + this.#uu * x * x + this.#uv * x * y + this.#vv * y * y;
  }
}
