import { storeSamples } from "../../../lib/kernels/gather";
import { product } from "../../../lib/kernels/product";
import { inRegion, newMatrix, Region } from "../../../lib/kernels/region";
import type { Matrix, Precision } from "../../../lib/matrix";
import { draw, drawWithExtremes, labels, precisions } from "../inputs";
import type { Note } from "../recorder";

/** m, k and n of an m×k and a k×n matrix: corners of blocks, thin ones, and two that threads share. */
const sizes = [
  [1, 1, 1],
  [1, 9, 1],
  [4, 8, 16],
  [5, 3, 2],
  [17, 31, 9],
  [1, 300, 40],
  [40, 300, 1],
  [67, 1, 67],
  [64, 784, 128],
  [131, 600, 523],
] as const;

/** Products in all forms, batches of samples, and both where they lie in the core's memory. */
export function productsSection(note: Note): void {
  for (const precision of precisions) {
    for (const [m, k, n] of sizes)
      for (const make of [draw, drawWithExtremes]) {
        const results = allForms(make, m, k, n, precision);
        note(`${m}×${k} by ${k}×${n} ${precision}${make === draw ? "" : ", with extremes"}`, results);
      }
    note(`by blocks, ${precision}`, everyHundredth(product("multiply", ...largerThanTheMemory(precision))));
    const X = draw(784, 300, "samples", precision);
    const samples = storeSamples(X);
    const order = labels(256, 300, "order");
    note(`batch, ${precision}`, [samples.finite, samples.gather(order), samples.gather(order.slice(0, 5))]);
    samples.release();
    note(`in a region, ${precision}`, inOneRegion(precision));
  }
}

type Make = typeof draw;

/** A B, A B + b 1ᵀ, Aᵀ B and A Bᵀ. */
function allForms(make: Make, m: number, k: number, n: number, precision: Precision): Matrix[] {
  const [A, B] = [make(m, k, "A", precision), make(k, n, "B", precision)];
  const bias = make(m, 1, "bias", precision);
  const [tall, wide] = [make(k, m, "A", precision), make(n, k, "B", precision)];
  return [
    product("multiply", A, false, B, false),
    product("affine", A, false, B, false, bias),
    product("multiplyTransposeLeft", tall, true, B, false),
    product("multiplyTransposeRight", A, false, wide, true),
  ];
}

function largerThanTheMemory(precision: Precision): [Matrix, false, Matrix, false] {
  const rows = precision === "float64" ? 3000 : 4300;
  return [draw(rows, 2, "rows", precision), false, draw(2, rows, "columns", precision), false];
}

const everyHundredth = ({ data }: Matrix) => (data as Float64Array).filter((_, k) => k % 100 === 0);

/** A product of a product, whose operand lies in the core's memory; the same place is used twice. */
function inOneRegion(precision: Precision): Matrix[] {
  const region = new Region();
  const results: Matrix[] = [];
  for (const name of ["first", "second"]) {
    region.rewind(0);
    inRegion(region, () => {
      const inner = product(
        "multiply",
        draw(70, 90, name, precision),
        false,
        draw(90, 110, name, precision),
        false,
      );
      const outer = product("multiplyTransposeRight", inner, false, inner, true);
      const own = newMatrix(1, 3, outer.data);
      own.data.fill(7);
      for (const { rows, cols, data } of [inner, outer, own])
        results.push({ rows, cols, data: data.slice() });
    });
  }
  region.release();
  return results;
}
