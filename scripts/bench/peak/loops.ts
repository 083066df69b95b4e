// Loops of nothing but multiplications and additions in registers, as AssemblyScript: what they reach is the peak of
// plain WebAssembly SIMD on a core. Constants and first values come from memory before the loop, so that no compiler
// knows them, and sums go there after it, so that none is left out. The values are chosen to stay near 1: numbers below
// the normal ones would be slow.

/** Float types of AssemblyScript with their numbers in a register. */
export const lanes = { f32: 4, f64: 2 } as const;
export type FloatType = keyof typeof lanes;

/** A loop: what it computes, and from what it starts. */
export interface Loop {
  readonly name: string;
  /** How many sums (or products) run on independently of each other. */
  readonly accumulators: number;
  /** Registers by name, with the number that fills each at the start. */
  readonly registers: ReadonlyMap<string, number>;
  /** One pass: each accumulator goes on by a step. */
  readonly pass: readonly Statement[];
  /** Passes that are written out in a round, so that the loop's own instructions do not count. */
  readonly passes: number;
}

/** target = a · times, a + plus, or a + the product of two. */
export type Statement =
  | { readonly target: string; readonly a: string; readonly times: string }
  | { readonly target: string; readonly a: string; readonly plus: string | readonly [string, string] };

const counted = (name: string, count: number, value: (k: number) => number): [string, number][] =>
  Array.from({ length: count }, (_, k) => [`${name}${k}`, value(k)]);

/**
 * The tile of a product: s_ij ← s_ij + x_i y_j. x_i changes its sign in each pass, by y_0 = −1, so that no product is one
 * of the pass before; that product is added to s_i0 too.
 */
export function tileLoop(rows: number, cols: number, passes: number): Loop {
  const pass: Statement[] = [];
  for (let i = 0; i < rows; i++) {
    for (let j = 1; j < cols; j++)
      pass.push({ target: `s${i * cols + j}`, a: `s${i * cols + j}`, plus: [`x${i}`, `y${j}`] });
    pass.push({ target: `x${i}`, a: `x${i}`, times: "y0" });
    pass.push({ target: `s${i * cols}`, a: `s${i * cols}`, plus: `x${i}` });
  }
  const registers = new Map([
    ...counted("s", rows * cols, (k) => 1 + k / 16),
    ...counted("x", rows, (k) => 1 / 2 + k / 8),
    ...counted("y", cols, (k) => (k === 0 ? -1 : 1 / 2 + k / 16)),
  ]);
  return { name: `tile ${rows}×${cols}`, accumulators: rows * cols, registers, pass, passes };
}

/** s_i ← c + s_i c, which tends to c/(1 − c). */
export function recurrenceLoop(accumulators: number, passes: number): Loop {
  const sums = counted("s", accumulators, (k) => 1 + k / 16);
  const pass = sums.flatMap(([s]) => [
    { target: s, a: s, times: "c" },
    { target: s, a: s, plus: "c" },
  ]);
  const registers = new Map([...sums, ["c", 0.75] as const]);
  return { name: `c + s c, ${accumulators} sums`, accumulators, registers, pass, passes };
}

/** Products x_i ← −x_i and sums s_j ← s_j + d side by side, in the order in which they come. */
export function separateLoop(products: number, sums: number, passes: number): Loop {
  const pass: Statement[] = [];
  for (let k = 0; k < Math.max(products, sums); k++) {
    if (k < products) pass.push({ target: `x${k}`, a: `x${k}`, times: "y" });
    if (k < sums) pass.push({ target: `s${k}`, a: `s${k}`, plus: "d" });
  }
  const registers = new Map([
    ...counted("s", sums, (k) => 1 + k / 16),
    ...counted("x", products, (k) => 1 / 2 + k / 8),
    ["y", -1] as const,
    ["d", 1 / 4] as const,
  ]);
  return {
    name: `${products} products, ${sums} sums`,
    accumulators: products + sums,
    registers,
    pass,
    passes,
  };
}

/** The loops that are tried. */
export const loops: readonly Loop[] = [
  tileLoop(4, 2, 4),
  tileLoop(2, 5, 4),
  tileLoop(4, 3, 4),
  recurrenceLoop(8, 4),
  recurrenceLoop(10, 4),
  recurrenceLoop(12, 4),
  recurrenceLoop(14, 4),
  separateLoop(7, 7, 4),
  separateLoop(8, 5, 4),
  separateLoop(6, 8, 4),
];

/** Multiplications and additions of one number each in a round. */
export function flopsOfRound({ pass, passes }: Loop, type: FloatType): number {
  const operations = pass.reduce(
    (count, statement) => count + ("plus" in statement && typeof statement.plus !== "string" ? 2 : 1),
    0,
  );
  return operations * passes * lanes[type];
}

/** An exported AssemblyScript function of the loop: `name(rounds, at)`, its registers at `at` in memory, 16 bytes each. */
export function loopSource({ registers, pass, passes }: Loop, type: FloatType, name: string): string {
  const names = [...registers.keys()];
  const changing = names.filter((one) => pass.some(({ target }) => target === one));
  const statement = (one: Statement) => {
    if ("times" in one) return `${one.target} = v128.mul<${type}>(${one.a}, ${one.times});`;
    const added =
      typeof one.plus === "string" ? one.plus : `v128.mul<${type}>(${one.plus[0]}, ${one.plus[1]})`;
    return `${one.target} = v128.add<${type}>(${one.a}, ${added});`;
  };
  return [
    `export function ${name}(rounds: i32, at: usize): void {`,
    ...names.map((one, k) => `let ${one} = v128.load(at, ${16 * k});`),
    "for (let k = 0; k < rounds; k++) {",
    ...Array.from({ length: passes }, () => pass.map(statement)).flat(),
    "}",
    ...changing.map((one) => `v128.store(at, ${one}, ${16 * names.indexOf(one)});`),
    "}",
  ].join("\n");
}
