/** A tag and the value representation that the standard (or the vendor) gives it. */
export interface KnownTag {
  tag: number;
  vr: string;
}

/** The elements that this package reads, by the standard's keyword. */
export const TAGS = {
  TransferSyntaxUID: { tag: 0x00020010, vr: 'UI' },
  SpecificCharacterSet: { tag: 0x00080005, vr: 'CS' },
  ImageType: { tag: 0x00080008, vr: 'CS' },
  SOPClassUID: { tag: 0x00080016, vr: 'UI' },
  SOPInstanceUID: { tag: 0x00080018, vr: 'UI' },
  StudyDate: { tag: 0x00080020, vr: 'DA' },
  Modality: { tag: 0x00080060, vr: 'CS' },
  Manufacturer: { tag: 0x00080070, vr: 'LO' },
  InstitutionName: { tag: 0x00080080, vr: 'LO' },
  SeriesDescription: { tag: 0x0008103e, vr: 'LO' },
  ManufacturerModelName: { tag: 0x00081090, vr: 'LO' },
  FrameType: { tag: 0x00089007, vr: 'CS' },
  ComplexImageComponent: { tag: 0x00089208, vr: 'CS' },
  PatientName: { tag: 0x00100010, vr: 'PN' },
  PatientID: { tag: 0x00100020, vr: 'LO' },
  PatientBirthDate: { tag: 0x00100030, vr: 'DA' },
  PatientSex: { tag: 0x00100040, vr: 'CS' },
  PatientAge: { tag: 0x00101010, vr: 'AS' },
  SequenceName: { tag: 0x00180024, vr: 'SH' },
  SliceThickness: { tag: 0x00180050, vr: 'DS' },
  RepetitionTime: { tag: 0x00180080, vr: 'DS' },
  EchoTime: { tag: 0x00180081, vr: 'DS' },
  ImagingFrequency: { tag: 0x00180084, vr: 'DS' },
  EchoNumbers: { tag: 0x00180086, vr: 'IS' },
  MagneticFieldStrength: { tag: 0x00180087, vr: 'DS' },
  SpacingBetweenSlices: { tag: 0x00180088, vr: 'DS' },
  ProtocolName: { tag: 0x00181030, vr: 'LO' },
  TriggerTime: { tag: 0x00181060, vr: 'DS' },
  FlipAngle: { tag: 0x00181314, vr: 'DS' },
  EffectiveEchoTime: { tag: 0x00189082, vr: 'FD' },
  TransmitterFrequency: { tag: 0x00189098, vr: 'FD' },
  StudyInstanceUID: { tag: 0x0020000d, vr: 'UI' },
  SeriesInstanceUID: { tag: 0x0020000e, vr: 'UI' },
  SeriesNumber: { tag: 0x00200011, vr: 'IS' },
  AcquisitionNumber: { tag: 0x00200012, vr: 'IS' },
  InstanceNumber: { tag: 0x00200013, vr: 'IS' },
  ImagePositionPatient: { tag: 0x00200032, vr: 'DS' },
  ImageOrientationPatient: { tag: 0x00200037, vr: 'DS' },
  FrameOfReferenceUID: { tag: 0x00200052, vr: 'UI' },
  TemporalPositionIdentifier: { tag: 0x00200100, vr: 'IS' },
  TemporalPositionIndex: { tag: 0x00209128, vr: 'UL' },
  SamplesPerPixel: { tag: 0x00280002, vr: 'US' },
  PhotometricInterpretation: { tag: 0x00280004, vr: 'CS' },
  NumberOfFrames: { tag: 0x00280008, vr: 'IS' },
  Rows: { tag: 0x00280010, vr: 'US' },
  Columns: { tag: 0x00280011, vr: 'US' },
  PixelSpacing: { tag: 0x00280030, vr: 'DS' },
  BitsAllocated: { tag: 0x00280100, vr: 'US' },
  BitsStored: { tag: 0x00280101, vr: 'US' },
  HighBit: { tag: 0x00280102, vr: 'US' },
  PixelRepresentation: { tag: 0x00280103, vr: 'US' },
  PixelPaddingValue: { tag: 0x00280120, vr: 'SS' },
  RescaleIntercept: { tag: 0x00281052, vr: 'DS' },
  RescaleSlope: { tag: 0x00281053, vr: 'DS' },
  RescaleType: { tag: 0x00281054, vr: 'LO' },
  SharedFunctionalGroupsSequence: { tag: 0x52009229, vr: 'SQ' },
  PerFrameFunctionalGroupsSequence: { tag: 0x52009230, vr: 'SQ' },
  PixelData: { tag: 0x7fe00010, vr: 'OW' },
} as const satisfies Record<string, KnownTag>;

/** Keywords of {@link TAGS}. */
export type Keyword = keyof typeof TAGS;

/** An element of a vendor: its block is found by the name of its owner. */
export interface PrivateTag extends KnownTag {
  creator: string;
}

/** Private elements that decide what a stored value means. */
export const PRIVATE_TAGS = {
  /** Scale slope that turns Philips' display values into signal. */
  philipsScaleSlope: { tag: 0x2005000e, vr: 'FL', creator: 'Philips MR Imaging DD 001' },
  /** M, P, R or I. */
  philipsImageType: { tag: 0x20050011, vr: 'CS', creator: 'Philips MR Imaging DD 001' },
  /** What a classic file would say, for one frame of an enhanced one. */
  philipsFrame: { tag: 0x2005000f, vr: 'SQ', creator: 'Philips MR Imaging DD 005' },
  /** The same by Siemens. */
  siemensFrame: { tag: 0x002100fe, vr: 'SQ', creator: 'SIEMENS MR SDI 02' },
  /** Image Type as classic files have it. */
  siemensImageType: { tag: 0x00210075, vr: 'CS', creator: 'SIEMENS MR SDI 02' },
  /** 0 magnitude, 1 phase, 2 real, 3 imaginary. */
  geImageType: { tag: 0x0043002f, vr: 'SS', creator: 'GEMS_PARM_01' },
} as const satisfies Record<string, PrivateTag>;

/** Attributes that describe how a series was made and say nothing about whom it shows. */
export const TECHNICAL_KEYWORDS = [
  'Modality',
  'Manufacturer',
  'ManufacturerModelName',
  'ImageType',
  'SequenceName',
  'SeriesNumber',
  'NumberOfFrames',
  'Rows',
  'Columns',
  'PixelSpacing',
  'SliceThickness',
  'SpacingBetweenSlices',
  'RepetitionTime',
  'EchoTime',
  'EffectiveEchoTime',
  'FlipAngle',
  'MagneticFieldStrength',
  'ImagingFrequency',
  'BitsAllocated',
  'BitsStored',
  'PixelRepresentation',
  'PhotometricInterpretation',
] as const satisfies readonly Keyword[];

/** Attributes that name, or could name, a person, a place or an examination. */
export const IDENTIFYING_KEYWORDS = [
  'PatientName',
  'PatientID',
  'PatientBirthDate',
  'PatientSex',
  'PatientAge',
  'StudyDate',
  'InstitutionName',
  'SeriesDescription',
  'ProtocolName',
  'StudyInstanceUID',
  'SeriesInstanceUID',
  'FrameOfReferenceUID',
] as const satisfies readonly Keyword[];
