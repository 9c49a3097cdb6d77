import { FormatError, UnsupportedFormatError } from '../errors.js';
import { NIFTI_DATATYPES, NIFTI_REFUSED, type NiftiDatatype } from './datatypes.js';

/** The fields of a NIfTI header that matter for reading, checked. */
export interface NiftiHeader {
  version: 1 | 2;
  littleEndian: boolean;
  /** Voxels live in another file (`.hdr`/`.img`). */
  detached: boolean;
  /** Lengths of the axes, 1 to 7 of them. */
  dims: number[];
  code: number;
  datatype: NiftiDatatype;
  bitpix: number;
  pixdim: number[];
  voxOffset: number;
  slope: number;
  inter: number;
  qformCode: number;
  sformCode: number;
  /** b, c, d and the three offsets. */
  qform: number[];
  /** Three rows of four. */
  srow: number[];
  units: number;
}

/** Where a NIfTI-1 or NIfTI-2 header keeps its fields. */
interface Layout {
  size: 348 | 540;
  magic: number;
  dim: number;
  datatype: number;
  bitpix: number;
  pixdim: number;
  voxOffset: number;
  slope: number;
  qformCode: number;
  sformCode: number;
  quatern: number;
  srow: number;
  units: number;
}

const LAYOUTS: Readonly<Record<1 | 2, Layout>> = {
  1: {
    size: 348,
    magic: 344,
    dim: 40,
    datatype: 70,
    bitpix: 72,
    pixdim: 76,
    voxOffset: 108,
    slope: 112,
    qformCode: 252,
    sformCode: 254,
    quatern: 256,
    srow: 280,
    units: 123,
  },
  2: {
    size: 540,
    magic: 4,
    dim: 16,
    datatype: 12,
    bitpix: 14,
    pixdim: 104,
    voxOffset: 168,
    slope: 176,
    qformCode: 344,
    sformCode: 348,
    quatern: 352,
    srow: 400,
    units: 500,
  },
};

/** Bytes of the longest header together with its extension flag. */
export const LONGEST_HEADER = 544;

/** Version and byte order, told by the first four bytes; `undefined` where it is no NIfTI header. */
export function niftiFlavour(
  bytes: Uint8Array,
): { version: 1 | 2; littleEndian: boolean } | undefined {
  if (bytes.length < 4) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (const littleEndian of [true, false]) {
    const size = view.getInt32(0, littleEndian);
    if (size === 348) return { version: 1, littleEndian };
    if (size === 540) return { version: 2, littleEndian };
  }
  return undefined;
}

/**
 * @throws FormatError when the header is cut or contradicts itself
 * @throws UnsupportedFormatError for Analyze 7.5 and for data types without a defined layout
 */
export function parseNiftiHeader(bytes: Uint8Array, source?: string): NiftiHeader {
  const flavour = niftiFlavour(bytes);
  if (flavour === undefined) {
    throw new FormatError(
      'NIfTI',
      bytes.length < 4
        ? `it ends after ${bytes.length} bytes`
        : 'sizeof_hdr is neither 348 (NIfTI-1) nor 540 (NIfTI-2) in either byte order',
      { source, offset: 0, field: 'sizeof_hdr' },
    );
  }
  const { version, littleEndian } = flavour;
  const at = LAYOUTS[version];
  if (bytes.length < at.size) {
    throw new FormatError(
      'NIfTI',
      `it ends after ${bytes.length} of the ${at.size} bytes of its header`,
      { source, offset: bytes.length },
    );
  }
  const detached = checkMagic(bytes, version, source);
  const read = new FieldReader(bytes, version, littleEndian);
  const dims = readDims(read, at.dim, source);
  const code = read.int16(at.datatype);
  const datatype = NIFTI_DATATYPES[code];
  if (datatype === undefined) {
    const reason = NIFTI_REFUSED[code];
    const place = { source, offset: at.datatype, field: 'datatype' };
    throw reason === undefined
      ? new FormatError('NIfTI', `data type ${code} does not exist`, place)
      : new UnsupportedFormatError(
          `NIfTI data type ${code}`,
          `its data type ${code} means ${reason}; convert it to float64 or an integer type first`,
          place,
        );
  }
  return {
    version,
    littleEndian,
    detached,
    dims,
    code,
    datatype,
    bitpix: read.int16(at.bitpix),
    pixdim: read.floats(at.pixdim, 8),
    voxOffset: readVoxOffset(read, at, detached, source),
    slope: read.floats(at.slope, 1)[0],
    inter: read.floats(at.slope + (version === 1 ? 4 : 8), 1)[0],
    qformCode: read.code(at.qformCode),
    sformCode: read.code(at.sformCode),
    qform: read.floats(at.quatern, 6),
    srow: read.floats(at.srow, 12),
    units: version === 1 ? bytes[at.units] : read.code(at.units),
  };
}

