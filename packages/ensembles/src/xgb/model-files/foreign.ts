import { ModelFormatError } from '../../errors.js';

interface Kind {
  /** What the file begins with, each character a byte. */
  readonly begins: string;
  readonly name: string;
  readonly advice: string;
}

const SAVE = 'save the model with XGBoost’s save_model and a name that ends in .json or .ubj';

/** Beginnings of binary files that are given as models by mistake. */
const BINARY_KINDS: readonly Kind[] = [
  {
    begins: 'binf',
    name: 'XGBoost’s old binary format',
    advice: `load it with XGBoost 3.0 or older, then ${SAVE}`,
  },
  {
    begins: 'bs64',
    name: 'XGBoost’s old binary format as base64 text',
    advice: `load it with XGBoost 3.0 or older, then ${SAVE}`,
  },
  { begins: '\u0080', name: 'a Python pickle', advice: `unpickle it in Python, then ${SAVE}` },
  { begins: '\u001f\u008b', name: 'a gzip file', advice: 'decompress it first' },
  { begins: 'PK\u0003\u0004', name: 'a zip archive', advice: 'unpack it first' },
  { begins: 'CBM1', name: 'a CatBoost model', advice: 'only models of XGBoost can be loaded' },
  { begins: '\u0089HDF', name: 'an HDF5 file', advice: `load it where it came from, then ${SAVE}` },
  {
    begins: 'RDX',
    name: 'an R data file',
    advice: `load it in R, then save the model with xgb.save`,
  },
  { begins: '\u0008', name: 'an ONNX model', advice: `go back to the XGBoost model and ${SAVE}` },
];

/** Beginnings of texts that are given as models by mistake, after white space. */
const TEXT_KINDS: readonly (Omit<Kind, 'begins'> & { begins: RegExp })[] = [
  {
    begins: /^tree\s+version=/,
    name: 'a LightGBM model',
    advice: 'read it with LightGBMModel.load',
  },
  {
    begins: /^booster\[\d+\]/,
    name: 'the text of dump_model, which lacks what predictions need',
    advice: SAVE,
  },
  {
    begins: /^\[\s*\{\s*"nodeid"/,
    name: 'the JSON of dump_model, which lacks what predictions need',
    advice: SAVE,
  },
  { begins: /^</, name: 'a web page or XML', advice: 'give the model file itself' },
];

/** Throw if the bytes begin as those of another kind of file. */
export function refuseForeignBytes(bytes: Uint8Array): void {
  if (bytes.length === 0) refuseEmpty();
  const head = String.fromCharCode(...bytes.subarray(0, 8));
  const kind = BINARY_KINDS.find(({ begins }) => head.startsWith(begins));
  if (kind) refuse(kind);
}

/** Throw if the text is of another kind than JSON. */
export function refuseForeignText(text: string): void {
  const head = text.slice(0, 200).trimStart();
  if (head === '' && text.trim() === '') refuseEmpty();
  const kind = TEXT_KINDS.find(({ begins }) => begins.test(head));
  if (kind) refuse(kind);
}

function refuseEmpty(): never {
  throw new ModelFormatError('model', `it is empty; ${SAVE}.`);
}

function refuse({ name, advice }: Omit<Kind, 'begins'>): never {
  throw new ModelFormatError('model', `it is ${name}; ${advice}.`);
}
