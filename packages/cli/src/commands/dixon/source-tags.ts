import {
  type MultiEcho,
  readSeries,
  type Series,
  SeriesError,
  type SeriesTags,
} from '@steatosis/io/node';
import { isSteatosisError } from '@steatosis/core';

/**
 * What DICOM maps say about the examination: how it was made and, where identifiers may be kept and the
 * input is DICOM, whose it is. Else the subject's name from the path takes the place of the patient.
 *
 * @throws SeriesError when the input holds several patients or examinations
 */
export async function sourceTags(
  input: string,
  subject: string,
  multiEcho: MultiEcho,
  keepIdentifiers: boolean,
): Promise<SeriesTags> {
  const { fieldStrengthT, flipAngleDeg, repetitionTimeMs } = multiEcho;
  const made: Record<string, number> = { MagneticFieldStrength: fieldStrengthT };
  if (flipAngleDeg !== undefined) made['FlipAngle'] = flipAngleDeg;
  if (repetitionTimeMs !== undefined) made['RepetitionTime'] = repetitionTimeMs;
  const series = keepIdentifiers ? await dicomSeries(input) : [];
  const echoes = series.find(({ volumes }) => volumes.some((v) => v.echoTimesMs.length > 1));
  const tags = (echoes ?? series[0])?.tags;
  if (tags === undefined) return { ...made, PatientID: subject };
  for (const keyword of ['StudyInstanceUID', 'PatientID', 'PatientName']) {
    const values = new Set(series.map((each) => each.tags[keyword]));
    if (values.size > 1) {
      throw new SeriesError(
        'ambiguous',
        `${input} holds ${values.size} different values of ${keyword}; the maps can belong to one examination only. Give the files of one, or leave out --keep-identifiers.`,
      );
    }
  }
  return { ...tags, ...made };
}

async function dicomSeries(input: string): Promise<Series[]> {
  try {
    return await readSeries(input, { keepIdentifiers: true });
  } catch (error) {
    if (isSteatosisError(error, 'NO_IMAGES') || isSteatosisError(error, 'MALFORMED_FILE'))
      return [];
    throw error;
  }
}
