/**
 * Leave out what could tell who a patient is: DICOM UIDs, which scanners write into file names and which
 * therefore turn up in warnings and errors. The study's own files name participants by `sub-…` only.
 */
export function withoutUids(message: string): string {
  return message.replaceAll(/\d+(?:\.\d+){4,}/g, '[UID]');
}
