/**
 * Standard normal numbers by the ziggurat method with 256 layers (Marsaglia and Tsang, J Stat Softw
 * 2000;5(8), doi:10.18637/jss.v005.i08). The layer's number and the position inside it come from
 * different random bits, which avoids the correlation that Doornik (2005) found in the original.
 */

const LAYERS = 256;
/** Right edge of the base layer and the area of each layer, for 256 layers. */
const R = 3.6541528853610088;
const AREA = 0.00492867323399;

interface Tables {
  x: Float64Array;
  y: Float64Array;
}

let tables: Tables | undefined;

function makeTables(): Tables {
  const density = (x: number) => Math.exp(-0.5 * x * x);
  const x = new Float64Array(LAYERS + 1);
  const y = new Float64Array(LAYERS + 1);
  x[0] = AREA / density(R);
  x[1] = R;
  for (let i = 2; i < LAYERS; i++) {
    x[i] = Math.sqrt(-2 * Math.log(AREA / x[i - 1]! + density(x[i - 1]!)));
  }
  x[LAYERS] = 0;
  for (let i = 0; i <= LAYERS; i++) y[i] = density(x[i]!);
  return { x, y };
}

/** One standard normal number. */
export function gaussian(random: { uint32(): number; uniform(): number }): number {
  const { x, y } = (tables ??= makeTables());
  for (;;) {
    // One word gives the layer (low 8 bits) and, apart from it, the top 21 bits of the position.
    const bits = random.uint32();
    const layer = bits & 255;
    const u = ((bits >>> 11) * 4294967296 + random.uint32()) / 4503599627370496 - 1;
    const value = u * x[layer]!;
    if (Math.abs(value) < x[layer + 1]!) return value;
    if (layer === 0) return tail(random, u < 0);
    if (
      y[layer]! + random.uniform() * (y[layer + 1]! - y[layer]!) <
      Math.exp(-0.5 * value * value)
    ) {
      return value;
    }
  }
}

/** Beyond the base layer: Marsaglia's exact method for the tail. */
function tail(random: { uniform(): number }, negative: boolean): number {
  for (;;) {
    const a = -Math.log(1 - random.uniform()) / R;
    const b = -Math.log(1 - random.uniform());
    if (b + b >= a * a) return negative ? -(R + a) : R + a;
  }
}
