import { SteatosisError } from '@steatosis/core';

/** A setting, feature or image type has an unknown name, a wrong type or an impossible value. */
export class SettingsError extends SteatosisError {
  readonly code = 'INVALID_SETTING';
  /** Path of the offending key, such as `binWidth` or `featureClass.glcm`. */
  readonly key: string;
  /** What was given. */
  readonly found: unknown;
  /** The nearest valid name, where one is near. */
  readonly nearest?: string;

  constructor(
    key: string,
    found: unknown,
    message: string,
    options: { nearest?: string | undefined; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.key = key;
    this.found = found;
    if (options.nearest !== undefined) this.nearest = options.nearest;
  }
}

/** The mask holds no voxel other than 0. */
export class EmptyMaskError extends SteatosisError {
  readonly code = 'EMPTY_MASK';

  constructor() {
    super('The mask is empty: every voxel is 0. Expected voxels with the label of a region.');
  }
}

/** The mask holds other labels than the one asked for. */
export class LabelAbsentError extends SteatosisError {
  readonly code = 'LABEL_ABSENT';
  readonly label: number;
  /** The non-zero labels that the mask holds, ascending; the first hundred if there are more. */
  readonly present: readonly number[];

  constructor(label: number, present: readonly number[]) {
    super(
      `No voxel of the mask has the label ${label}. It holds ${present.join(', ')}: set \`label\` to one of them.`,
    );
    this.label = label;
    this.present = present;
  }
}

/** The region has too few voxels or too few dimensions for feature extraction. */
export class RegionTooSmallError extends SteatosisError {
  readonly code = 'REGION_TOO_SMALL';
  /** Voxels of the region. */
  readonly voxels: number;
  /** Axes along which the region is longer than one voxel. */
  readonly dimensions: number;

  constructor(voxels: number, dimensions: number, expected: string) {
    const along =
      dimensions === 0 ? '' : ` along ${dimensions} dimension${dimensions === 1 ? '' : 's'}`;
    super(
      `The region has ${voxels} voxel${voxels === 1 ? '' : 's'}${along}; expected ${expected}.`,
    );
    this.voxels = voxels;
    this.dimensions = dimensions;
  }
}

/** A mask holds a value that is no label. */
export class NonIntegerMaskError extends SteatosisError {
  readonly code = 'NON_INTEGER_MASK';
  /** The first such value. */
  readonly value: number;
  /** Its voxel index x, y, z. */
  readonly first: readonly [number, number, number];

  constructor(value: number, first: readonly [number, number, number]) {
    super(
      `The mask is ${value} at (${first.join(', ')}); expected integer labels. Of a probability map make a ` +
        `mask first, for one of the voxels with at least 0.5.`,
    );
    this.value = value;
    this.first = first;
  }
}

/** The box of a region reaches beyond the image, which lies on another grid than the mask. */
export class RegionOutsideImageError extends SteatosisError {
  readonly code = 'REGION_OUTSIDE_IMAGE';
  /** Lowest and highest corner of the region's box in voxels of the image; its field starts at −0.5. */
  readonly lowest: readonly [number, number, number];
  readonly highest: readonly [number, number, number];
  /** Voxels of the image along x, y, z. */
  readonly imageSize: readonly [number, number, number];

  constructor(
    lowest: readonly [number, number, number],
    highest: readonly [number, number, number],
    imageSize: readonly [number, number, number],
  ) {
    const list = (values: readonly number[]) =>
      values.map((v) => Number(v.toPrecision(6))).join(', ');
    super(
      `The region reaches from (${list(lowest)}) to (${list(highest)}) in voxels of the image, which has ` +
        `${imageSize.join('×')} voxels from (-0.5, -0.5, -0.5) on. Give the image that the region was drawn on.`,
    );
    this.lowest = lowest;
    this.highest = highest;
    this.imageSize = imageSize;
  }
}

/** Resampling would give an image of more voxels than memory should be spent on. */
export class ResampledTooLargeError extends SteatosisError {
  readonly code = 'RESAMPLED_TOO_LARGE';
  /** Voxels along x, y, z that the resampled image would have. */
  readonly size: readonly [number, number, number];
  /** Voxels that it may have. */
  readonly limit: number;

  constructor(size: readonly [number, number, number], limit: number) {
    super(
      `The resampled image would have ${size.join('×')} voxels; at most ${limit} are possible. ` +
        `Set a larger resampledPixelSpacing or a smaller padDistance.`,
    );
    this.size = size;
    this.limit = limit;
  }
}

/** An image cannot be normalised: its standard deviation is 0 or not a number. */
export class CannotNormaliseError extends SteatosisError {
  readonly code = 'CANNOT_NORMALISE';
  readonly reason: 'constant' | 'not finite';
  /** Voxels that are NaN or infinite, 0 where values are too large, or all voxels of a constant image. */
  readonly voxels: number;

  constructor(reason: 'constant' | 'not finite', voxels: number) {
    super(
      reason === 'constant'
        ? `The image is constant over its ${voxels} voxels: there is no standard deviation to divide by. Leave \`normalize\` out.`
        : voxels === 0
          ? 'The values of the image are so large that their squares overflow. Divide them by a power of ten, or leave `normalize` out.'
          : `The image is NaN or infinite at ${voxels} voxel${voxels === 1 ? '' : 's'}, so that the whole image has no mean. ` +
            `Set these voxels to a number, or leave \`normalize\` out.`,
    );
    this.reason = reason;
    this.voxels = voxels;
  }
}

/** The image is NaN or infinite at voxels of the region. */
export class NonFiniteRegionError extends SteatosisError {
  readonly code = 'NON_FINITE_REGION';
  /** Number of such voxels. */
  readonly voxels: number;
  /** Voxel index x, y, z of the first. */
  readonly first: readonly [number, number, number];
  /** Name of the image where it is a derived one, such as `wavelet-LLH`. */
  readonly image: string | undefined;

  constructor(
    voxels: number,
    first: readonly [number, number, number],
    advice: string,
    image?: string,
  ) {
    super(
      `The image ${image === undefined ? '' : `${image} `}is not finite at ${voxels} voxel${voxels === 1 ? '' : 's'} of the region, ` +
        `first at (${first.join(', ')}). ${advice}`,
    );
    this.voxels = voxels;
    this.first = first;
    this.image = image;
  }
}

/** Discretisation would give more gray levels than the texture matrices can hold. */
export class TooManyGrayLevelsError extends SteatosisError {
  readonly code = 'TOO_MANY_GRAY_LEVELS';
  /** Gray levels that the settings would give. */
  readonly levels: number;
  readonly limit: number;

  constructor(levels: number, limit: number) {
    super(
      `The region would have ${levels} gray levels; at most ${limit} are possible. ` +
        `Set a larger binWidth or a binCount that suits the range of the image.`,
    );
    this.levels = levels;
    this.limit = limit;
  }
}

/** 2-D shape features need a region of one slice along `force2Ddimension`. */
export class NotPlanarError extends SteatosisError {
  readonly code = 'NOT_PLANAR';
  /** Image axis across the plane. */
  readonly axis: 'x' | 'y' | 'z';
  /** Slices of the region along that axis. */
  readonly slices: number;

  constructor(axis: 'x' | 'y' | 'z', slices: number) {
    super(
      `shape2D describes one slice, but the region spans ${slices} slices along ${axis}. ` +
        `Give one slice, set force2Ddimension to the axis across it, or ask for \`shape\`.`,
    );
    this.axis = axis;
    this.slices = slices;
  }
}
