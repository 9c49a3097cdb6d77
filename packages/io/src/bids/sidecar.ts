import { FormatError } from '../errors.js';
import type { NamedSource } from '../sources.js';
import { folderOf, parseBidsName } from './names.js';

/** What a sidecar says about one image, in the units of BIDS. */
export type Sidecar = Readonly<Record<string, unknown>>;

/**
 * The metadata of an image by BIDS' inheritance: every sidecar of the same suffix, in its folder or above,
 * whose entities are among the image's; nearer folders and more entities win.
 */
export async function sidecarOf(
  image: string,
  sidecars: readonly NamedSource[],
  opened: Map<string, Promise<Sidecar>>,
): Promise<Sidecar> {
  const own = parseBidsName(image);
  const folder = folderOf(image);
  const matching = sidecars
    .flatMap((source) => {
      const name = parseBidsName(source.name);
      const above = folderOf(source.name);
      const inherits =
        name !== undefined &&
        name.suffix === own?.suffix &&
        (above === folder || above === '' || folder.startsWith(`${above}/`)) &&
        Object.entries(name.entities).every(([key, value]) => own.entities[key] === value);
      return inherits ? [{ source, above, entities: Object.keys(name.entities).length }] : [];
    })
    .sort((a, b) => a.above.length - b.above.length || a.entities - b.entities);
  const merged: Record<string, unknown> = {};
  for (const { source } of matching) {
    let reading = opened.get(source.name);
    if (reading === undefined) {
      reading = readSidecar(source);
      opened.set(source.name, reading);
    }
    Object.assign(merged, await reading);
  }
  return merged;
}

async function readSidecar({ name, bytes }: NamedSource): Promise<Sidecar> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(await bytes()));
  } catch (cause) {
    if (!(cause instanceof SyntaxError || cause instanceof TypeError)) throw cause;
    throw new FormatError('BIDS sidecar', `it is not JSON (${cause.message})`, {
      source: name,
      cause,
    });
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    throw new FormatError('BIDS sidecar', 'it is no JSON object', { source: name });
  }
  return parsed as Sidecar;
}

/** A number of a sidecar; `undefined` where it is absent. */
export function sidecarNumber(sidecar: Sidecar, key: string, source: string): number | undefined {
  const value = sidecar[key];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'number' || !Number.isFinite(value)) {
    throw new FormatError(
      'BIDS sidecar',
      `${key} of ${source} is ${JSON.stringify(value)?.slice(0, 60)}; a number was expected`,
      { field: key },
    );
  }
  return value;
}
