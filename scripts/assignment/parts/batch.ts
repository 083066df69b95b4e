import { drawTwoLayers, type TwoLayerGradients } from "../../../lib/assignment/cases/two-layer";
import { type Matrix, scale } from "../../../lib/matrix";
import { given } from "../mark/arguments";
import { differenceFrom, wordsFor } from "../mark/compare";
import type { Exam, Part } from "../mark/part";
import type { Value } from "../wire/decode";
import { backwardByLib, forwardByLib } from "./two-layer-by-lib";

/** Inputs, hidden units, classes, samples; the last so large that differences of the loss would take minutes. */
const shapes = [
  [3, 4, 2, 5],
  [4, 4, 4, 4],
  [2, 1, 3, 7],
  [3, 4, 2, 1],
  [200, 150, 30, 64],
] as const;

const gradientNames = ["dW2", "dW1", "db2", "db1"] as const;

/** With 1/m in the errors, as lib has it, and without. */
const errorsOf = ({ delta2, delta1 }: TwoLayerGradients, m: number) => ({
  delta: { delta2, delta1 },
  gradient: { delta2: scale(delta2, m), delta1: scale(delta1, m) },
});

type Errors = { readonly delta2: Matrix; readonly delta1: Matrix };

/** How both errors differ from these, in a sentence. */
const difference = (right: Errors, delta2: Value, delta1: Value) =>
  differenceFrom(right.delta2, delta2, "delta2") ?? differenceFrom(right.delta1, delta1, "delta1");

/** The errors are right with 1/m or without; which of the two it is must be what the answer says. */
function judgeErrors(exam: Exam, right: TwoLayerGradients, m: number, [where, delta2, delta1]: Value[]) {
  const both = errorsOf(right, m);
  const withMean = difference(both.delta, delta2, delta1);
  const without = difference(both.gradient, delta2, delta1);
  const asSaid = where === "delta" ? withMean : without;
  exam.award("errors", withMean && without ? 0 : 1, asSaid ?? "");
  if (where !== "delta" && where !== "gradient")
    exam.award("place", 0, `where is ${wordsFor(where)}, expected "delta" or "gradient"`);
  else exam.award("place", asSaid ? 0 : 1, `where is "${where}", and ${asSaid}`);
}

/** A gradient that is the right one but for the mean has 1/m nowhere, or twice. */
function judgeMean(exam: Exam, name: string, value: Value, right: Matrix, m: number): void {
  const times = (factor: number) => differenceFrom(scale(right, factor), value, name) === undefined;
  if (m === 1 || !differenceFrom(right, value, name)) return;
  if (times(m)) exam.award("place", 0, `${name} is m times what it should be: 1/m stands nowhere`);
  if (times(1 / m)) exam.award("place", 0, `${name} is an m-th of what it should be: 1/m stands twice`);
}

/** The backward pass of m samples; 1/m may stand in the errors or in the gradients. */
export const batchPart: Part = {
  id: "batch",
  title: "A batch: all gradients of the mean",
  answers: ["batchGradients"],
  diagnosis: { assignment: "A2", question: "batch", answers: ["batchGradients"] },
  aspects: [
    { id: "errors", title: "Δ² and Δ¹, with 1/m or without", points: 2 },
    { id: "weights", title: "∂E/∂W² and ∂E/∂W¹", points: 1 },
    { id: "bias", title: "∂E/∂b² and ∂E/∂b¹", points: 1 },
    { id: "place", title: "1/m stands once, where the answer says", points: 1 },
  ],
  async examine(exam) {
    for (const [inputs, hidden, classes, m] of shapes)
      await exam.attempt(["errors", "weights", "bias", "place"], async () => {
        const { params, X, T } = drawTwoLayers(exam.random, [inputs, hidden, classes], m);
        const values = forwardByLib({ params, X });
        const right = backwardByLib(params, X, values, T);
        const [where, delta2, delta1, ...gradients] = await exam.call(
          "batchGradients",
          [given(params), given(X), given(values), given(T)],
          ["where", "delta2", "delta1", ...gradientNames],
        );
        judgeErrors(exam, right, m, [where, delta2, delta1]);
        for (const [k, name] of gradientNames.entries()) {
          exam.expect(name.startsWith("dW") ? "weights" : "bias", name, gradients[k], right[name]);
          judgeMean(exam, name, gradients[k], right[name], m);
        }
      });
  },
};
