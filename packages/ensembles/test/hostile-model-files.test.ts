import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Booster, LightGBMModel, ModelFormatError } from '../src/index.js';
import { float32Text } from '../src/xgb/model-files/float-text.js';
import { parseJsonText } from '../src/xgb/model-files/json-parser.js';
import { parseUbjson } from '../src/xgb/model-files/ubjson-parser.js';
import { ubjsonBytes } from '../src/xgb/model-files/ubjson-writer.js';
import { readGzip } from './support/fixtures.js';

const text = (name: string) => new TextDecoder().decode(readGzip(name));
const json = text('xgboost-files/categories-3.2.json.gz');
const ubj = readGzip('xgboost-files/categories-3.2.ubj.gz');
const lightgbm = text('lightgbm/many_categories.model.txt.gz');

/** The error that loading throws; anything but a ModelFormatError fails the test. */
function refusal(load: () => unknown): ModelFormatError {
  try {
    load();
  } catch (error) {
    if (error instanceof ModelFormatError) return error;
    throw error;
  }
  throw new Error('it was loaded');
}

/** Loading either succeeds or says what is wrong with the file. */
function loadsOrRefuses(load: () => unknown): void {
  try {
    load();
  } catch (error) {
    if (!(error instanceof ModelFormatError)) throw error;
  }
}

describe('a file that is cut off', () => {
  it('is refused at every length: JSON', () => {
    for (let length = 0; length < json.length; length += length < 400 ? 1 : 7) {
      refusal(() => Booster.load(json.slice(0, length)));
    }
    expect(refusal(() => Booster.load(json.slice(0, 1000))).message).toMatch(/cut off/);
  });

  it('is refused at every length: UBJSON', () => {
    for (let length = 0; length < ubj.length; length++) {
      refusal(() => Booster.load(ubj.subarray(0, length)));
    }
    const { message, path } = refusal(() => Booster.load(ubj.subarray(0, 1000)));
    expect(message).toMatch(/cut off/);
    expect(path).toMatch(/^learner\.gradient_booster\.model\.trees\[0\]\./);
  });

  it('is refused at every length before the end of the trees: LightGBM', () => {
    const end = lightgbm.indexOf('end of trees');
    for (let length = 0; length < end; length++) {
      refusal(() => LightGBMModel.load(lightgbm.slice(0, length)));
    }
  });
});

describe('a file with damaged bytes', () => {
  const damage = (length: number) =>
    fc.array(fc.tuple(fc.nat({ max: length - 1 }), fc.nat({ max: 255 })), {
      minLength: 1,
      maxLength: 4,
    });

  it('is loaded or refused: UBJSON', () => {
    fc.assert(
      fc.property(damage(ubj.length), (changes) => {
        const bytes = ubj.slice();
        for (const [at, value] of changes) bytes[at] = value;
        loadsOrRefuses(() => Booster.load(bytes));
      }),
      { numRuns: 1500 },
    );
  });

  it('is loaded or refused: JSON', () => {
    const whole = new TextEncoder().encode(json);
    fc.assert(
      fc.property(damage(whole.length), (changes) => {
        const bytes = whole.slice();
        for (const [at, value] of changes) bytes[at] = value;
        loadsOrRefuses(() => Booster.load(bytes));
      }),
      { numRuns: 1000 },
    );
  });

  it('is loaded or refused: LightGBM', () => {
    const whole = new TextEncoder().encode(lightgbm);
    fc.assert(
      fc.property(damage(lightgbm.indexOf('end of trees')), (changes) => {
        const bytes = whole.slice();
        for (const [at, value] of changes) bytes[at] = value;
        loadsOrRefuses(() => LightGBMModel.load(bytes));
      }),
      { numRuns: 1000 },
    );
  });

  it('is loaded or refused: any bytes at all', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        loadsOrRefuses(() => Booster.load(bytes));
        loadsOrRefuses(() => Booster.load(Uint8Array.from([0x7b, 0x4c, ...bytes])));
        loadsOrRefuses(() => LightGBMModel.load(bytes));
      }),
    );
  });
});

/** The JSON model with one piece of its text changed. */
function changed(from: string | RegExp, to: string): string {
  const other = json.replace(from, to);
  if (other === json) throw new Error(`${String(from)} does not occur`);
  return other;
}

const tree = 'learner.gradient_booster.model.trees[0]';

