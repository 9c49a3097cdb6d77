const LONGEST_SHOWN = 120;

/** A value of a setting for a message: as JSON where that is possible, and never long. */
export function shown(value: unknown): string {
  if (typeof value === 'number' || typeof value === 'bigint') return String(value);
  const text =
    asJson(value) ??
    (typeof value === 'object' ? 'a list or object that has no JSON' : `a ${typeof value}`);
  return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN - 1)}…` : text;
}

/** Undefined for what has no JSON, such as functions and lists that hold themselves. */
function asJson(value: unknown): string | undefined {
  try {
    return JSON.stringify(value, (_, entry: unknown) =>
      typeof entry === 'bigint' || (typeof entry === 'number' && !Number.isFinite(entry))
        ? String(entry)
        : entry,
    );
  } catch {
    return undefined;
  }
}
