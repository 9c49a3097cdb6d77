/** How a model's raw outputs become predictions, in place; `outputs` numbers a row, row by row. */
type OutputTransform = (raw: Float64Array, outputs: number) => Float64Array;

/** A loss of LightGBM as far as predictions need it. */
export interface LightGBMObjective {
  /** LightGBM's name, `custom` if the file has none. */
  readonly name: string;
  /** Whether predictions are probabilities: of class 1 alone, or one per class. */
  readonly predicts: 'probability' | 'probabilities' | 'outcome';
  readonly transform: OutputTransform;
}

/** Names of losses whose predictions are known. */
export const objectiveNames: readonly string[] = [
  'binary',
  'multiclass',
  'multiclassova',
  'regression',
  'regression_l1',
  'huber',
  'fair',
  'quantile',
  'mape',
  'poisson',
  'gamma',
  'tweedie',
  'cross_entropy',
  'cross_entropy_lambda',
  'lambdarank',
  'rank_xendcg',
  'custom',
];

/**
 * The loss of a line such as `binary sigmoid:1`, or undefined if it is not known.
 *
 * @param words name and settings
 */
export function lightGBMObjective(words: readonly string[]): LightGBMObjective | undefined {
  const [name = 'custom', ...settings] = words;
  switch (name) {
    case 'binary':
    case 'multiclassova': {
      const sigmoid = settingOf(settings, 'sigmoid') ?? 1;
      if (!(sigmoid > 0)) return undefined;
      return {
        name,
        predicts: name === 'binary' ? 'probability' : 'probabilities',
        transform: each((raw) => 1 / (1 + Math.exp(-sigmoid * raw))),
      };
    }
    case 'multiclass':
      return { name, predicts: 'probabilities', transform: softmax };
    case 'cross_entropy':
      return { name, predicts: 'probability', transform: each((raw) => 1 / (1 + Math.exp(-raw))) };
    case 'cross_entropy_lambda':
      return { name, predicts: 'outcome', transform: each((raw) => Math.log1p(Math.exp(raw))) };
    case 'poisson':
    case 'gamma':
    case 'tweedie':
      return { name, predicts: 'outcome', transform: each(Math.exp) };
    default:
      if (!objectiveNames.includes(name)) return undefined;
      return {
        name,
        predicts: 'outcome',
        transform: settings.includes('sqrt') ? each((raw) => Math.sign(raw) * raw * raw) : same,
      };
  }
}

function settingOf(settings: readonly string[], name: string): number | undefined {
  const setting = settings.find((word) => word.startsWith(`${name}:`));
  return setting === undefined ? undefined : Number(setting.slice(name.length + 1));
}

function same(raw: Float64Array): Float64Array {
  return raw;
}

function each(transform: (raw: number) => number): OutputTransform {
  return (raw) => {
    for (let i = 0; i < raw.length; i++) raw[i] = transform(raw[i]);
    return raw;
  };
}

/** Each row's exponentials over their sum. */
function softmax(raw: Float64Array, outputs: number): Float64Array {
  for (let row = 0; row < raw.length; row += outputs) {
    let most = raw[row];
    for (let i = row + 1; i < row + outputs; i++) most = Math.max(most, raw[i]);
    let sum = 0;
    for (let i = row; i < row + outputs; i++) sum += raw[i] = Math.exp(raw[i] - most);
    for (let i = row; i < row + outputs; i++) raw[i] = raw[i] / sum;
  }
  return raw;
}