describe('a JSON model that contradicts itself', () => {
  it.each<[string, string | RegExp, string, string, RegExp]>([
    ['a circle', '"left_children":[1,3', '"left_children":[1,0', tree, /parent|two ways/],
    [
      'a child out of range',
      '"left_children":[1,',
      '"left_children":[999,',
      `${tree}.left_children`,
      /0?\] is 999/,
    ],
    ['one child only', '"left_children":[1,', '"left_children":[-1,', tree, /one child/],
    [
      'too many nodes',
      /"num_nodes":"\d+"/,
      '"num_nodes":"2000000000"',
      `${tree}.split_type`,
      /entries; 2000000000/,
    ],
    [
      'nodes that are no number',
      /"num_nodes":"\d+"/,
      '"num_nodes":"1e9"',
      `${tree}.tree_param.num_nodes`,
      /"1e9"/,
    ],
    [
      'too many features',
      '"num_feature":"6","num_target"',
      '"num_feature":"2147483648","num_target"',
      'learner.learner_model_param.num_feature',
      /2147483648/,
    ],
    [
      'too many classes',
      '"num_class":"0"',
      '"num_class":"2147483647"',
      'learner.learner_model_param.num_class',
      /2147483647/,
    ],
    [
      'classes of a loss without',
      '"num_class":"0"',
      '"num_class":"3"',
      'learner.learner_model_param.num_class',
      /one output/,
    ],
    [
      'more trees than there are',
      '"num_trees":"2"',
      '"num_trees":"3"',
      'learner.gradient_booster.model.gbtree_model_param.num_trees',
      /integer 2 … 2/,
    ],
    [
      'a tree twice',
      '"id":1',
      '"id":0',
      'learner.gradient_booster.model.trees[1].id',
      /second tree/,
    ],
    [
      'an unknown class',
      '"tree_info":[0,0]',
      '"tree_info":[0,1]',
      'learner.gradient_booster.model.tree_info',
      /\[1\] is 1/,
    ],
    [
      'rounds beyond the trees',
      '"iteration_indptr":[0,1,2]',
      '"iteration_indptr":[0,1,9]',
      'learner.gradient_booster.model.iteration_indptr',
      /\[2\] is 9/,
    ],
    [
      'a string for an array',
      /"default_left":\[[^\]]*\]/,
      '"default_left":"left"',
      `${tree}.default_left`,
      /an array is expected/,
    ],
    [
      'an object for an array',
      /"trees":\[/,
      '"trees":{"a":1},"others":[',
      'learner.gradient_booster.model.trees',
      /an array is expected/,
    ],
    [
      'no number',
      /"base_weights":\[[^,]*/,
      '"base_weights":[NaN',
      `${tree}.base_weights`,
      /\[0\] is NaN/,
    ],
    ['a missing field', '"split_indices"', '"split_index"', tree, /no field split_indices/],
    ['a key twice', '"default_left"', '"id":0,"default_left"', `${tree}.id`, /twice/],
    [
      'an infinite base score',
      '"base_score":"[4.85E-1]"',
      '"base_score":"[1E99]"',
      'learner.learner_model_param.base_score',
      /finite/,
    ],
    [
      'no probability',
      '"base_score":"[4.85E-1]"',
      '"base_score":"[2E0]"',
      'learner.learner_model_param.base_score',
      /binary:logistic/,
    ],
    ['an unknown loss', 'binary:logistic', 'rank:map', 'learner.objective.name', /supported are/],
    [
      'categories of no node',
      '"categories_nodes":[0',
      '"categories_nodes":[1',
      tree,
      /categories_nodes\[0\]/,
    ],
    [
      'categories that overlap',
      '"categories_segments":[0',
      '"categories_segments":[1',
      tree,
      /categories_segments\[0\]/,
    ],
    [
      'a category beyond float32',
      '"categories":[',
      '"categories":[99999999,',
      `${tree}.categories`,
      /99999999/,
    ],
    ['a feature out of range', '"split_indices":[1', '"split_indices":[6', tree, /feature 6/],
    [
      'names of some features',
      '"feature_names":[]',
      '"feature_names":["a"]',
      'learner.feature_names',
      /one per feature/,
    ],
  ])('is refused: %s', (_, from, to, path, message) => {
    const error = refusal(() => Booster.load(changed(from, to)));
    expect(error.message).toMatch(message);
    expect(error.path).toBe(path);
  });

  it('is refused in every number that is replaced by another', () => {
    const places = [...json.matchAll(/-?\d+(\.\d+)?(E-?\d+)?/g)].map(
      ({ index, 0: number }) => [index, number.length] as const,
    );
    const others = ['-1', '0', '7', '1E30', '2147483648', '1.5', 'null', '""', 'Infinity'];
    fc.assert(
      fc.property(fc.constantFrom(...places), fc.constantFrom(...others), ([at, length], other) => {
        loadsOrRefuses(() => Booster.load(json.slice(0, at) + other + json.slice(at + length)));
      }),
      { numRuns: 500 },
    );
  });
});

