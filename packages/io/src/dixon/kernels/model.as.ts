/** The acquisition and the two voxels in the lanes. */

/** Most echoes. */
export const MOST_ECHOES: i32 = 64;

/** Bytes of a register. */
export const LANES: usize = 16;

export let echoCount: i32 = 0;
export let stepCount: i32 = 0;

/** Time in s and fat phasor c of each echo: t, Re c, Im c, |c|², each in both lanes. */
export const ECHO = memory.data(4096, 16);
/** Index of the step that leads to each echo, times the bytes of a register. */
export const STEP_OF_ECHO = memory.data(256, 16);
/** The distinct steps in s, in both lanes. */
export const STEPS = memory.data(1024, 16);

/** Echoes of the two voxels: real and imaginary part. */
export const VOXEL = memory.data(2048, 16);
/** Σ|s|² of each of them. */
export const ENERGY = memory.data(16, 16);

/** Echoes of all voxels: real parts of echo 0, of echo 1 …, `capacity` places each; then imaginary parts. */
let realEchoes: usize = 0;
let imaginaryEchoes: usize = 0;
let capacity: usize = 0;

/** Say where the echoes lie and how many places each echo has. */
export function setEchoes(real: usize, imaginary: usize, places: usize): void {
  realEchoes = real;
  imaginaryEchoes = imaginary;
  capacity = places;
}

export function startModel(echoes: i32, steps: i32): void {
  echoCount = echoes;
  stepCount = steps;
}

export function setEcho(k: usize, timeS: f64, fatReal: f64, fatImaginary: f64, step: u32): void {
  const at = ECHO + k * 4 * LANES;
  v128.store(at, f64x2.splat(timeS));
  v128.store(at, f64x2.splat(fatReal), 16);
  v128.store(at, f64x2.splat(fatImaginary), 32);
  v128.store(at, f64x2.splat(fatReal * fatReal + fatImaginary * fatImaginary), 48);
  store<u32>(STEP_OF_ECHO + 4 * k, step * <u32>LANES);
}

export function setStep(j: usize, timeS: f64): void {
  v128.store(STEPS + j * LANES, f64x2.splat(timeS));
}

/** Address of the real parts of echo `k`. */
export function realOf(k: usize): usize {
  return realEchoes + 4 * k * capacity;
}
/** Address of the imaginary parts of echo `k`. */
export function imaginaryOf(k: usize): usize {
  return imaginaryEchoes + 4 * k * capacity;
}

/** Put a voxel into a lane. */
export function loadVoxel(voxel: usize, lane: usize): void {
  let energy: f64 = 0;
  let to = VOXEL + 8 * lane;
  for (let k: usize = 0; k < <usize>echoCount; k++, to += 2 * LANES) {
    const re = <f64>load<f32>(realOf(k) + 4 * voxel);
    const im = <f64>load<f32>(imaginaryOf(k) + 4 * voxel);
    store<f64>(to, re);
    store<f64>(to, im, 16);
    energy += re * re + im * im;
  }
  store<f64>(ENERGY + 8 * lane, energy);
}
