/** Put in by the build (`define` in tsup.config.ts), so that no bundle carries a package.json. */
declare const STEATOSIS_RADIOMICS_VERSION: string | undefined;

/** The version of this package as published; `unbuilt` when it runs from its source. */
export function packageVersion(): string {
  return typeof STEATOSIS_RADIOMICS_VERSION === 'string' ? STEATOSIS_RADIOMICS_VERSION : 'unbuilt';
}
