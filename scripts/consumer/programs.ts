/** What the consumers run: a little of every package, each result checked. */

const BODY = `
const workerCode = 'const square = (x) => x * x;' +
  'const answer = (post) => (m) => post({ id: m.id, kind: "result", value: square(m.input) });' +
  'if (typeof process === "object") { const { parentPort: p } = process.getBuiltinModule("node:worker_threads");' +
  ' p.on("message", answer((r) => p.postMessage(r))); } else onmessage = (e) => answer(postMessage)(e.data);';

function patches(n) {
  const data = Float32Array.from({ length: n * 256 }, (_, i) => Math.sin(i));
  return ndarray(data, [n, 1, 16, 16]);
}

function checkProbabilities(probabilities) {
  const [rows, classes] = probabilities.shape;
  for (let i = 0; i < rows; i++) {
    let sum = 0;
    for (let c = 0; c < classes; c++) sum += probabilities.get(i, c);
    if (!(Math.abs(sum - 1) < 1e-5)) throw new Error('probabilities sum to ' + sum);
  }
}

async function everything() {
  const pool = new TaskPool({ tasks: { square: (x) => x * x }, code: workerCode, workers: 2 });
  const workers = await pool.map('square', [1, 2, 3]);
  pool.close();

  const image = createVolume(new Int16Array(256), [16, 16, 1]);
  for (let i = 0; i < 256; i++) image.data.data[i] = (i * 37) % 100;
  const mask = createVolume(new Uint8Array(256).fill(1), [16, 16, 1]);
  const features = extractFeatures(image, mask, { binWidth: 5, featureClasses: planarFeatures });

  const x = { data: Float32Array.from({ length: 40 }, (_, i) => (i * 7) % 13), rows: 20, columns: 2 };
  const y = Array.from({ length: 20 }, (_, i) => (x.data[2 * i] > 6 ? 1 : 0));
  const model = new XGBClassifier({ nEstimators: 2, maxDepth: 2 });
  model.fit(x, y);
  // The page is not cross-origin isolated: workers must do without shared memory there.
  const apart = await new XGBClassifier({ nEstimators: 2, maxDepth: 2 }).fit(x, y, { workers: 2 });
  if (JSON.stringify(apart.toJSON()) !== JSON.stringify(model.toJSON())) throw new Error('workers train another model');

  return { workers, features, model, x, area: auc([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8]), pdff: await pdff() };
}

async function pdff() {
  const shape = [4, 4, 1];
  const map = (value) => createVolume(new Float32Array(16).fill(value), shape);
  const echoes = simulateMultiEcho(
    { m0: map(1000), pdffPercent: map(20), r2starPerSecond: map(40), fieldMapHz: map(15) },
    { echoTimesMs: [1.15, 2.3, 3.45, 4.6, 5.75, 6.9], fieldStrengthT: 1.5 },
    { snr: 1000, seed: 1 },
  );
  const maps = await separateWaterFat(echoes);
  return maps.pdffPercent.data.get(1, 1, 0);
}

function check({ workers, features, model, x, area, pdff }) {
  const shown = {
    features: Object.values(features).filter(Number.isFinite).length,
    workers,
    auc: area.auc,
    pdff: Math.abs(pdff - 20) < 1 ? 'near 20 %' : pdff,
    trees: JSON.parse(JSON.stringify(model.toJSON())) && 2,
  };
  if (shown.features !== 93) throw new Error(shown.features + ' features');
  if (String(workers) !== '1,4,9') throw new Error('workers gave ' + workers);
  if (shown.auc !== 0.75) throw new Error('AUC ' + shown.auc);
  if (shown.pdff !== 'near 20 %') throw new Error('PDFF ' + pdff);
  if (String(model.predictProba(x).shape) !== '20,2') throw new Error('probabilities of ' + model.predictProba(x).shape);
  return { shown, size: 93 };
}
`;

