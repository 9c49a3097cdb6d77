import { expect, test } from 'vitest';
import { nearest } from '../src/terminal/suggest.js';
import { parseCommandLine } from '../src/command-line/parse.js';
import type { CommandDefinition } from '../src/command-line/command.js';
import { run } from './support/command.js';

const probe: CommandDefinition = {
  name: 'probe',
  args: '<path>',
  summary: 'Nothing',
  options: [
    { flags: '-o, --output <file>', description: 'File' },
    { flags: '--seed <n>', description: 'Number' },
    { flags: '--json', description: 'Switch' },
  ],
  examples: ['steatosis probe x'],
  run: async () => {},
};

function parse(...argv: string[]) {
  const request = parseCommandLine(argv, [probe]);
  if (request.kind !== 'run') throw new Error(`asked for ${request.kind}`);
  return request;
}

test('values stay text: numbers keep their zeros, negative ones are no options', () => {
  const { args, options } = parse('probe', '--json', '007', '-o', '1e3', '--seed', '-5');
  expect(args).toEqual(['007']);
  expect(options.flag('json')).toBe(true);
  expect(options.text('output')).toBe('1e3');
  expect(options.integer('seed', -10, 10)).toBe(-5);
  expect(parse('probe', 'x', '--output=a=b').options.text('output')).toBe('a=b');
  expect(parse('probe', '--', '-strange').args).toEqual(['-strange']);
});

test.each([
  [['probe'], '<path> is missing'],
  [['probe', 'a', 'b'], 'b is too much'],
  [['probe', 'a', '--sed', '1'], 'did you mean --seed?'],
  [['probe', 'a', '--parquet'], 'its options: --output, --seed, --json'],
  [['prob'], 'did you mean probe?'],
  [['other'], 'the commands are probe'],
  [['--frobnicate'], '--frobnicate is no command and no option'],
])('%j is wrong usage: %s', (argv, message) => {
  expect(() => parseCommandLine(argv, [probe])).toThrow(message);
});

test.each([
  [['a', '-o'], 'output', '--output needs a value'],
  [['a', '-o', '--json'], 'output', '--output needs a value'],
  [['a', '-o', 'x', '-o', 'y'], 'output', '--output was given 2 times'],
])('%j has no usable value', (argv, name, message) => {
  expect(() => parse('probe', ...argv).options.text(name)).toThrow(message);
});

test('numbers and words outside of their limits are wrong usage', () => {
  const { options } = parse('probe', 'a', '--seed', '1.5', '-o', 'dicom');
  expect(() => options.integer('seed', 0, 9)).toThrow('expected a whole number 0 … 9');
  expect(() => options.choice('output', ['nifti'])).toThrow('not supported; supported: nifti');
  expect(() => options.requiredText('settings', '-s', 'file')).toThrow('-s <file> is missing');
});

test('the nearest word is suggested, and none for a word that is far from all', () => {
  expect(nearest('extarct', ['info', 'extract'])).toBe('extract');
  expect(nearest('sim', ['info', 'simulate'])).toBe('simulate');
  expect(nearest('frobnicate', ['info', 'extract'])).toBeUndefined();
});

test('help and version', async () => {
  const help = await run('--help');
  expect(help).toMatchObject({ status: 0, stderr: '' });
  expect((await run()).stdout).toBe(help.stdout);
  const commands = [...help.stdout.matchAll(/^ {2}([a-z]+) {2,}/gm)].map(([, name]) => name!);
  expect(commands).toEqual(
    expect.arrayContaining(['info', 'convert', 'dixon', 'extract', 'simulate']),
  );
  for (const command of commands) {
    const { status, stdout } = await run(command, '--help');
    expect(status).toBe(0);
    expect(stdout).toMatch(new RegExp(`Examples?:\n  steatosis ${command} `));
    expect(stdout).toContain('-h, --help');
  }
  expect((await run('--version')).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
});

test.each([
  [['extarct']],
  [['dixon', 'x', '-o', 'y', '--calibration']],
  [['dixon', 'x', '-o', 'y', '--format', 'png']],
  [['dixon', 'x', '-o', 'y', '--precession', '2']],
  [['dixon', 'x']],
  [['extract', 'a', 'b', '-o', 'x.txt']],
  [['extract', 'a', 'b', '-o', 'x.csv', '--label', '0']],
  [['extract', 'a', 'b', '--cases', 'cases.csv', '-o', 'x.csv']],
  [['convert', 'a', '-o', 'a.dcm']],
  [['simulate', '--patients', '0', '-o', 'x']],
  [['train']],
])('wrong usage %j: status 2, what is wrong and where the help is', async (argv) => {
  const { status, stdout, stderr } = await run(...argv);
  expect(status).toBe(2);
  expect(stdout).toBe('');
  expect(stderr).toMatch(/^error: [^\n]+\nSee steatosis [a-z ]*--help\n$/);
});
