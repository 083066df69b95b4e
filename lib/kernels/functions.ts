// First light: same names as the WebAssembly core that replaces this file.
export const exp = (x: number): number => Math.exp(x);
export const log = (x: number): number => Math.log(x);
export const log1p = (x: number): number => Math.log1p(x);
export const expm1 = (x: number): number => Math.expm1(x);
// The rings dataset and later the sinusoidal ones need these two.
export const cos = (x: number): number => Math.cos(x);
export const sin = (x: number): number => Math.sin(x);
export const tanh = (x: number): number => Math.tanh(x);
export const pow = (x: number, y: number): number => x ** y;

const sigmoid = (z: number) => (z >= 0 ? 1 / (1 + exp(-z)) : exp(z) / (1 + exp(z)));
const bell = (e: number) => e / ((1 + e) * (1 + e));

const table = {
  identity: [(z: number) => z, (z: number) => (z === z ? 1 : z)],
  step: [(z: number) => (z >= 0 ? 1 : z < 0 ? 0 : z), (z: number) => (z === z ? 0 : z)],
  sigmoid: [sigmoid, (z: number) => bell(exp(-Math.abs(z)))],
  tanh: [tanh, (z: number) => 4 * bell(exp(-2 * Math.abs(z)))],
  relu: [(z: number) => Math.max(z, 0), (z: number) => (z > 0 ? 1 : z <= 0 ? 0 : z)],
  leakyRelu: [
    (z: number, alpha: number) => (z > 0 ? z : alpha * z),
    (z: number, alpha: number) => (z > 0 ? 1 : z <= 0 ? alpha : z),
  ],
} as const;

export type Elementwise = keyof typeof table;
type Floats = Float64Array | Float32Array;

/** The function at one number. */
export function evaluate(name: Elementwise, z: number, parameter = 0): number {
  return table[name][0](z, parameter);
}

/** Its derivative at one number. */
export function evaluateDerivative(name: Elementwise, z: number, parameter = 0): number {
  return table[name][1](z, parameter);
}

/** The function at every entry. */
export function map(name: Elementwise, z: Floats, parameter = 0): Floats {
  return z.map((entry: number) => table[name][0](entry, parameter));
}

/** Its derivative at every entry. */
export function mapDerivative(name: Elementwise, z: Floats, parameter = 0): Floats {
  return z.map((entry: number) => table[name][1](entry, parameter));
}

/** Softmax of every column of a row-major rows×cols array; logarithm: its logarithm instead. */
export function softmaxColumns(z: Floats, rows: number, cols: number, logarithm: boolean): Floats {
  const out = z.slice();
  for (let j = 0; j < cols; j++) {
    let max = Number.NEGATIVE_INFINITY;
    for (let i = 0; i < rows; i++) max = Math.max(max, z[i * cols + j]);
    const shifted = (i: number) => (z[i * cols + j] === max ? 0 : z[i * cols + j] - max);
    let total = 0;
    for (let i = 0; i < rows; i++) total += exp(shifted(i));
    for (let i = 0; i < rows; i++)
      out[i * cols + j] = logarithm ? shifted(i) - log(total) : exp(shifted(i)) / total;
  }
  return out;
}
