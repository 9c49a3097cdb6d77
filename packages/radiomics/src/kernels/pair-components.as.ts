import { CELL } from './glcm-cells.as';

/**
 * How often the singular value 1 is there: the connected groups of the graph whose nodes are rows and columns
 * and whose edges are the cells that are not empty.
 *
 * @param parents room for 2·n u32
 */
export function componentsOfPairs(
  cells: usize,
  end: usize,
  n: u32,
  symmetric: bool,
  parents: usize,
): u32 {
  // A node that no cell names stays 0, which is no node: they are numbered from 1.
  memory.fill(parents, 0, (2 * <usize>n + 1) << 2);
  let components: u32 = 0;
  for (let cell = cells; cell < end; cell += CELL) {
    const i = load<u32>(cell);
    const j = load<u32>(cell, 4);
    components += joined(parents, i + 1, n + j + 1);
    if (symmetric && i !== j) components += joined(parents, j + 1, n + i + 1);
  }
  return components;
}

/** Join two nodes. @returns how many groups there are more than before, 1, 0 or −1 as u32 */
function joined(parents: usize, a: u32, b: u32): u32 {
  let change: u32 = 0;
  if (load<u32>(parents + ((<usize>a) << 2)) === 0) {
    store<u32>(parents + ((<usize>a) << 2), a);
    change++;
  }
  if (load<u32>(parents + ((<usize>b) << 2)) === 0) {
    store<u32>(parents + ((<usize>b) << 2), b);
    change++;
  }
  const rootA = rootOf(parents, a);
  const rootB = rootOf(parents, b);
  if (rootA === rootB) return change;
  store<u32>(parents + ((<usize>max<u32>(rootA, rootB)) << 2), min<u32>(rootA, rootB));
  return change - 1;
}

function rootOf(parents: usize, node: u32): u32 {
  let at = node;
  let above = load<u32>(parents + ((<usize>at) << 2));
  while (above !== at) {
    // Halve the way for those who come later.
    const further = load<u32>(parents + ((<usize>above) << 2));
    store<u32>(parents + ((<usize>at) << 2), further);
    at = further;
    above = load<u32>(parents + ((<usize>at) << 2));
  }
  return at;
}
