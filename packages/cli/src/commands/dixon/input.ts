import { isSteatosisError, type Volume } from '@steatosis/core';
import {
  type MultiEcho,
  NoImagesError,
  readMaps,
  readMultiEcho,
  type ScannerMaps,
} from '@steatosis/io/node';
import type { Maps } from './maps.js';

/** What a folder holds: echoes to separate, or only maps that the scanner made. */
export type DixonInput =
  | { kind: 'echoes'; multiEcho: MultiEcho; reference: Volume }
  | { kind: 'maps'; maps: Maps; reference: Volume };

/**
 * Read echoes, or where there are none the scanner's maps.
 *
 * @throws NoImagesError when there is neither, or the maps tell no PDFF
 */
export async function readInput(
  input: string,
  onWarning: (message: string) => void,
): Promise<DixonInput> {
  // Warnings of the reader that found nothing would only confuse.
  const warnings: string[] = [];
  try {
    const multiEcho = await readMultiEcho(input, { onWarning: (text) => warnings.push(text) });
    warnings.forEach(onWarning);
    return { kind: 'echoes', multiEcho, reference: multiEcho.magnitude ?? multiEcho.real };
  } catch (error) {
    if (!isSteatosisError(error, 'NO_IMAGES')) throw error;
    const maps = await mapsOf(input, error, onWarning);
    const { pdffPercent } = maps;
    if (pdffPercent !== undefined) {
      return { kind: 'maps', maps: { ...maps, pdffPercent }, reference: pdffPercent };
    }
    throw new NoImagesError(
      input,
      'echoes and no PDFF: of the maps of a scanner, fat fraction or water and fat are needed',
      { cause: error },
    );
  }
}

/** The maps, or the error that there are no echoes. */
async function mapsOf(
  input: string,
  noEchoes: unknown,
  onWarning: (message: string) => void,
): Promise<ScannerMaps> {
  try {
    return await readMaps(input, { onWarning });
  } catch (error) {
    throw isSteatosisError(error, 'NO_IMAGES') ? noEchoes : error;
  }
}
