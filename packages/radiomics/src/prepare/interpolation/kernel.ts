import type { TypedArray, Vector3 } from '@steatosis/core';

/** What a kernel reads: values in a box of the image, x fastest. */
export interface Samples {
  readonly data: TypedArray;
  /** Voxels of the box. */
  readonly size: Vector3;
  /** First voxel of the box in the image. */
  readonly start: Vector3;
}

/**
 * Which samples an interpolated value is made of, along one axis: the sum of their values times their
 * weights. Of two samples a and b it is a + w (b − a) with the second's weight w.
 */
export interface AxisTaps {
  /** Samples that each position takes. */
  readonly count: number;
  /** Per position `count` indices along the axis, in the samples' box. */
  readonly indices: Int32Array;
  /** Their weights. */
  readonly weights: Float64Array;
}

/**
 * A way to find values between voxels. All positions are in voxels of the image, within half a voxel of
 * its voxels.
 */
export interface Kernel {
  /** The value at one position. */
  at(x: number, y: number, z: number): number;
  /** Where values are products of weights along the axes. */
  readonly separable?: SeparableKernel;
}

/** A kernel whose values are found along one axis after the other. */
export interface SeparableKernel {
  readonly samples: Samples;
  /** The samples that positions along an axis take. */
  readonly taps: (axis: 0 | 1 | 2, positions: Float64Array) => AxisTaps;
  /** Whether values jump at positions where a sample comes in: the last bit of a position counts then. */
  readonly jumps: boolean;
  /** Whether sums along one axis after the other are those of a single position to the last bit. */
  readonly inOrder: boolean;
}

/** A kernel for an image of which positions within a box are wanted. */
export type KernelMaker = (image: Samples, wanted: PositionBox) => Kernel;

/** The lowest and the highest position along each axis. */
export interface PositionBox {
  readonly lowest: Vector3;
  readonly highest: Vector3;
}