/** Compiled only: the declarations must say what the code does. */
export const typedProgram = `
import { createVolume, isSteatosisError, type Volume } from '@steatosis/core';
import { encodeNifti, separateWaterFat, type MultiEcho } from '@steatosis/io';
import { readMultiEcho, writeImage } from '@steatosis/io/node';
import { extractFeatures, paperFeatures } from '@steatosis/radiomics';
import { XGBClassifier } from '@steatosis/ensembles';
import { createDenseNet } from '@steatosis/densenet';
import { auc, pearson } from '@steatosis/stats';

export async function study(folder: string): Promise<number> {
  const echoes: MultiEcho = await readMultiEcho(folder);
  const { pdffPercent } = await separateWaterFat(echoes, { spectrum: 'hamilton9' });
  const map: Volume<Float32Array> = pdffPercent;
  await writeImage('pdff.nii.gz', map);
  const bytes: Uint8Array = await encodeNifti(map);
  const mask = createVolume(new Uint8Array(map.data.size), map.data.shape.slice(0, 3), map);
  const features: Record<string, number> = extractFeatures(map, mask, { binWidth: 1, featureClasses: paperFeatures });
  const model = new XGBClassifier({ nEstimators: 10, maxDepth: 3 });
  model.fit([[1, 2], [3, 4]], [0, 1]);
  const net = await createDenseNet({ growthRate: 8, blocks: [3, 3, 3], inChannels: 6, classes: 2, inputSize: 16, seed: 1 });
  net.dispose();
  const area: number = auc([0, 1], [0.2, 0.7]).auc;
  try {
    return area + pearson([1, 2, 3], [1, 2, 4]).coefficient + bytes.length + Object.keys(features).length;
  } catch (error) {
    return isSteatosisError(error, 'INVALID_ARGUMENT') ? 1 : 0;
  }
}
`;

/** Runs in Node as ESM or CommonJS. */
export function nodeProgram(kind: 'esm' | 'cjs'): string {
  const load = (names: string, from: string) =>
    kind === 'esm'
      ? `import { ${names} } from '${from}';`
      : `const { ${names.replaceAll(' as ', ': ')} } = require('${from}');`;
  return `
${kind === 'esm' ? "import ndarray from 'ndarray';" : "const ndarray = require('ndarray');"}
${load('createVolume, TaskPool, isSteatosisError', '@steatosis/core')}
${load('encodeNifti, separateWaterFat, simulateMultiEcho', '@steatosis/io')}
${load('readImage', '@steatosis/io/node')}
${load('extractFeatures, planarFeatures', '@steatosis/radiomics')}
${load('XGBClassifier', '@steatosis/ensembles')}
${load('createDenseNet', '@steatosis/densenet')}
${load('auc', '@steatosis/stats')}
${BODY}
main().then(
  () => console.log('done on ' + process.version),
  (error) => { console.error(error); process.exitCode = 1; },
);
async function main() {
  const { size } = check(await everything());
  const bytes = await encodeNifti(createVolume(new Int16Array(size), [size, 1, 1]), { gzip: true });
  if ((await readImage(bytes)).data.size !== size) throw new Error('NIfTI round trip');
  const missing = await readImage('/no/such/file.nii').catch((error) => error);
  if (!isSteatosisError(missing)) throw new Error('a missing file is not a typed error: ' + missing);
  const net = await createDenseNet({ growthRate: 4, blocks: [2, 2], inChannels: 1, classes: 2, inputSize: 16, seed: 1 });
  const probabilities = await net.predict(patches(3));
  checkProbabilities(probabilities);
}
`;
}

/** Runs in a page; puts what it got into the body and \`done\` into the title. */
export const browserProgram = `
import ndarray from 'ndarray';
import { createVolume, TaskPool } from '@steatosis/core';
import { separateWaterFat, simulateMultiEcho } from '@steatosis/io';
import { extractFeatures, planarFeatures } from '@steatosis/radiomics';
import { XGBClassifier } from '@steatosis/ensembles';
import { createDenseNet, setWasmPath } from '@steatosis/densenet';
import { auc } from '@steatosis/stats';
import wasmUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
${BODY}
main().catch((error) => { document.title = String(error && error.stack || error); });
async function main() {
  const got = await everything();
  setWasmPath(wasmUrl);
  const net = await createDenseNet({ growthRate: 4, blocks: [2, 2], inChannels: 1, classes: 2, inputSize: 16, seed: 1 });
  checkProbabilities(await net.predict(patches(3)));
  document.body.textContent = JSON.stringify({ ...check(got).shown, probabilities: 'sum to 1' });
  document.title = 'done';
}
`;
