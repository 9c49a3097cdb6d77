/**
 * The entry of a table under a key that comes from a file: names such as `constructor`, which every object
 * inherits, are absent.
 */
export function lookup<T>(table: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}
