/** Where the echoes of a run of voxels lie: plain data that can be sent to a worker, which reads them there. */
export interface EchoRun {
  real: EchoPlane;
  imaginary: EchoPlane;
  /** 1, or −1 where the imaginary part is to be negated. */
  sign: 1 | -1;
  /** Voxels along x and y, to find a voxel by its grid index. */
  nx: number;
  ny: number;
  /** Grid index of each voxel of the run. */
  voxels: Int32Array;
}

/** An array of shape [x, y, z, echo] in memory. */
export interface EchoPlane {
  data: Float32Array;
  offset: number;
  /** Of x, y, z and echo. */
  stride: readonly number[];
}

/** The run whose echoes (re, im, re, im, …) stand one voxel after the other. */
export function interleavedRun(data: Float32Array, echoes: number): EchoRun {
  const count = data.length / (2 * echoes);
  const stride = [2 * echoes, 0, 0, 2];
  const voxels = new Int32Array(count);
  for (let i = 0; i < count; i++) voxels[i] = i;
  return {
    real: { data, offset: 0, stride },
    imaginary: { data, offset: 1, stride },
    sign: 1,
    nx: count,
    ny: 1,
    voxels,
  };
}

/**
 * Copy the echoes of `run.voxels[from]` … `run.voxels[to − 1]`, the first echo of all of them first, each
 * echo `places` after the one before.
 */
export function gatherEchoes(
  run: EchoRun,
  from: number,
  to: number,
  real: Float32Array,
  imaginary: Float32Array,
  places: number,
): void {
  copyPlane(run, run.real, 1, from, to, real, places);
  copyPlane(run, run.imaginary, run.sign, from, to, imaginary, places);
}

function copyPlane(
  { nx, ny, voxels }: EchoRun,
  { data, offset, stride }: EchoPlane,
  sign: 1 | -1,
  from: number,
  to: number,
  target: Float32Array,
  places: number,
): void {
  const [sx, sy, sz, sk] = stride;
  const echoes = Math.floor(target.length / places);
  for (let i = from; i < to;) {
    const voxel = voxels[i];
    const x = voxel % nx;
    const row = (voxel - x) / nx;
    const y = row % ny;
    const z = (row - y) / ny;
    // Voxels side by side in a row are copied together.
    const most = Math.min(to - i, nx - x);
    let length = 1;
    while (length < most && voxels[i + length] === voxel + length) length++;
    let start = offset + x * sx + y * sy + z * sz;
    let out = i - from;
    for (let k = 0; k < echoes; k++, start += sk, out += places) {
      for (let n = 0, at = start; n < length; n++, at += sx) target[out + n] = sign * data[at];
    }
    i += length;
  }
}