describe('claims that no file can keep', () => {
  const ascii = (source: string) => Uint8Array.from(source, (letter) => letter.charCodeAt(0));
  const huge = '\x10\0\0\0\0\0\0\0';

  it.each([
    ['an array of 2⁶⁰ values', `{L\0\0\0\0\0\0\0\x01a[#L${huge}`],
    ['a typed array of 2⁶⁰ floats', `{L\0\0\0\0\0\0\0\x01a[$d#L${huge}`],
    ['an array of nulls without a byte each', `{L\0\0\0\0\0\0\0\x01a[$Z#L${huge}`],
    ['an object of 2⁶⁰ fields', `{L\0\0\0\0\0\0\0\x01a{#L${huge}`],
    ['a key of 2⁶⁰ bytes', `{L${huge}a`],
    ['a string of 2⁶⁰ bytes', `{L\0\0\0\0\0\0\0\x01aSL${huge}`],
    ['a typed array of 2⁴⁰ floats', '{L\0\0\0\0\0\0\0\x01a[$d#L\0\0\x01\0\0\0\0\0'],
    ['an array of 2³⁰ values', '{L\0\0\0\0\0\0\0\x01a[#l\x40\0\0\0'],
    ['a negative length', '{L\xff\xff\xff\xff\xff\xff\xff\xffa'],
  ])('are not believed: %s', (_, source) => {
    expect(refusal(() => Booster.load(ascii(source))).message).toMatch(
      /bytes are left|holds nothing|beyond 2⁵³/,
    );
  });

  it('are not followed into the depth', () => {
    const levels = 1_000_000;
    const deep = `{"learner":${'['.repeat(levels)}`;
    expect(refusal(() => Booster.load(deep)).message).toMatch(/nested deeper than 64/);
    expect(refusal(() => Booster.load(`{"learner":${'{"a":'.repeat(levels)}`)).message).toMatch(
      /64/,
    );
    const bytes = ascii(`{L\0\0\0\0\0\0\0\x01a${'['.repeat(levels)}`);
    expect(refusal(() => Booster.load(bytes)).message).toMatch(/nested deeper than 64/);
  });
});

describe('sets of few categories with large numbers', () => {
  /** A tree whose nodes test the category 2²⁴ − 1, down the left side. */
  function tests(nodes: number): string {
    const inner = Array.from({ length: nodes }, (_, at) => at);
    const all = Array.from({ length: 2 * nodes + 1 }, (_, at) => at);
    const isInner = (node: number) => node % 2 === 0 && node < 2 * nodes;
    const list = (value: (node: number) => number | string) => `[${all.map(value).join(',')}]`;
    const floats = list(() => '0E0');
    const tree =
      `{"id":0,"tree_param":{"num_nodes":"${all.length}"},"base_weights":${floats},"loss_changes":${floats},` +
      `"sum_hessian":${floats},"split_conditions":${floats},"default_left":${list(() => 0)},` +
      `"split_indices":${list(() => 0)},"split_type":${list((node) => Number(isInner(node)))},` +
      `"left_children":${list((node) => (isInner(node) ? node + 2 : -1))},` +
      `"right_children":${list((node) => (isInner(node) ? node + 1 : -1))},` +
      `"parents":${list((node) => (node === 0 ? 2147483647 : node % 2 === 1 ? node - 1 : node - 2))},` +
      `"categories":[${inner.map(() => 16777215).join(',')}],"categories_nodes":[${inner.map((at) => 2 * at).join(',')}],` +
      `"categories_segments":[${inner.join(',')}],"categories_sizes":[${inner.map(() => 1).join(',')}]}`;
    return (
      `{"learner":{"learner_model_param":{"num_feature":"1","base_score":"5E-1"},"objective":{"name":"reg:squarederror"},` +
      `"gradient_booster":{"name":"gbtree","model":{"gbtree_model_param":{"num_trees":"1"},"tree_info":[0],"trees":[${tree}]}}},"version":[1,7,0]}`
    );
  }

  it('are read up to 128 MiB and refused beyond', () => {
    expect(Booster.load(tests(3)).trees[0].categorical?.categories).toHaveLength(3);
    expect(refusal(() => Booster.load(tests(65))).message).toMatch(/more than 128 MiB/);
  });
});

