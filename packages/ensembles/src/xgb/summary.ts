/**
 * A weighted quantile summary: values in ascending order, each with bounds of its rank.
 *
 * Chen and Guestrin 2016 (doi:10.1145/2939672.2939785), appendix. The four numbers of an entry are float32
 * as in XGBoost, and every sum below is rounded to float32 where XGBoost's is: cut points depend on it.
 */
export class Summary {
  size = 0;
  /** Least rank of the entry: the weight of all smaller values. */
  readonly rankMin: Float32Array;
  /** Greatest rank of the entry: the weight of all values up to and including it. */
  readonly rankMax: Float32Array;
  /** Weight known to lie at the value itself. */
  readonly weight: Float32Array;
  readonly value: Float32Array;

  constructor(capacity: number) {
    this.rankMin = new Float32Array(capacity);
    this.rankMax = new Float32Array(capacity);
    this.weight = new Float32Array(capacity);
    this.value = new Float32Array(capacity);
  }

  push(rankMin: number, rankMax: number, weight: number, value: number): void {
    const at = this.size++;
    this.rankMin[at] = rankMin;
    this.rankMax[at] = rankMax;
    this.weight[at] = weight;
    this.value[at] = value;
  }

  pushFrom(source: Summary, at: number): void {
    this.push(source.rankMin[at], source.rankMax[at], source.weight[at], source.value[at]);
  }

  /** Greatest rank of a value just below entry `at`. */
  rankBefore(at: number): number {
    return Math.fround(this.rankMax[at] - this.weight[at]);
  }

  /** Least rank of a value just above entry `at`. */
  rankAfter(at: number): number {
    return Math.fround(this.rankMin[at] + this.weight[at]);
  }
}

/** At most `limit` entries of `source`, both ends included, spread evenly over the ranks. */
export function prune(source: Summary, limit: number): Summary {
  if (source.size <= limit) return source;
  const { rankMin, rankMax } = source;
  const last = source.size - 1;
  const begin = rankMax[0];
  const range = Math.fround(rankMin[last] - begin);
  const steps = limit - 1;
  const pruned = new Summary(limit);
  pruned.pushFrom(source, 0);
  let at = 1;
  let kept = 0;
  for (let step = 1; step < steps; step++) {
    const scaled = Math.fround(Math.fround(Math.fround(step) * range) / Math.fround(steps));
    const twiceRank = Math.fround(2 * Math.fround(scaled + begin));
    while (at < last && twiceRank >= Math.fround(rankMax[at + 1] + rankMin[at + 1])) at++;
    if (at === last) break;
    const lower = twiceRank < Math.fround(source.rankAfter(at) + source.rankBefore(at + 1));
    const chosen = lower ? at : at + 1;
    if (chosen !== kept) {
      pruned.pushFrom(source, chosen);
      kept = chosen;
    }
  }
  if (kept !== last) pruned.pushFrom(source, last);
  return pruned;
}

/** The summary of both sets of values together. */
export function combine(a: Summary, b: Summary): Summary {
  if (a.size === 0) return b;
  if (b.size === 0) return a;
  const merged = new Summary(a.size + b.size);
  let i = 0;
  let j = 0;
  let belowA = 0;
  let belowB = 0;
  while (i < a.size && j < b.size) {
    const valueA = a.value[i];
    const valueB = b.value[j];
    if (valueA === valueB) {
      merged.push(
        a.rankMin[i] + b.rankMin[j],
        a.rankMax[i] + b.rankMax[j],
        a.weight[i] + b.weight[j],
        valueA,
      );
      belowA = a.rankAfter(i++);
      belowB = b.rankAfter(j++);
    } else if (valueA < valueB) {
      const top = a.rankMax[i] + b.rankBefore(j);
      merged.push(a.rankMin[i] + belowB, top, a.weight[i], valueA);
      belowA = a.rankAfter(i++);
    } else {
      const top = b.rankMax[j] + a.rankBefore(i);
      merged.push(b.rankMin[j] + belowA, top, b.weight[j], valueB);
      belowB = b.rankAfter(j++);
    }
  }
  const totalA = a.rankMax[a.size - 1];
  const totalB = b.rankMax[b.size - 1];
  for (; i < a.size; i++) {
    merged.push(a.rankMin[i] + belowB, a.rankMax[i] + totalB, a.weight[i], a.value[i]);
  }
  for (; j < b.size; j++) {
    merged.push(b.rankMin[j] + belowA, b.rankMax[j] + totalA, b.weight[j], b.value[j]);
  }
  restoreOrder(merged);
  return merged;
}

/** Undo what rounding did to the order of the ranks. */
function restoreOrder(summary: Summary): void {
  const { rankMin, rankMax } = summary;
  let previousMin = 0;
  let previousMax = 0;
  for (let i = 0; i < summary.size; i++) {
    if (rankMin[i] < previousMin) rankMin[i] = previousMin;
    else previousMin = rankMin[i]!;
    if (rankMax[i] < previousMax) rankMax[i] = previousMax;
    const next = summary.rankAfter(i);
    if (rankMax[i] < next) rankMax[i] = next;
    previousMax = rankMax[i]!;
  }
}
