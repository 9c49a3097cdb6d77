import { expect, test } from 'vitest';
import * as api from '../src/index.js';
import * as nodeApi from '../src/node.js';

test('the public surface changes only on purpose', () => {
  expect(Object.keys(api).sort()).toMatchInlineSnapshot(`
    [
      "FileAccessError",
      "FormatError",
      "NoImagesError",
      "PhaseMissingError",
      "RoiPlacementError",
      "SegmentationError",
      "SeriesError",
      "TableError",
      "UnsupportedFormatError",
      "UnusableEchoesError",
      "WasmSimdMissingError",
      "addNoise",
      "affine",
      "augmentPatch",
      "cropPatch",
      "encodeDicomMaps",
      "encodeNifti",
      "encodeNrrd",
      "fatSpectra",
      "flipHorizontal",
      "flipVertical",
      "paperAcquisition",
      "readImage",
      "readMaps",
      "readMarkups",
      "readMultiEcho",
      "readSegmentation",
      "readSeries",
      "roiBox",
      "rotate",
      "rotate90",
      "separateWaterFat",
      "separationDefaults",
      "simulateCohort",
      "simulateMultiEcho",
      "steatosisGrade",
      "steatosisThresholds",
      "summariseRoi",
      "summariseSegments",
      "translateReflect",
      "transpose",
    ]
  `);
});

test('the file system form has all of it, and more', () => {
  const own = Object.keys(nodeApi).filter((name) => !(name in api));
  expect(Object.keys(api).filter((name) => !(name in nodeApi))).toEqual([]);
  expect(own.sort()).toMatchInlineSnapshot(`
    [
      "FolderInUseError",
      "describeSource",
      "makeFolders",
      "readCohort",
      "readParticipants",
      "writeImage",
      "writeMultiEchoBids",
      "writeParticipants",
      "writeRoiLabels",
      "writeSimulatedCohort",
    ]
  `);
});
