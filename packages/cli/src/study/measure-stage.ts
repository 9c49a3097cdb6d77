import type { StudyPatient } from './cohort.js';
import { inLanes } from './in-lanes.js';
import type { PatientData } from './patient-data.js';
import type { StudyRun } from './run-study.js';
import { STAGES } from './stages.js';

/** Measure all patients on the workers; those that the checkpoint holds are not measured again. */
export async function measurePatients(
  { settings, seed, folder, pool, checkpoint, options, say, warn }: StudyRun,
  patients: readonly StudyPatient[],
): Promise<PatientData[]> {
  const data = await Promise.all(
    patients.map(({ id }) => checkpoint.load<PatientData>(`patient-${id}`)),
  );
  const missing = [...patients.keys()].filter((i) => data[i] === undefined);
  let done = patients.length - missing.length;
  if (done > 0) say(`Resuming: ${done} of ${patients.length} patients are already measured`);
  const { message } = STAGES.measuring;
  options.onProgress?.({ done, total: patients.length, message });
  await inLanes(missing, pool.size, options.signal, async (i, signal) => {
    const { id } = patients[i]!;
    const { warnings, ...patient } = await pool.run(
      'measurePatient',
      { folder, id, seed, settings },
      { signal },
    );
    for (const warning of warnings) warn(`${id}: ${warning}`);
    await checkpoint.save(`patient-${id}`, patient);
    data[i] = patient;
    options.onProgress?.({ done: ++done, total: patients.length, message });
  });
  return data as PatientData[];
}
