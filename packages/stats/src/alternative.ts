import { InvalidArgumentError } from '@steatosis/core';

/**
 * Which departures from the null hypothesis count: `less` that the first sample's value is below the second's (or the
 * estimate below the hypothesised value), `greater` above, `two-sided` both.
 */
export type Alternative = 'two-sided' | 'less' | 'greater';

/** @throws InvalidArgumentError unless it is one of the three */
export function checkedAlternative(alternative: Alternative = 'two-sided'): Alternative {
  return checkedChoice('alternative', alternative, ['two-sided', 'less', 'greater']);
}

/** @throws InvalidArgumentError unless `value` is one of `choices` */
export function checkedChoice<T extends string>(name: string, value: T, choices: readonly T[]): T {
  if (!choices.includes(value)) {
    const quoted = choices.map((choice) => `'${choice}'`);
    const last = quoted.pop();
    throw new InvalidArgumentError(name, value, `${quoted.join(', ')} or ${last}`);
  }
  return value;
}