describe('files of other kinds', () => {
  const bytes = (...head: number[]) => Uint8Array.from([...head, ...new Uint8Array(40)]);

  it.each<[string, string | Uint8Array, RegExp]>([
    ['nothing', '', /empty/],
    ['no bytes', new Uint8Array(), /empty/],
    ['LightGBM', lightgbm, /LightGBMModel\.load/],
    ['LightGBM as bytes', new TextEncoder().encode(lightgbm), /LightGBMModel\.load/],
    ['the old binary format', bytes(0x62, 0x69, 0x6e, 0x66), /old binary format/],
    ['a pickle', bytes(0x80, 4, 0x95), /pickle/],
    ['gzip', bytes(0x1f, 0x8b, 8), /decompress/],
    ['zip', bytes(0x50, 0x4b, 3, 4), /unpack/],
    ['ONNX', bytes(8, 7, 0x12), /ONNX/],
    ['CatBoost', bytes(0x43, 0x42, 0x4d, 0x31), /CatBoost/],
    ['dump_model', 'booster[0]:\n0:[f1<2] yes=1,no=2,missing=1\n', /dump_model/],
    ['dump_model as JSON', '[\n  { "nodeid": 0, "depth": 0 } ]', /dump_model/],
    ['a web page', '<!doctype html><html></html>', /web page/],
    ['a table', 'f0,f1,target\n1,2,3\n', /JSON value is expected/],
    ['other JSON', '{"model":"XGBClassifier"}', /no field learner/],
    ['an array', '[1,2]', /an object is expected/],
    ['bytes that are no text', bytes(0xff, 0xfe, 0xfd), /neither JSON/],
  ])('are refused and named: %s', (_, source, message) => {
    expect(refusal(() => Booster.load(source)).message).toMatch(message);
  });

  it('are refused by LightGBM’s reader too', () => {
    for (const source of ['', json, ubj, '{}', 'tree', 'tree\nversion=v4\n', bytes(0xff)]) {
      refusal(() => LightGBMModel.load(source));
    }
    expect(refusal(() => LightGBMModel.load(json)).message).toMatch(/begins with/);
  });

  it('are not looked for in what is neither text nor bytes', () => {
    for (const source of [null, undefined, 5, {}, [1, 2]]) {
      expect(() => Booster.load(source as string)).toThrow(/text of a model file/);
      expect(() => LightGBMModel.load(source as string)).toThrow(/text of a LightGBM/);
    }
  });
});

describe('a LightGBM model that contradicts itself', () => {
  const line = (key: string, value: string) => {
    const other = lightgbm.replace(new RegExp(`^${key}=.*$`, 'm'), `${key}=${value}`);
    if (other === lightgbm) throw new Error(`${key} does not occur`);
    return other;
  };

  it.each<[string, string, string, string, RegExp]>([
    ['a circle', 'left_child', '0 0 0 0 0 0', 'Tree=0.left_child', /two ways/],
    ['a child out of range', 'left_child', '99 0 0 0 0 0', 'Tree=0.left_child', /"99"/],
    ['too many leaves', 'num_leaves', '2000000000', 'Tree=0.num_leaves', /2000000000/],
    ['a feature out of range', 'split_feature', '6 0 0 0 0 0', 'Tree=0.split_feature', /"6"/],
    ['too few thresholds', 'threshold', '1 2', 'Tree=0.threshold', /2 entries; 6/],
    ['a decision that is none', 'decision_type', '12 0 0 0 0 0', 'Tree=0.decision_type', /12/],
    [
      'sets without end',
      'cat_boundaries',
      '0 2000000000 2000000000 2000000000',
      'Tree=0.cat_threshold',
      /2000000000/,
    ],
    ['a linear tree', 'is_linear', '1', 'Tree=0.is_linear', /linear_tree=false/],
    ['a leaf that is no number', 'leaf_value', 'nan 1 2 3 4 5 6', 'Tree=0.leaf_value', /"nan"/],
    ['another version', 'version', 'v9', 'header.version', /"v9"/],
    ['an unknown loss', 'objective', 'magic', 'header.objective', /supported are/],
    ['too many features', 'max_feature_idx', '2147483647', 'header.max_feature_idx', /2147483647/],
    [
      'too many outputs',
      'num_tree_per_iteration',
      '99999999999',
      'header.num_tree_per_iteration',
      /99999999999/,
    ],
    [
      'outputs that do not fit',
      'num_tree_per_iteration',
      '2',
      'header.num_tree_per_iteration',
      /multiple of 2/,
    ],
    ['trees that are missing', 'tree_sizes', '1 2', 'header.tree_sizes', /announced/],
    ['names that are missing', 'feature_names', 'a b', 'header.feature_names', /2 are found/],
  ])('is refused: %s', (_, key, value, path, message) => {
    const error = refusal(() => LightGBMModel.load(line(key, value)));
    expect(error.path).toBe(path);
    expect(error.message).toMatch(message);
  });

  it('is refused: a tree that stands elsewhere, a line twice', () => {
    expect(refusal(() => LightGBMModel.load(lightgbm.replace('Tree=1', 'Tree=2'))).message).toMatch(
      /Tree=1 is expected/,
    );
    expect(
      refusal(() => LightGBMModel.load(lightgbm.replace('num_cat=', 'num_leaves=5\nnum_cat=')))
        .path,
    ).toBe('Tree=0.num_leaves');
  });

  it('is refused: the linear tree of LightGBM', () => {
    const linear = text('lightgbm/linear.model.txt.gz');
    expect(refusal(() => LightGBMModel.load(linear)).message).toMatch(/linear/);
  });
});

