import { readFacts } from "../../datasets/files";
import type { Initializer } from "../../initializers";
import { type Matrix, matrix, subtract } from "../../matrix";
import { frobeniusNorm } from "../../matrix-entries";
import type { Optimizer } from "../../optimizers";
import { flattenParams } from "../../params";
import { randomState } from "../../random";
import type { Schedule } from "../../schedules";
import type { Subject } from "../subject";
import type { OptimizerSubject } from "../tuned-optimizers";
import type { Judge } from "./check";

/** What is read of data/references/optimizers.json: 50 gradients, and the parameters after some of the steps. */
interface OptimizerReferences {
  readonly start: readonly number[][][];
  readonly gradients: readonly (readonly number[][][])[];
  readonly float64: Readonly<Record<string, Readonly<Record<string, readonly number[][][]>>>>;
}

const asParams = ([weights, bias]: readonly number[][][]) => ({
  weights: matrix(weights),
  bias: matrix(bias),
});

/** ‖A − B‖ ≤ tolerance · ‖B‖; false with NaN. */
const near = (A: Matrix, B: Matrix, tolerance: number) =>
  frobeniusNorm(subtract(A, B)) <= tolerance * frobeniusNorm(B);

/**
 * Agreement with another program's numbers: the path of PyTorch's optimizer along given gradients, the rates of
 * PyTorch's scheduler, the weights of NumPy's draws; undefined for subjects with derivatives.
 * @param part "all", or the "first" step alone
 * @param tolerance relative to the size of each matrix
 * @example
 * import { subjects } from "../subjects"
 * matchesReference(subjects.adam, 1e-11, "all")((right) => right) // true
 * matchesReference(subjects.dense, 1e-11, "all") // undefined
 */
export function matchesReference(
  subject: Subject,
  tolerance: number,
  part: "first" | "all",
): Judge | undefined {
  switch (subject.kind) {
    case "optimizer":
      return alongPath(subject, tolerance, part);
    case "schedule": {
      const rates = readFacts<Record<string, number[]>>("references/schedules.json")[subject.reference];
      const count = part === "first" ? 1 : rates.length;
      const expected = matrix([rates.slice(0, count)]);
      return (make) => {
        const schedule = make(subject.right) as Schedule;
        return near(matrix([Array.from({ length: count }, (_, k) => schedule(k + 1))]), expected, tolerance);
      };
    }
    case "initializer": {
      if (part === "first") return undefined;
      const facts = readFacts<Record<string, number[][]>>("references/initializers.json");
      const expected = matrix(facts[subject.reference]);
      const seed = facts.seed as unknown as number;
      return (make) => {
        const initializer = make(subject.right) as Initializer;
        return near(initializer(randomState(seed), expected.rows, expected.cols), expected, tolerance);
      };
    }
    default:
      return undefined;
  }
}

function alongPath(subject: OptimizerSubject, tolerance: number, part: "first" | "all"): Judge {
  const { start, gradients, float64 } = readFacts<OptimizerReferences>("references/optimizers.json");
  const path = float64[subject.reference];
  return (make) => {
    const optimizer = make(subject.right()) as Optimizer;
    let params = asParams(start);
    let state = optimizer.init(params);
    for (let step = 1; step <= (part === "first" ? 1 : gradients.length); step++) {
      ({ params, state } = optimizer.update(asParams(gradients[step - 1]), state, params, step));
      if (!path[step]) continue;
      const expected = flattenParams(asParams(path[step]));
      const own = flattenParams(params);
      if (!own.every(({ value }, k) => near(value, expected[k].value, tolerance))) return false;
    }
    return true;
  };
}