/** Whether the voxels live in another file. */
function checkMagic(bytes: Uint8Array, version: 1 | 2, source: string | undefined): boolean {
  const offset = LAYOUTS[version].magic;
  const magic = String.fromCharCode(...bytes.subarray(offset, offset + 4));
  if (magic === `n+${version}\0`) return false;
  if (magic === `ni${version}\0`) return true;
  if (magic === '\0\0\0\0' && version === 1) {
    throw new UnsupportedFormatError(
      'Analyze 7.5',
      'it is an Analyze 7.5 file, which does not say where its voxels lie in the patient; convert it to NIfTI with the orientation that you know it has',
      { source, offset, field: 'magic' },
    );
  }
  throw new FormatError(
    'NIfTI',
    `magic is ${JSON.stringify(magic)}, not "n+${version}" or "ni${version}"`,
    {
      source,
      offset,
      field: 'magic',
    },
  );
}

function readDims(read: FieldReader, offset: number, source: string | undefined): number[] {
  const count = read.integer(offset, 0);
  if (!(count >= 1 && count <= 7)) {
    throw new FormatError('NIfTI', `dim[0] is ${count}; a file has 1 to 7 axes`, {
      source,
      offset,
      field: 'dim[0]',
    });
  }
  return Array.from({ length: count }, (_, i) => {
    const n = read.integer(offset, i + 1);
    if (!(n >= 1 && n <= Number.MAX_SAFE_INTEGER)) {
      throw new FormatError('NIfTI', `dim[${i + 1}] is ${n}; 1 to 2^53 was expected`, {
        source,
        offset: offset + (i + 1) * read.integerBytes,
        field: `dim[${i + 1}]`,
      });
    }
    return n;
  });
}

function readVoxOffset(
  read: FieldReader,
  at: Layout,
  detached: boolean,
  source: string | undefined,
): number {
  const value = at.size === 348 ? read.floats(at.voxOffset, 1)[0] : read.integer(at.voxOffset, 0);
  const least = detached ? 0 : at.size + 4;
  // Some writers leave 0 in single files; it can only mean "right after the header".
  if (value === 0) return least;
  if (!(Number.isSafeInteger(value) && value >= least)) {
    throw new FormatError(
      'NIfTI',
      `vox_offset is ${value}; the voxels begin at a whole byte not before ${least}`,
      { source, offset: at.voxOffset, field: 'vox_offset' },
    );
  }
  return value;
}

class FieldReader {
  private readonly view: DataView;
  private readonly version: 1 | 2;
  private readonly little: boolean;

  constructor(bytes: Uint8Array, version: 1 | 2, little: boolean) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.version = version;
    this.little = little;
  }

  /** Bytes of a length or offset. */
  get integerBytes(): number {
    return this.version === 1 ? 2 : 8;
  }

  int16(offset: number): number {
    return this.view.getInt16(offset, this.little);
  }

  /** Entry of an array of lengths: int16 in version 1, int64 in version 2. */
  integer(offset: number, index: number): number {
    return this.version === 1
      ? this.view.getInt16(offset + 2 * index, this.little)
      : Number(this.view.getBigInt64(offset + 8 * index, this.little));
  }

  /** A code: int16 in version 1, int32 in version 2. */
  code(offset: number): number {
    return this.version === 1
      ? this.view.getInt16(offset, this.little)
      : this.view.getInt32(offset, this.little);
  }

  floats(offset: number, count: number): number[] {
    return Array.from({ length: count }, (_, i) =>
      this.version === 1
        ? this.view.getFloat32(offset + 4 * i, this.little)
        : this.view.getFloat64(offset + 8 * i, this.little),
    );
  }
}
