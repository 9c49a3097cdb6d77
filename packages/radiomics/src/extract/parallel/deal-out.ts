/** Deal items out into groups that cost about the same: the dearest first, always to the cheapest group. */
export function dealOut<Item>(
  items: readonly Item[],
  groups: number,
  costOf: (item: Item) => number,
): Item[][] {
  const dealt = Array.from({ length: groups }, () => ({ cost: 0, items: [] as Item[] }));
  for (const item of items.toSorted((a, b) => costOf(b) - costOf(a))) {
    const cheapest = dealt.reduce((best, group) => (group.cost < best.cost ? group : best));
    cheapest.cost += costOf(item);
    cheapest.items.push(item);
  }
  return dealt.map((group) => group.items);
}
