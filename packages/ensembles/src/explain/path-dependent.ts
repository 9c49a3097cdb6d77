import type { LeafGame } from './leaf-game.js';
import type { LeafPaths } from './leaf-paths.js';
import { pairTargets, valueTargets } from './targets.js';
import { gaussLegendre, type Quadrature } from './quadrature.js';

/**
 * Shapley values of a leaf where features outside a coalition are followed in the shares of the training weight
 * (Lundberg et al. 2020, doi:10.1038/s42256-019-0138-9, algorithm 1).
 *
 * A feature of the path agrees with the row (o = 1) or not (o = 0) and has a share z, and a coalition S gets
 * v ∏_{j∈S} o_j ∏_{j∉S} z_j. By Owen's multilinear extension (Owen 1972, doi:10.1287/mnsc.18.5.64) the Shapley value is
 * φ_i = v (o_i − z_i) ∫₀¹ ∏_{j≠i} (t o_j + (1 − t) z_j) dt. The integrand is a polynomial of degree m − 1, which ⌈m/2⌉
 * points of Gauss–Legendre integrate exactly; every term is ≥ 0, so no digits are lost.
 */
export function pathDependentValues(paths: LeafPaths): LeafGame {
  const factors = new Factors(paths);
  return {
    width: (m) => m,
    targets: (leaf) => valueTargets(paths, leaf),
    mean: meanOf(paths),
    fill(leaf, disagrees, to, at) {
      const m = factors.load(leaf, disagrees);
      to.fill(0, at, at + m);
      const { points, weights } = ruleFor(m - 1);
      for (let k = 0; k < points.length; k++) {
        const others = factors.productsOfOthers(points[k]);
        for (let i = 0; i < m; i++) to[at + i] += weights[k] * others[i];
      }
      for (let i = 0; i < m; i++) to[at + i] *= paths.values[leaf] * factors.gain(i);
    },
  };
}

/**
 * Shapley interaction values of a leaf, each pair's divided evenly between its two cells:
 * Φ_ij = ½ v (o_i − z_i)(o_j − z_j) ∫₀¹ ∏_{l≠i,j} (t o_l + (1 − t) z_l) dt. Pairs come as (0,1), (0,2) … (m−2,m−1).
 */
export function pathDependentInteractions(paths: LeafPaths, columns: number): LeafGame {
  const factors = new Factors(paths);
  return {
    width: (m) => (m * (m - 1)) / 2,
    targets: (leaf) => pairTargets(paths, leaf, columns),
    mean: meanOf(paths),
    fill(leaf, disagrees, to, at) {
      const m = factors.load(leaf, disagrees);
      to.fill(0, at, at + (m * (m - 1)) / 2);
      const { points, weights } = ruleFor(m - 2);
      for (let k = 0; k < points.length; k++) {
        let cell = at;
        for (let i = 0; i < m; i++) {
          const others = factors.productsOfOthers(points[k], i);
          for (let j = i + 1; j < m; j++) to[cell++] += weights[k] * others[j];
        }
      }
      let cell = at;
      for (let i = 0; i < m; i++) {
        const own = (paths.values[leaf] * factors.gain(i)) / 2;
        for (let j = i + 1; j < m; j++) to[cell++] *= own * factors.gain(j);
      }
    },
  };
}

/** Mean output of the tree, rows divided at every node in the shares of the training weight. */
function meanOf({ leaves, values, starts, shares }: LeafPaths): number {
  let mean = 0;
  for (let leaf = 0; leaf < leaves.length; leaf++) {
    let share = 1;
    for (let entry = starts[leaf]; entry < starts[leaf + 1]; entry++) share *= shares[entry];
    mean += share * values[leaf];
  }
  return mean;
}

/** The least rule that integrates polynomials of that degree. */
function ruleFor(degree: number): Quadrature {
  return gaussLegendre(Math.max(1, Math.ceil((degree + 1) / 2)));
}

/** Agreement o and share z of the features on one path. */
class Factors {
  readonly #paths: LeafPaths;
  readonly #agrees: Float64Array;
  readonly #shares: Float64Array;
  readonly #products: Float64Array;
  #m = 0;

  constructor(paths: LeafPaths) {
    this.#paths = paths;
    let longest = 0;
    for (let leaf = 0; leaf < paths.leaves.length; leaf++) {
      longest = Math.max(longest, paths.starts[leaf + 1] - paths.starts[leaf]);
    }
    this.#agrees = new Float64Array(longest);
    this.#shares = new Float64Array(longest);
    this.#products = new Float64Array(longest);
  }

  /** Take a leaf's features and return their number. */
  load(leaf: number, disagrees: Uint8Array): number {
    const { starts, shares } = this.#paths;
    this.#m = starts[leaf + 1] - starts[leaf];
    for (let i = 0; i < this.#m; i++) {
      this.#agrees[i] = 1 - disagrees[i];
      this.#shares[i] = shares[starts[leaf] + i];
    }
    return this.#m;
  }

  /** o − z of a feature. */
  gain(i: number): number {
    return this.#agrees[i] - this.#shares[i];
  }

  /** For each feature the product of t·o + (1 − t)·z over all others but `without`. */
  productsOfOthers(t: number, without = -1): Float64Array {
    const products = this.#products;
    let product = 1;
    for (let i = 0; i < this.#m; i++) {
      products[i] = product;
      if (i !== without) product *= t * this.#agrees[i] + (1 - t) * this.#shares[i];
    }
    product = 1;
    for (let i = this.#m - 1; i >= 0; i--) {
      products[i] *= product;
      if (i !== without) product *= t * this.#agrees[i] + (1 - t) * this.#shares[i];
    }
    return products;
  }
}
