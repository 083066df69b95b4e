import type { Floats } from "../../../lib/kernels/arena";
import { adam, clamp, descend, momentum, scaled, sumOfSquares } from "../../../lib/kernels/optimizers";
import { extremes, precisions, uniforms } from "../inputs";
import type { Note } from "../recorder";

/** One step of each rule on arrays of a few lengths; threads share the longest. */
export function optimizerKernelsSection(note: Note): void {
  for (const precision of precisions)
    for (const length of [1, 2, 3, 5, extremes.length, 40_001]) {
      const type = precision === "float64" ? Float64Array : Float32Array;
      const array = (name: string): Floats => type.from(uniforms(name, length).map((x) => 2 * x));
      const [theta, b] = [array("theta"), array("b")];
      const g = length === extremes.length ? type.from(extremes) : array("g");
      const [v, largest] = [array("v").map(Math.abs), array("largest").map(Math.abs)];
      const size = `${length} entries, ${precision}`;
      note(`descent of ${size}`, [descend(theta, g, 0.1, 0), descend(theta, g, 0.1, 0.01)]);
      for (const p of [1, -0.1]) {
        const numbers = { gamma: 0.9, s: p === 1 ? -0.1 : 1, p, q: 0.7, r: 0.3 };
        note(`momentum of ${size}`, momentum(theta, g, b, numbers, 0.01));
      }
      note(`scaled of ${size}`, scaled(theta, g, v, { alpha: 0.1, rho: 0.99, w: 0.01, epsilon: 1e-8 }, 0.01));
      const numbers = { alpha: 0.1, w1: 0.1, beta2: 0.999, w2: 0.001, c: 0.3, epsilon: 1e-8 };
      note(`Adam of ${size}`, adam(theta, g, b, v, undefined, numbers, 0.01, 1));
      note(`AMSGrad with decoupled decay of ${size}`, adam(theta, g, b, v, largest, numbers, 0, 0.999));
      note(`clamp of ${size}`, clamp(g, 0.5));
      note(`sum of squares of ${size}`, [sumOfSquares(g, 1), sumOfSquares(theta, 0.3)]);
    }
}
