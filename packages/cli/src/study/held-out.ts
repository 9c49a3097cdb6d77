import { InvalidArgumentError, type Random } from '@steatosis/core';

/** Which groups are trained on and which are held out; both ascending. */
export interface HeldOut {
  train: Int32Array;
  test: Int32Array;
}

/**
 * Hold out a share of the groups, stratified: of each class `round(share × n)` groups are drawn, at
 * least one, and at least one is left to train on.
 *
 * @param labels the class of each group
 * @param share of the groups to hold out, in (0, 1)
 * @throws InvalidArgumentError when fewer than two classes are present or a class has a single group
 */
export function holdOut(labels: ArrayLike<number>, share: number, random: Random): HeldOut {
  const byClass = new Map<number, number[]>();
  for (let i = 0; i < labels.length; i++) {
    const members = byClass.get(labels[i]!) ?? [];
    members.push(i);
    byClass.set(labels[i]!, members);
  }
  const classes = [...byClass.keys()].sort((a, b) => a - b);
  if (classes.length < 2 || [...byClass.values()].some((members) => members.length < 2)) {
    const found = classes.map((c) => `${byClass.get(c)!.length} of class ${c}`).join(', ');
    throw new InvalidArgumentError(
      'labels',
      found || 'empty',
      'two classes with at least two members each, so that both can be trained on and tested; ' +
        'check the grades in participants.tsv and --positive-grade',
    );
  }
  const test = classes.flatMap((label) => {
    const members = byClass.get(label)!;
    const order = random.split(label).permutation(members.length);
    const wanted = Math.round(share * members.length);
    const count = Math.min(members.length - 1, Math.max(1, wanted));
    return Array.from(order.subarray(0, count), (i) => members[i]!);
  });
  const held = new Set(test);
  return {
    train: Int32Array.from({ length: labels.length }, (_, i) => i).filter((i) => !held.has(i)),
    test: Int32Array.from(test).sort(),
  };
}
