import type { Volume } from '@steatosis/core';
import { readImage, readSegmentation, SegmentationError } from '@steatosis/io/node';
import { endingOf } from '../../command-line/output.js';
import { fileState } from './case-keys.js';

/** Reads images and masks; the last image is kept, since several masks of one image often follow each other. */
export class CaseReader {
  #last: { identity: string; image: Promise<Volume> } | undefined;

  /**
   * @param channel of a mask with several; undefined where none was chosen
   * @param onWarning told what the readers found odd
   */
  async read(
    imagePath: string,
    maskPath: string,
    channel: number | undefined,
    onWarning: (message: string) => void,
  ): Promise<{ image: Volume; mask: Volume }> {
    const identity = `${imagePath} ${await fileState(imagePath)}`;
    if (this.#last?.identity !== identity) {
      this.#last = { identity, image: readImage(imagePath, { onWarning }) };
    }
    const image = await this.#last.image;
    return { image, mask: await readMask(maskPath, image, channel, onWarning) };
  }
}

/** The mask; those that tell their place in the patient are put on the grid of the image. */
async function readMask(
  path: string,
  image: Volume,
  channel: number | undefined,
  onWarning: (message: string) => void,
): Promise<Volume> {
  const placed = endingOf(path, ['.seg.nrrd', '.mrk.json']) !== undefined;
  const { mask } = await readSegmentation(path, placed ? image : undefined, { onWarning });
  const layers = mask.data.shape[3] ?? 1;
  if (layers > 1 && channel === undefined) {
    throw new SegmentationError(
      `${path} has overlapping segments in ${layers} layers; one layer was expected. Choose it by Label_channel (from 0), or export the segment alone.`,
      path,
    );
  }
  if (channel !== undefined && layers > 1 && channel >= layers) {
    throw new SegmentationError(
      `${path} has the layers 0 … ${layers - 1}; Label_channel is ${channel}.`,
      path,
    );
  }
  return layers === 1 ? mask : { ...mask, data: mask.data.pick(null, null, null, channel ?? 0) };
}
