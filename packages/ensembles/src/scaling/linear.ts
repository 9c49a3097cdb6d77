import { type DenseMatrix, type FeatureInput, float64Matrix, sameColumns } from '../data/matrix.js';
import { FORMAT_VERSION, openStored, type StoredHeader } from '../data/stored-model.js';

/** What `toJSON` of a scaler gives: a feature becomes (value − offset) / scale. */
export interface SerialisedScaler extends StoredHeader {
  model: 'StandardScaler' | 'MinMaxScaler';
  offsets: number[];
  scales: number[];
}

/** (x − offset) / scale, column by column. */
export function transformColumns(
  owner: string,
  x: FeatureInput,
  offsets: Float64Array,
  scales: Float64Array,
): DenseMatrix<Float64Array> {
  const matrix = float64Matrix(x, { missing: 'allow' });
  const { data, columns } = matrix;
  sameColumns(columns, offsets.length, owner);
  for (let i = 0; i < data.length; i++) {
    const column = i % columns;
    data[i] = (data[i] - offsets[column]) / scales[column];
  }
  return matrix;
}

export function storeScaler(
  model: SerialisedScaler['model'],
  offsets: Float64Array,
  scales: Float64Array,
): SerialisedScaler {
  return { model, formatVersion: FORMAT_VERSION, offsets: [...offsets], scales: [...scales] };
}

export function readScaler(
  owner: SerialisedScaler['model'],
  json: unknown,
): { offsets: Float64Array; scales: Float64Array } {
  const document = openStored(owner, json);
  const columns = document.get('offsets').items().length;
  const scales = document.get('scales').doubles(columns);
  if (scales.some((scale) => scale <= 0)) document.get('scales').fail('scales are greater than 0');
  return { offsets: document.get('offsets').doubles(columns), scales };
}
