/**
 * Points spread evenly on a sphere: the corners of an icosahedron whose faces are divided in four again
 * and again, new corners being pushed out to the sphere. Points and their order are those of trimesh.
 *
 * @param subdivisions 0 for the 12 corners of the icosahedron, then 42, 162, 642, …
 * @returns x, y, z of one point after the other
 */
export function icosphere(subdivisions: number, radius: number): Float64Array {
  let points = icosahedronCorners();
  let faces = icosahedronFaces();
  if (subdivisions === 0) pushOut(points, radius);
  for (let level = 0; level < subdivisions; level++) {
    ({ points, faces } = divide(points, faces));
    pushOut(points, radius);
  }
  return Float64Array.from(points);
}

function icosahedronCorners(): number[] {
  const a = 0.5257311121191336;
  const b = 0.85065080835204;
  return [
    [-a, b, 0],
    [a, b, 0],
    [-a, -b, 0],
    [a, -b, 0],
    [0, -a, b],
    [0, a, b],
    [0, -a, -b],
    [0, a, -b],
    [b, 0, -a],
    [b, 0, a],
    [-b, 0, -a],
    [-b, 0, a],
  ].flat();
}

function icosahedronFaces(): number[][] {
  return [
    [0, 11, 5],
    [0, 5, 1],
    [0, 1, 7],
    [0, 7, 10],
    [0, 10, 11],
    [1, 5, 9],
    [5, 11, 4],
    [11, 10, 2],
    [10, 7, 6],
    [7, 1, 8],
    [3, 9, 4],
    [3, 4, 2],
    [3, 2, 6],
    [3, 6, 8],
    [3, 8, 9],
    [4, 9, 5],
    [2, 4, 11],
    [6, 2, 10],
    [8, 6, 7],
    [9, 8, 1],
  ];
}

/** Each face becomes four, with new corners in the middle of its edges. */
function divide(points: number[], faces: number[][]): { points: number[]; faces: number[][] } {
  const count = points.length / 3;
  const keyOf = (i: number, j: number): number => Math.max(i, j) * count + Math.min(i, j);
  const keys = new Set(faces.flatMap(([a, b, c]) => [keyOf(a, b), keyOf(b, c), keyOf(c, a)]));
  const grown = [...points];
  const middleOf = new Map<number, number>();
  for (const key of [...keys].sort((a, b) => a - b)) {
    middleOf.set(key, grown.length / 3);
    const i = 3 * (key % count);
    const j = 3 * Math.floor(key / count);
    for (let axis = 0; axis < 3; axis++) grown.push((points[i + axis] + points[j + axis]) / 2);
  }
  const middle = (i: number, j: number): number => middleOf.get(keyOf(i, j))!;
  const divided = faces.flatMap(([a, b, c]) => {
    const [ab, bc, ca] = [middle(a, b), middle(b, c), middle(c, a)];
    return [
      [a, ab, ca],
      [ab, b, bc],
      [ca, bc, c],
      [ab, bc, ca],
    ];
  });
  return { points: grown, faces: divided };
}

function pushOut(points: number[], radius: number): void {
  for (let p = 0; p < points.length; p += 3) {
    const [x, y, z] = [points[p], points[p + 1], points[p + 2]];
    const length = Math.sqrt(x * x + y * y + z * z);
    for (let axis = 0; axis < 3; axis++) {
      points[p + axis] += (points[p + axis] / length) * (radius - length);
    }
  }
}
