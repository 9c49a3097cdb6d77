import { UnsupportedFormatError } from './errors.js';
import type { ReadOptions } from './options.js';

/** What the readers of single formats need from whoever called them. */
export interface ReadContext {
  onWarning: (message: string) => void;
  /** Opens a file that lies beside another one, as detached headers ask for. */
  openSibling: (of: string, name: string) => Promise<Uint8Array>;
}

/** Opens the data file that a detached header (`.nhdr`, `.hdr`) names, in the folder of the header. */
export type OpenSibling = (name: string) => Promise<Uint8Array>;

export function readContext(
  { onWarning }: ReadOptions,
  openSibling: OpenSibling | undefined,
): ReadContext {
  return {
    onWarning: onWarning ?? (() => undefined),
    openSibling: async (of, name) => {
      if (openSibling === undefined) {
        throw new UnsupportedFormatError(
          'detached header',
          `its voxels are in another file (${name}); read it by its path with @steatosis/io/node, or pass openSibling`,
          { source: of },
        );
      }
      return await openSibling(name);
    },
  };
}
