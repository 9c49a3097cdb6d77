import path from 'node:path';
import { access, readdir } from 'node:fs/promises';
import { isMegreImage } from '../bids/names.js';
import { echoCountOf } from '../dicom/read-multi-echo.js';
import { readDicomFiles } from '../dicom/read-series.js';
import { NoImagesError } from '../errors.js';
import { mapOfName } from '../maps/by-name.js';
import { dicomSources, filesIn } from './files.js';

/** Fewest echoes from which water and fat are separated. */
const FEWEST_ECHOES = 3;

/** Where the images of a patient lie in a cohort's folder. */
export interface PatientFolders {
  /** `sub-<id>` itself. */
  subject: string;
  /** The folder with echoes in the layout of BIDS. */
  echoes: string | undefined;
  /** NIfTI maps and JSON files in the subject's folder and in derivatives. */
  maps: string[];
  /** `sourcedata/sub-<id>`, where it exists. */
  dicom: string | undefined;
}

/** Look for a patient's images by the names of files and folders alone. */
export async function foldersOf(folder: string, id: string): Promise<PatientFolders> {
  const subject = path.join(folder, id);
  const places = [subject, ...(await sessionsOf(subject))].map((place) => path.join(place, 'anat'));
  let echoes: string | undefined;
  for (const anat of places) {
    const names = await readdir(anat).catch((): string[] => []);
    if (names.some(isMegreImage)) {
      echoes = anat;
      break;
    }
  }
  const dicom = path.join(folder, 'sourcedata', id);
  return {
    subject,
    echoes,
    maps: await mapsUnder([subject, ...(await derivativesOf(folder, id))]),
    dicom: (await exists(dicom)) ? dicom : undefined,
  };
}

/**
 * Whether a patient has echoes to compute maps from, or only maps. DICOM files are opened for it, NIfTI
 * files are not.
 *
 * @throws NoImagesError when neither is there
 */
export async function kindOfImages(folders: PatientFolders): Promise<'echoes' | 'maps'> {
  const { echoes, maps, dicom } = folders;
  if (echoes !== undefined) return 'echoes';
  if (dicom !== undefined) {
    const files = await readDicomFiles(dicomSources(dicom, undefined), {});
    if (echoCountOf(files) >= FEWEST_ECHOES) return 'echoes';
  }
  if (maps.length > 0 || dicom !== undefined) return 'maps';
  throw nothingFound(folders);
}

/** The folder of a patient's echoes. @throws NoImagesError */
export function echoesOf(folders: PatientFolders): string {
  const found = folders.echoes ?? folders.dicom;
  if (found === undefined) throw nothingFound(folders);
  return found;
}

/** The files or the folder of a patient's maps. @throws NoImagesError */
export function mapsOfPatient(folders: PatientFolders): string[] | string {
  if (folders.maps.length > 0) return folders.maps;
  if (folders.dicom === undefined) throw nothingFound(folders);
  return folders.dicom;
}

function nothingFound({ subject }: PatientFolders): NoImagesError {
  const root = path.dirname(subject);
  const id = path.basename(subject);
  const places = [
    'anat/*_MEGRE.nii.gz',
    'maps such as anat/*_desc-pdff_map.nii.gz there or in a derivative',
    `DICOM files in ${path.join(root, 'sourcedata', id)}`,
  ];
  return new NoImagesError(subject, places.join(', no '));
}

/** Map files and the JSON files beside them. Maps of several derivatives are ambiguous when they are read. */
async function mapsUnder(folders: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const folder of folders) {
    const names = (await exists(folder)) ? await filesIn(folder) : [];
    const maps = names.filter((name) => mapOfName(name) !== undefined);
    if (maps.length > 0) {
      found.push(...maps, ...names.filter((name) => name.toLowerCase().endsWith('.json')));
    }
  }
  return found;
}

async function sessionsOf(subject: string): Promise<string[]> {
  const names = await readdir(subject).catch((): string[] => []);
  return names.filter((name) => name.startsWith('ses-')).map((name) => path.join(subject, name));
}

/** Derivatives that hold no maps of a scanner: regions, and what only a simulation knows. */
const OTHER_DERIVATIVES: readonly string[] = ['rois', 'truth'];

/** Folders of the patient in the derivatives. */
async function derivativesOf(folder: string, id: string): Promise<string[]> {
  const derivatives = path.join(folder, 'derivatives');
  const names = await readdir(derivatives).catch((): string[] => []);
  return names
    .filter((name) => !OTHER_DERIVATIVES.includes(name))
    .sort()
    .map((name) => path.join(derivatives, name, id));
}

/** Whether a file or folder exists. */
export async function exists(name: string): Promise<boolean> {
  return await access(name).then(
    () => true,
    () => false,
  );
}
