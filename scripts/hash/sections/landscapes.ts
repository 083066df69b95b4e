import { quadraticRavine, rosenbrock } from "../../../lib/landscapes";
import { beale, himmelblau, saddle } from "../../../lib/landscapes/classics";
import { landscape } from "../../../lib/landscapes/landscape";
import { followGradient } from "../../../lib/landscapes/path";
import { adam, sgd } from "../../../lib/optimizers";
import { draw, precisions } from "../inputs";
import type { Note } from "../recorder";

const bowl = landscape("bowl", 2, [[0, 0]], 0, {
  value: ([x, y]) => x * x + 3 * y * y,
  gradient: ([x, y], g) => g.set([2 * x, 6 * y]),
  hessian: (_x, add) => {
    add(0, 0, 2);
    add(1, 1, 6);
  },
});

/** Values, gradients, Hessians and minima of every landscape, and paths on them, one of which diverges. */
export function landscapesSection(note: Note): void {
  const landscapes = {
    rosenbrock: rosenbrock({ a: 0.7, b: 30 }),
    "rosenbrock of five": rosenbrock({ b: 30, dimensions: 5 }),
    ravine: quadraticRavine([1, 100], { rotation: 0.3 }),
    "ravine of four": quadraticRavine([1, 10, 100, 1000]),
    beale,
    himmelblau,
    saddle,
    bowl,
  };
  for (const [name, f] of Object.entries(landscapes)) {
    note(name, f);
    for (const precision of precisions)
      for (let k = 0; k < 20; k++) {
        const x = draw(f.dimensions, 1, `${name} ${k}`, precision);
        note(`${name} at point ${k}, ${precision}`, [f.value(x), f.gradient(x), f.hessian(x)]);
      }
    const start = draw(f.dimensions, 1, "start");
    note(`paths on ${name}`, [
      followGradient(f, sgd(1e-3, { momentum: 0.9 }), start, 100),
      followGradient(f, adam(0.05), start, 100),
      followGradient(f, sgd(1), start, 100),
    ]);
  }
}