describe('the parsers', () => {
  it('read JSON as JSON.parse does', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 5 }), (source) => {
        expect(parseJsonText(source)).toEqual(JSON.parse(source));
      }),
    );
    for (const number of [
      '-0',
      '1e400',
      '123456789012345678901',
      '1.7976931348623157e308',
      '5e-324',
      '0.1',
      '1E+2',
    ]) {
      expect(parseJsonText(number), number).toBe(Number(number));
    }
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(parseJsonText(String(value))).toBe(Number(String(value)));
      }),
    );
  });

  it('refuse what JSON.parse refuses', () => {
    for (const source of [
      '01',
      '1.',
      '.5',
      '1e',
      '-',
      '+1',
      '"a',
      '"\\x"',
      '"\n"',
      '[1,]',
      '{"a":1,}',
      '{a:1}',
      '[1 2]',
      'nul',
      '1 2',
      '{"a" 1}',
    ]) {
      expect(() => parseJsonText(source), source).toThrow(ModelFormatError);
    }
  });

  it('read UBJSON in all the ways that Draft 12 allows', () => {
    const ascii = (source: string) => Uint8Array.from(source, (letter) => letter.charCodeAt(0));
    const read = (source: string) => parseUbjson(ascii(source));
    expect(read('[i\x01U\xffI\x01\0l\0\x01\0\0L\0\0\0\0\0\0\0\x05]')).toEqual([
      1, 255, 256, 65536, 5,
    ]);
    expect(read('[NTFZNCaSi\x02hiHi\x031.5]')).toEqual([true, false, null, 'a', 'hi', 1.5]);
    expect(read('[#i\x02i\x01i\x02')).toEqual([1, 2]);
    expect(read('[$U#i\x03abc')).toEqual(Uint8Array.of(97, 98, 99));
    expect(read('[$i#i\x02\x01\xff')).toEqual(Int32Array.of(1, -1));
    expect(read('[$I#i\x01\x01\0')).toEqual(Int32Array.of(256));
    expect(read('[$S#i\x02i\x01ai\x01b')).toEqual(['a', 'b']);
    expect(read('[$D#i\x01?\xf0\0\0\0\0\0\0')).toEqual(Float64Array.of(1));
    expect(read('d?\x80\0\0')).toBe(1);
    expect(read('{$i#i\x02i\x01a\x05i\x01b\x06')).toEqual({ a: 5, b: 6 });
    expect(read('{Ni\x01aTN}N')).toEqual({ a: true });
  });

  it('read what the writer of UBJSON writes', () => {
    const document = {
      text: 'ä😀',
      numbers: [0, -1, 127, -128, 128, -129, 32767, 32768, -32769, 2 ** 31 - 1, 2 ** 40],
      floats: Float32Array.of(1.5, -0, 3e38),
      integers: Int32Array.of(1, -2),
      flags: Uint8Array.of(0, 255),
      nested: [{ a: [] }, {}],
    };
    const read = parseUbjson(ubjsonBytes(document));
    expect(JSON.parse(JSON.stringify(read))).toEqual(JSON.parse(JSON.stringify(document)));
  });

  it('read every float32 from the text that is written for it', () => {
    const bits = new Uint32Array(1);
    const float = new Float32Array(bits.buffer);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 32 - 1 }), (value) => {
        bits[0] = value;
        fc.pre(!Number.isNaN(float[0]));
        const written = float32Text(float[0]);
        expect(Math.fround(parseJsonText(written) as number)).toBe(float[0]);
        expect(written).toMatch(/^-?(\d(\.\d{1,8})?E-?\d+|Infinity)$/);
      }),
      { numRuns: 3000 },
    );
  });
});
