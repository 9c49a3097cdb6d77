import { CELL } from '../kernels/glcm-cells.as';
import { componentsOfPairs } from '../kernels/pair-components.as';

/**
 * Whether the singular value 1 of a scaled co-occurrence matrix is there more than once: where levels fall
 * into groups that never meet, or into two that only meet each other. So it is with most matrices of few
 * pairs and many levels, which then need no eigenvalues.
 *
 * @param cells the list, see `glcm-cells.as.ts`; every row has one
 * @param scratch room for 2·rows + 1 u32
 */
export function isSingularValueRepeated(
  cells: usize,
  end: usize,
  rows: u32,
  symmetric: bool,
  scratch: usize,
): bool {
  if (!symmetric) return componentsOfPairs(cells, end, rows, false, scratch) > 1;
  let groups = rows;
  let diagonal = false;
  for (let i: u32 = 0; i < rows; i++) store<u32>(scratch + ((<usize>i) << 2), i);
  for (let cell = cells; cell < end; cell += CELL) {
    const a = rootOf(scratch, load<u32>(cell));
    const b = rootOf(scratch, load<u32>(cell, 4));
    if (a !== b) {
      store<u32>(scratch + ((<usize>max<u32>(a, b)) << 2), min<u32>(a, b));
      groups--;
    } else if (load<u32>(cell) === load<u32>(cell, 4)) {
      diagonal = true;
    }
  }
  if (groups > 1) return true;
  // A level that meets itself is in both of two groups that only meet each other: there are none.
  return !diagonal && componentsOfPairs(cells, end, rows, true, scratch) > 1;
}

function rootOf(parents: usize, node: u32): u32 {
  let at = node;
  let above = load<u32>(parents + ((<usize>at) << 2));
  while (above !== at) {
    at = above;
    above = load<u32>(parents + ((<usize>at) << 2));
  }
  return at;
}
