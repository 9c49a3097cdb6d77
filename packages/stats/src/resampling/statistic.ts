import { InvalidArgumentError } from '@steatosis/core';
import { checkedChoice } from '../alternative.js';
import type { Interval } from '../reason.js';
import {
  type FloatColumns,
  gathered,
  NAMED_STATISTICS,
  type NamedStatistic,
} from './named-statistics.js';
import type { ResampledData } from './data.js';
import type { StatisticOfObservations } from './replicates.js';

/** A statistic of columns: by name, or a function of the resampled columns (of the values, where the data are one array). */
export type Statistic<Data> = NamedStatistic | ((data: Data) => number);

/** What is known of a statistic before it is computed. */
export interface KnownStatistic {
  /** Absent for a function, which workers cannot have. */
  name?: NamedStatistic;
  words: string;
  range: Interval;
  ranks: boolean;
  /** Of columns that need not be the data's own. */
  prepared: (columns: FloatColumns) => StatisticOfObservations;
}

/**
 * @throws InvalidArgumentError for an unknown name, or columns that are not those of a named statistic
 * @internal
 */
export function knownStatistic(
  statistic: Statistic<never>,
  { names, single }: Pick<ResampledData, 'names' | 'single'>,
): KnownStatistic {
  if (typeof statistic === 'function') {
    const call = statistic as (data: unknown) => unknown;
    return {
      words: statistic.name === '' ? 'a function' : `the function ${statistic.name}`,
      range: [-Infinity, Infinity],
      ranks: true,
      prepared: (columns) => (observations) => {
        const own: Record<string, Float64Array> = {};
        for (const name of names) own[name] = gathered(columns[name], observations);
        return checkedNumber(call(single ? own[names[0]] : own));
      },
    };
  }
  const known = Object.keys(NAMED_STATISTICS) as NamedStatistic[];
  const name = checkedChoice('statistic', statistic, known);
  const { columns, words, range, ranks = false, prepared } = NAMED_STATISTICS[name];
  if ([...names].sort().join() !== [...columns].sort().join()) {
    throw new InvalidArgumentError(
      'data',
      single ? 'one array' : names.join(', '),
      `the columns ${columns.join(', ')}, which '${name}' takes`,
    );
  }
  return { name, words, range, ranks, prepared };
}

function checkedNumber(value: unknown): number {
  if (typeof value !== 'number') {
    throw new InvalidArgumentError('statistic', value, 'a function that returns a number');
  }
  return Number.isFinite(value) ? value : Number.NaN;
}
