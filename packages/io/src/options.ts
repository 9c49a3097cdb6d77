import { InvalidArgumentError } from '@steatosis/core';

/** Options that readers share. */
export interface ReadOptions {
  /** Called with a sentence for everything odd that did not stop the reading. Default: warnings are dropped. */
  onWarning?: ((message: string) => void) | undefined;
}

/** @throws InvalidArgumentError when the options hold a name that the function does not know */
export function checkedOptions<T extends object>(
  where: string,
  options: T,
  known: readonly (keyof T & string)[],
): T {
  for (const key of Object.keys(options)) {
    if (!(known as readonly string[]).includes(key)) {
      throw new InvalidArgumentError(
        `options.${key} of ${where}`,
        (options as Record<string, unknown>)[key],
        `one of ${known.join(', ')}`,
      );
    }
  }
  return options;
}
