/** Channels-last images seen as a matrix: one row a pixel, one column a channel. */
export interface Matrix {
  readonly data: Float32Array;
  readonly rows: number;
  /** Columns of the buffer; an operation may use only the first few of them. */
  readonly stride: number;
}

/** Channels-last images. */
export interface Images extends Matrix {
  readonly images: number;
  readonly height: number;
  readonly width: number;
}

export function newImages(images: number, height: number, width: number, channels: number): Images {
  const rows = images * height * width;
  return { data: new Float32Array(rows * channels), rows, stride: channels, images, height, width };
}

/**
 * Rows that one pass over the channels covers. Channel-outer loops over a few rows keep a channel's
 * constants in registers while the rows stay in the first-level cache: half the time of row-outer loops.
 */
export const ROW_BLOCK = 16;
