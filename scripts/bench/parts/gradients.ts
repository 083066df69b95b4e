import { type GradientCosts, gradientSection, widths } from "../gradient-costs";
import type { Part } from "../part";
import { type Side, startNode, withSides } from "../side";

/** The cost of a gradient by backward, beside forward and finite differences. */
export const gradients: Part = {
  name: "gradients",
  summary: "backward against forward and finite differences",
  measure: (progress) =>
    withSides([() => startNode("gradients.ts")], async ([side]) => {
      const costs: GradientCosts[] = [];
      for (const [k, n] of widths.entries()) {
        progress(k / widths.length, `${n}-${n}-${n}-${n}`);
        costs.push(await (side as Side).ask(`gradients ${n}`));
      }
      return { section: gradientSection(costs), versions: {} };
    }),
};
