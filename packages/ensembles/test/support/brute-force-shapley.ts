import type { TreeEnsemble } from '../../src/explain/tree-ensemble.js';

/** Worth of a coalition: bit i of `members` is feature i. One number per output. */
type Game = (members: number) => Float64Array;

/**
 * Shapley values by their definition: the mean, over all orders of the features, of what a feature adds to those before
 * it. [output][feature], the empty coalition's worth last.
 */
export function shapleyValues(features: number, game: Game): number[][] {
  const worth = Array.from({ length: 2 ** features }, (_, members) => game(members));
  return Array.from(worth[0], (empty, output) => {
    const values = Array.from({ length: features }, (_, i) => {
      let value = 0;
      worth.forEach((own, members) => {
        if (members & (1 << i)) return;
        const size = bits(members);
        const weight = (factorial(size) * factorial(features - size - 1)) / factorial(features);
        value += weight * (worth[members | (1 << i)][output] - own[output]);
      });
      return value;
    });
    return [...values, empty];
  });
}

/** Half of the Shapley interaction index of two features: Fujimoto et al. 2006, doi:10.1016/j.geb.2005.03.002. */
export function shapleyInteraction(features: number, game: Game, i: number, j: number): number[] {
  const pair = (1 << i) | (1 << j);
  return Array.from(game(0), (_, output) => {
    let value = 0;
    for (let members = 0; members < 2 ** features; members++) {
      if (members & pair) continue;
      const size = bits(members);
      const weight = (factorial(size) * factorial(features - size - 2)) / factorial(features - 1);
      const worth = (others: number) => game(members | others)[output];
      value += weight * (worth(pair) - worth(1 << i) - worth(1 << j) + worth(0));
    }
    return value / 2;
  });
}

/** Features outside the coalition are followed down both children in the shares of their cover. */
export function coverGame({ base, trees }: TreeEnsemble, row: ArrayLike<number>): Game {
  return (members) => {
    const worth = base.slice();
    for (const tree of trees) {
      const expectation = (node: number): number => {
        const left = tree.left[node];
        const right = tree.right[node];
        if (left === -1) return tree.value[node];
        const feature = tree.feature[node];
        if (members & (1 << feature)) {
          return expectation(tree.goesLeft(node, row[feature]) ? left : right);
        }
        const both = tree.cover[left] + tree.cover[right];
        const share = both === 0 ? 0.5 : tree.cover[left] / both;
        return share * expectation(left) + (1 - share) * expectation(right);
      };
      worth[tree.output] += expectation(0);
    }
    return worth;
  };
}

/** Features outside the coalition are those of the background rows, the output averaged over them. */
export function backgroundGame(
  ensemble: TreeEnsemble,
  row: ArrayLike<number>,
  background: readonly ArrayLike<number>[],
): Game {
  return (members) => {
    const mean = new Float64Array(ensemble.base.length);
    for (const other of background) {
      const mixed = Array.from(row, (value, i) => (members & (1 << i) ? value : other[i]));
      rawOutputs(ensemble, mixed).forEach((value, k) => (mean[k] += value / background.length));
    }
    return mean;
  };
}

/** The model's raw outputs for one row. */
export function rawOutputs({ base, trees }: TreeEnsemble, row: ArrayLike<number>): Float64Array {
  const sums = base.slice();
  for (const tree of trees) {
    let node = 0;
    while (tree.left[node] !== -1) {
      const left = tree.goesLeft(node, row[tree.feature[node]]);
      node = left ? tree.left[node] : tree.right[node];
    }
    sums[tree.output] += tree.value[node];
  }
  return sums;
}

function bits(members: number): number {
  return members === 0 ? 0 : (members & 1) + bits(members >> 1);
}

function factorial(n: number): number {
  return n < 2 ? 1 : n * factorial(n - 1);
}
