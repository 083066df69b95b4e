import type { Part } from "../part";
import { type ProductRates, productSection } from "../product-rates";
import { type Side, startNode, withSides } from "../side";

/** Our matrix product on one thread, against the peak of WebAssembly SIMD on the same core. */
export const product: Part = {
  name: "product",
  summary: "the matrix product against the peak of WebAssembly SIMD",
  measure: (progress) =>
    withSides([() => startNode("product.ts", { ...process.env, BACKPROP_THREADS: "1" })], async ([side]) => {
      const { ask, facts } = side as Side;
      progress(0, "the product and ten loops in registers, in turn");
      const rates = await ask<ProductRates>("product");
      return { section: productSection(rates), versions: { AssemblyScript: facts.AssemblyScript } };
    }),
};
