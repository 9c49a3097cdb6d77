/** A node that may be split, with how much that is worth. */
export interface Ranked {
  id: number;
  improvement: number;
}

/** A heap that gives the greatest improvement first, the lower node of equals. */
export class Frontier<T extends Ranked> {
  readonly #heap: T[] = [];

  push(item: T): void {
    const heap = this.#heap;
    let at = heap.push(item) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!isBefore(item, heap[parent])) break;
      heap[at] = heap[parent];
      at = parent;
    }
    heap[at] = item;
  }

  pop(): T | undefined {
    const heap = this.#heap;
    const first = heap[0];
    const item = heap.pop();
    if (item === undefined || heap.length === 0) return first;
    let at = 0;
    for (let child = 1; child < heap.length; child = 2 * at + 1) {
      if (child + 1 < heap.length && isBefore(heap[child + 1], heap[child])) child++;
      if (!isBefore(heap[child], item)) break;
      heap[at] = heap[child];
      at = child;
    }
    heap[at] = item;
    return first;
  }
}

function isBefore(a: Ranked, b: Ranked): boolean {
  return a.improvement > b.improvement || (a.improvement === b.improvement && a.id < b.id);
}
