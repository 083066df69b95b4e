// The product of a 256×784 and a 784×128 matrix, and the peak of the core that it runs on, in turn within short runs.
// Started with BACKPROP_THREADS=1.
import { version } from "assemblyscript/package.json";
import { inRegion, Region } from "../../../lib/kernels/region";
import { threadCount } from "../../../lib/kernels/threads";
import { fromData, type Matrix, multiply, type Precision, scale } from "../../../lib/matrix";
import { randomState } from "../../../lib/random";
import { type CompiledLoop, compileLoops } from "../peak/compile";
import { loops } from "../peak/loops";
import type { ProductRates, Rates } from "../product-rates";
import { serve } from "./serve";

const [m, k, n] = [256, 784, 128];
/** Multiplications and additions of a product. */
const flops = 2 * m * n * k;
/** Those of one timing of a loop: a millisecond or two. */
const loopFlops = 6e7;
const [warmUps, runs] = [40, 200];

/** 10⁹ floating-point operations in a second. */
function rate(flops: number, work: () => void): number {
  const start = process.hrtime.bigint();
  work();
  return flops / Number(process.hrtime.bigint() - start);
}

function factors(precision: Precision): [Matrix, Matrix] {
  const random = randomState(0);
  const normal = (rows: number, cols: number) => {
    const data = random.normals(rows * cols);
    return fromData(rows, cols, precision === "float64" ? data : Float32Array.from(data));
  };
  return [normal(m, k), normal(k, n)];
}

function measure(precision: Precision, compiled: readonly CompiledLoop[]): Rates {
  const [A, B] = factors(precision);
  const [held, results] = [new Region(), new Region()];
  held.rewind(0);
  const [residentA, residentB] = inRegion(held, () => [scale(A, 1), scale(B, 1)]);
  const resident = () => {
    results.rewind(0);
    inRegion(results, () => multiply(residentA, residentB));
  };
  const copied = () => {
    multiply(A, B);
  };
  const own = compiled.filter(({ type }) => type === (precision === "float64" ? "f64" : "f32"));
  const rates = {
    resident: [] as number[],
    copied: [] as number[],
    loops: Object.fromEntries(own.map(({ name }) => [name, [] as number[]])),
  };
  for (let run = 0; run < warmUps + runs; run++) {
    if (run === warmUps)
      for (const list of [rates.resident, rates.copied, ...Object.values(rates.loops)]) list.length = 0;
    for (const [list, product] of [
      [rates.resident, resident],
      [rates.copied, copied],
    ] as const)
      list.push(
        rate(2 * flops, () => {
          product();
          product();
        }),
      );
    for (const loop of own) {
      const rounds = Math.round(loopFlops / loop.flopsOfRound);
      loop.fill();
      rates.loops[loop.name].push(rate(rounds * loop.flopsOfRound, () => loop.run(rounds)));
    }
  }
  held.release();
  results.release();
  return rates;
}

compileLoops(loops).then((compiled) =>
  serve(
    { AssemblyScript: version, "Threads of ours in the product": String(threadCount()) },
    {
      product: (): ProductRates => ({
        float64: measure("float64", compiled),
        float32: measure("float32", compiled),
      }),
    },
  ),
);
