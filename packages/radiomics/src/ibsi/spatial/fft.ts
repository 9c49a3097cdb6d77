/** The smallest length of at least n that has no prime factor but 2 and 3. */
export function fastLength(n: number): number {
  let best = Infinity;
  for (let threes = 1; threes < 3 * n; threes *= 3) {
    let length = threes;
    while (length < n) length *= 2;
    best = Math.min(best, length);
  }
  return best;
}

/**
 * The discrete Fourier transform of a fixed length without prime factors but 2 and 3 (Stockham's
 * self-sorting form, radix 4, 3 and 2), many sequences at a time.
 */
export class Fft {
  readonly length: number;
  readonly #radices: readonly number[];
  readonly #cos: Float64Array;
  readonly #sin: Float64Array;

  constructor(length: number) {
    this.length = length;
    this.#radices = radicesOf(length);
    this.#cos = Float64Array.from({ length }, (_, k) => Math.cos((2 * Math.PI * k) / length));
    this.#sin = Float64Array.from({ length }, (_, k) => -Math.sin((2 * Math.PI * k) / length));
  }

  /**
   * Transform `batch` sequences that lie side by side: element i of sequence b is at `i * batch + b`.
   *
   * @param a real and imaginary parts; destroyed
   * @param b room of the same size
   * @returns whichever of the two holds the result
   */
  transform(a: ComplexArray, b: ComplexArray, batch: number): ComplexArray {
    let from = a;
    let to = b;
    let rest = this.length;
    let stride = batch;
    // After the stages done, rest elements are left of each sequence, stride sequences side by side.
    for (const radix of this.#radices) {
      const groups = rest / radix;
      // Twiddle factor q of a stage is the root of unity number q · length/rest.
      const step = this.length / rest;
      if (radix === 4) this.#radix4(from, to, groups, stride, step);
      else if (radix === 3) this.#radix3(from, to, groups, stride, step);
      else this.#radix2(from, to, groups, stride, step);
      [from, to] = [to, from];
      rest = groups;
      stride *= radix;
    }
    return from;
  }

  #radix2(x: ComplexArray, y: ComplexArray, groups: number, stride: number, step: number): void {
    const { re, im } = x;
    const leap = stride * groups;
    for (let q = 0; q < groups; q++) {
      const c = this.#cos[q * step];
      const s = this.#sin[q * step];
      let i = stride * q;
      let o = 2 * stride * q;
      for (let k = 0; k < stride; k++, i++, o++) {
        const dr = re[i] - re[i + leap];
        const di = im[i] - im[i + leap];
        y.re[o] = re[i] + re[i + leap];
        y.im[o] = im[i] + im[i + leap];
        y.re[o + stride] = dr * c - di * s;
        y.im[o + stride] = dr * s + di * c;
      }
    }
  }

  #radix3(x: ComplexArray, y: ComplexArray, groups: number, stride: number, step: number): void {
    const { re, im } = x;
    const leap = stride * groups;
    const half3 = Math.sqrt(3) / 2;
    for (let q = 0; q < groups; q++) {
      const c1 = this.#cos[q * step];
      const s1 = this.#sin[q * step];
      const c2 = this.#cos[2 * q * step];
      const s2 = this.#sin[2 * q * step];
      let i = stride * q;
      let o = 3 * stride * q;
      for (let k = 0; k < stride; k++, i++, o++) {
        const sumR = re[i + leap] + re[i + 2 * leap];
        const sumI = im[i + leap] + im[i + 2 * leap];
        const turnR = half3 * (im[i + leap] - im[i + 2 * leap]);
        const turnI = -half3 * (re[i + leap] - re[i + 2 * leap]);
        const midR = re[i] - sumR / 2;
        const midI = im[i] - sumI / 2;
        y.re[o] = re[i] + sumR;
        y.im[o] = im[i] + sumI;
        y.re[o + stride] = (midR + turnR) * c1 - (midI + turnI) * s1;
        y.im[o + stride] = (midR + turnR) * s1 + (midI + turnI) * c1;
        y.re[o + 2 * stride] = (midR - turnR) * c2 - (midI - turnI) * s2;
        y.im[o + 2 * stride] = (midR - turnR) * s2 + (midI - turnI) * c2;
      }
    }
  }

  #radix4(x: ComplexArray, y: ComplexArray, groups: number, stride: number, step: number): void {
    const { re, im } = x;
    const leap = stride * groups;
    for (let q = 0; q < groups; q++) {
      const c1 = this.#cos[q * step];
      const s1 = this.#sin[q * step];
      const c2 = this.#cos[2 * q * step];
      const s2 = this.#sin[2 * q * step];
      const c3 = this.#cos[3 * q * step];
      const s3 = this.#sin[3 * q * step];
      let i = stride * q;
      let o = 4 * stride * q;
      for (let k = 0; k < stride; k++, i++, o++) {
        const evenR = re[i] + re[i + 2 * leap];
        const evenI = im[i] + im[i + 2 * leap];
        const oddR = re[i + leap] + re[i + 3 * leap];
        const oddI = im[i + leap] + im[i + 3 * leap];
        const acrossR = re[i] - re[i + 2 * leap];
        const acrossI = im[i] - im[i + 2 * leap];
        // The difference of the odd ones, turned by −90°.
        const turnR = im[i + leap] - im[i + 3 * leap];
        const turnI = re[i + 3 * leap] - re[i + leap];
        y.re[o] = evenR + oddR;
        y.im[o] = evenI + oddI;
        y.re[o + stride] = (acrossR + turnR) * c1 - (acrossI + turnI) * s1;
        y.im[o + stride] = (acrossR + turnR) * s1 + (acrossI + turnI) * c1;
        y.re[o + 2 * stride] = (evenR - oddR) * c2 - (evenI - oddI) * s2;
        y.im[o + 2 * stride] = (evenR - oddR) * s2 + (evenI - oddI) * c2;
        y.re[o + 3 * stride] = (acrossR - turnR) * c3 - (acrossI - turnI) * s3;
        y.im[o + 3 * stride] = (acrossR - turnR) * s3 + (acrossI - turnI) * c3;
      }
    }
  }
}

/** Complex numbers, their parts apart. */
export interface ComplexArray {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

export function complexArray(length: number): ComplexArray {
  return { re: new Float64Array(length), im: new Float64Array(length) };
}

function radicesOf(length: number): number[] {
  const radices: number[] = [];
  let rest = length;
  for (const radix of [4, 3, 2]) {
    while (rest % radix === 0) {
      radices.push(radix);
      rest /= radix;
    }
  }
  return radices;
}
