/** SplitMix64 (Steele, Lea and Flood 2014, doi:10.1145/2660193.2660195), used for seeding only. */

const GOLDEN = 0x9e3779b97f4a7c15n;

/** The finaliser of SplitMix64 after one step from `x`. */
export function mix64(x: bigint): bigint {
  let z = BigInt.asUintN(64, x + GOLDEN);
  z = BigInt.asUintN(64, (z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n);
  z = BigInt.asUintN(64, (z ^ (z >> 27n)) * 0x94d049bb133111ebn);
  return z ^ (z >> 31n);
}

/** Four 32-bit words of state: two outputs of SplitMix64. They are never all zero. */
export function seedWords(seed: bigint): [number, number, number, number] {
  const first = mix64(seed);
  const second = mix64(seed + GOLDEN);
  const words: [number, number, number, number] = [
    Number(first & 0xffffffffn) | 0,
    Number(first >> 32n) | 0,
    Number(second & 0xffffffffn) | 0,
    Number(second >> 32n) | 0,
  ];
  return words.every((word) => word === 0) ? [1, 0, 0, 0] : words;
}

/** 64 bits of a stream's key: FNV-1a over its UTF-16 units, numbers and strings kept apart by a tag. */
export function hashKey(key: number | string): bigint {
  const text = typeof key === 'number' ? `n${key}` : `s${key}`;
  let hash = 0xcbf29ce484222325n;
  for (let i = 0; i < text.length; i++) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(text.charCodeAt(i))) * 0x100000001b3n);
  }
  return hash;
}
