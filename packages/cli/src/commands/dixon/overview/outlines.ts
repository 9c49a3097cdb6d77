/** A straight piece of an outline between two corners of voxels. */
type Edge = readonly [x1: number, y1: number, x2: number, y2: number];

/** The outline of a region in a slice, in voxels from the corner of the picture. */
export interface RegionOutline {
  label: string;
  edges: Edge[];
  /** Box that holds the region. */
  box: { left: number; top: number; right: number; bottom: number };
  /** A place inside the region, as deep as any. */
  inside: { x: number; y: number };
}

/**
 * The outline of the voxels ≠ 0 of a slice along the sides of voxels, longest possible straight pieces.
 *
 * @returns undefined where there are none
 */
export function outlineOf(
  inside: Uint8Array,
  width: number,
  height: number,
  label: string,
): RegionOutline | undefined {
  const at = (x: number, y: number) =>
    x >= 0 && y >= 0 && x < width && y < height && inside[y * width + x] !== 0;
  const edges: Edge[] = [];
  for (let y = 0; y <= height; y++) {
    runs(width, (x) => at(x, y - 1) !== at(x, y)).forEach(([from, to]) =>
      edges.push([from, y, to, y]),
    );
  }
  for (let x = 0; x <= width; x++) {
    runs(height, (y) => at(x - 1, y) !== at(x, y)).forEach(([from, to]) =>
      edges.push([x, from, x, to]),
    );
  }
  if (edges.length === 0) return undefined;
  const xs = edges.flatMap(([x1, , x2]) => [x1, x2]);
  const ys = edges.flatMap(([, y1, , y2]) => [y1, y2]);
  const box = {
    left: Math.min(...xs),
    right: Math.max(...xs),
    top: Math.min(...ys),
    bottom: Math.max(...ys),
  };
  return { label, edges, box, inside: deepest(at, box) };
}

/** Runs of positions at which something holds, from inclusive to exclusive. */
function runs(length: number, holds: (i: number) => boolean): [from: number, to: number][] {
  const found: [number, number][] = [];
  for (let i = 0; i < length; i++) {
    if (!holds(i)) continue;
    const last = found.at(-1);
    if (last !== undefined && last[1] === i) last[1] = i + 1;
    else found.push([i, i + 1]);
  }
  return found;
}

/** The voxel farthest from outside (in steps along the axes), of several the one nearest to their middle. */
function deepest(
  at: (x: number, y: number) => boolean,
  { left, top, right, bottom }: RegionOutline['box'],
): { x: number; y: number } {
  const [width, height] = [right - left, bottom - top];
  const steps = new Uint16Array(width * height);
  const stepsAt = (x: number, y: number) =>
    x >= 0 && y >= 0 && x < width && y < height ? steps[y * width + x]! : 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (at(left + x, top + y)) {
        steps[y * width + x] = 1 + Math.min(stepsAt(x - 1, y), stepsAt(x, y - 1));
      }
    }
  }
  for (let y = height - 1; y >= 0; y--) {
    for (let x = width - 1; x >= 0; x--) {
      const back = 1 + Math.min(stepsAt(x + 1, y), stepsAt(x, y + 1));
      steps[y * width + x] = Math.min(steps[y * width + x]!, back);
    }
  }
  const most = steps.reduce((a, b) => Math.max(a, b), 0);
  const deep = Array.from(steps.keys()).filter((i) => steps[i] === most);
  const [xs, ys] = [deep.map((i) => i % width), deep.map((i) => Math.floor(i / width))];
  const mean = (values: number[]) => values.reduce((sum, v) => sum + v, 0) / values.length;
  const [cx, cy] = [mean(xs), mean(ys)];
  const away = deep.map((_, i) => Math.hypot(xs[i]! - cx, ys[i]! - cy));
  const nearest = away.indexOf(Math.min(...away));
  return { x: left + xs[nearest]! + 0.5, y: top + ys[nearest]! + 0.5 };
}

/**
 * Where the label of a region stands: in it, if it is large enough, else above it. Sizes are in voxels.
 *
 * @returns the middle of the text, or the middle of its lower edge where it stands above
 */
export function labelPlace(
  { box, inside }: RegionOutline,
  textWidth: number,
  textHeight: number,
): { x: number; y: number; above: boolean } {
  const [width, height] = [box.right - box.left, box.bottom - box.top];
  if (width >= 3 * textWidth && height >= 3 * textHeight) return { ...inside, above: false };
  return { x: box.left + width / 2, y: box.top, above: true };
}
