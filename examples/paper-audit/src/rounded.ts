/** Every number that a printed decimal can stand for: half a unit of its last digit either way. */
export interface Rounded {
  text: string;
  value: number;
  low: number;
  high: number;
}

export function rounded(text: string): Rounded {
  const decimals = text.split('.')[1]?.length ?? 0;
  const value = Number(text);
  const half = 0.5 * 10 ** -decimals;
  return { text, value, low: value - half, high: value + half };
}

/** Can `value` have been printed so? A hair more is allowed for ties, which programs round either way. */
export function prints(value: number, { low, high }: Rounded): boolean {
  return value >= low - 1e-9 && value <= high + 1e-9;
}
