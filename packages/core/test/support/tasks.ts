import { InvalidArgumentError, type TaskContext } from '../../src/index.js';

export const tasks = {
  square: (x: number) => x * x,
  sum: (input: { values: Float64Array }) => {
    const total = input.values.reduce((a, b) => a + b, 0);
    return { total, values: input.values };
  },
  async count(n: number, { report, signal }: TaskContext) {
    for (let done = 1; done <= n; done++) {
      signal?.throwIfAborted();
      report({ done, total: n, message: 'counting' });
      await Promise.resolve();
    }
    return n;
  },
  refuse(value: string): never {
    try {
      throw new RangeError('the inner reason');
    } catch (cause) {
      throw new InvalidArgumentError('value', value, 'something else', { cause });
    }
  },
  throwText(): never {
    throw 'not even an error'; // oxlint-disable-line no-throw-literal -- what a careless library may do
  },
  forever(): never {
    for (;;);
  },
  die(): never {
    process.exit(3);
  },
};
