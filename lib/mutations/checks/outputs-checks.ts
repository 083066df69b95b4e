import type { Matrix } from "../../matrix";
import type { Optimizer } from "../../optimizers";
import type { Probe } from "../mutation";
import { type Output, outputsOf } from "../outputs";
import { optimizerPoint } from "../points";
import type { Subject } from "../subject";
import type { Judge } from "./check";

const at = (outputs: readonly Output[], probe: Probe) => outputs.filter((output) => output.probe === probe);

/**
 * Everything comes out in the right shape on square shapes, whatever the numbers; on generic input for what has no such
 * shapes.
 * @example
 * import { subjects } from "../subjects"
 * shapesAlone(subjects.dense)((right) => ({ ...right, forward: (params, A) => right.forward(params, A) })) // true
 */
export function shapesAlone(subject: Subject): Judge {
  const outputs = outputsOf(subject, (right) => right);
  const probe: Probe = at(outputs, "square shapes").length > 0 ? "square shapes" : "generic";
  const truth = at(outputs, probe);
  const shape = (A: Matrix | null) => A && `${A.rows}×${A.cols}`;
  return (make) => {
    const own = at(outputsOf(subject, make), probe);
    return (
      own.length === truth.length &&
      own.every(({ name, value }, k) => name === truth[k].name && shape(value) === shape(truth[k].value))
    );
  };
}

/**
 * What a layer or a loss returns is the same, bit for bit, if other calls come between its forward and its backward, or
 * before them; an optimizer changes none of its arguments and returns the same twice. undefined for the rest.
 * @example
 * import { subjects } from "../subjects"
 * callsInBetween(subjects.dense)((right) => right) // true
 */
export function callsInBetween(subject: Subject): Judge | undefined {
  if (subject.kind === "optimizer")
    return (make) => {
      const optimizer = make(subject.right()) as Optimizer;
      const { params, gradients } = optimizerPoint("generic");
      const first = optimizer.update(gradients[0], optimizer.init(params), params, 1);
      const before = JSON.stringify([params, gradients, first]);
      const [once, again] = [1, 2].map(() => optimizer.update(gradients[1], first.state, first.params, 2));
      const after = JSON.stringify([params, gradients, first]);
      return JSON.stringify(once) === JSON.stringify(again) && before === after;
    };
  if (subject.kind !== "layer" && subject.kind !== "loss") return undefined;
  return (make) => {
    const outputs = outputsOf<Subject>(subject, make);
    const fresh = at(outputs, "generic");
    const later = at(outputs, "calls in between");
    return later.every(({ name, value }, k) => {
      const other = fresh[k % fresh.length];
      return name === other.name && sameBits(value, other.value);
    });
  };
}

function sameBits(A: Matrix | null, B: Matrix | null): boolean {
  if (A === null || B === null) return A === B;
  return A.rows === B.rows && A.cols === B.cols && A.data.every((x, k) => Object.is(x, B.data[k]));
}
