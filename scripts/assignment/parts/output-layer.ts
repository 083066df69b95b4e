import { sigmoid } from "../../../lib/activations";
import { dense } from "../../../lib/layers";
import { meanSquaredError, sigmoidBinaryCrossEntropy } from "../../../lib/losses";
import { activationMeanSquaredError } from "../../../lib/losses/output-activation";
import { affine, column, scale } from "../../../lib/matrix";
import { given } from "../mark/arguments";
import type { Exam, Part } from "../mark/part";
import { normals } from "./inputs";

/** Inputs and outputs; the last so large that differences of the loss would take minutes. */
const shapes = [
  [3, 2],
  [4, 4],
  [5, 1],
  [1, 6],
  [500, 400],
] as const;

/** The gradients of an output layer without activation, with the squared error of one sample. */
export const identityPart: Part = {
  id: "identity",
  title: "Squared error, identity at the output",
  answers: ["identityGradients"],
  diagnosis: { assignment: "A2", question: "identity", answers: ["identityGradients"] },
  aspects: [
    { id: "delta", title: "δ", points: 1 },
    { id: "weights", title: "∂E/∂W", points: 1 },
    { id: "bias", title: "∂E/∂b", points: 1 },
  ],
  async examine(exam) {
    for (const [inputs, outputs] of shapes)
      await exam.attempt(["delta", "weights", "bias"], async () => {
        const W = scale(normals(exam, outputs, inputs), 1 / Math.sqrt(inputs));
        const [b, before, target] = [
          normals(exam, outputs, 1),
          normals(exam, inputs, 1),
          normals(exam, outputs, 1),
        ];
        const [delta, dW, db] = await exam.call(
          "identityGradients",
          [given({ W, b }), given(before), given(target)],
          ["delta", "dW", "db"],
        );
        const right = meanSquaredError.backward({ prediction: affine(W, before, b), target });
        const { gradients } = dense(inputs, outputs).backward({ weights: W, bias: b }, { A: before }, right);
        exam.expect("delta", "delta", delta, right);
        exam.expect("weights", "dW", dW, gradients.weights);
        exam.expect("bias", "db", db, gradients.bias);
      });
  },
};

const squaredError = activationMeanSquaredError(sigmoid);

/** What the three functions of the second exercise give at u by lib. */
function sigmoidByLib(u: number, target: number) {
  const pair = [column([u]), column([target])] as const;
  const slope = (loss: typeof squaredError | typeof sigmoidBinaryCrossEntropy) =>
    loss.backward(loss.forward(...pair).cache as never).data[0];
  return {
    squaredErrorDelta: slope(squaredError),
    crossEntropyDelta: slope(sigmoidBinaryCrossEntropy),
    lostFactor: sigmoid.derivative(u),
  };
}

/** Asks all three at u, each for an aspect. */
async function tried(exam: Exam, aspects: readonly [string, string, string], u: number, target: number) {
  const right = sigmoidByLib(u, target);
  const calls = [
    ["squaredErrorDelta", [u, target]],
    ["crossEntropyDelta", [u, target]],
    ["lostFactor", [u]],
  ] as const;
  for (const [k, [name, args]] of calls.entries())
    await exam.attempt([aspects[k]], async () => {
      const [value] = await exam.call(name, args.map(given));
      exam.expect(aspects[k], `${name}(${args.join(", ")})`, value, right[name]);
    });
}

/** Both δ of one output with a sigmoid, and the factor between them, saturated too. */
export const sigmoidPart: Part = {
  id: "sigmoid",
  title: "A sigmoid with squared error and with cross-entropy",
  answers: ["squaredErrorDelta", "crossEntropyDelta", "lostFactor"],
  diagnosis: {
    assignment: "A2",
    question: "sigmoid",
    answers: ["squaredErrorDelta", "crossEntropyDelta", "lostFactor"],
  },
  aspects: [
    { id: "squared-error", title: "δ of the squared error", points: 1 },
    { id: "cross-entropy", title: "δ of the cross-entropy", points: 1 },
    { id: "factor", title: "the factor that is gone", points: 1 },
    { id: "saturated", title: "all three where the sigmoid is saturated", points: 1 },
  ],
  async examine(exam) {
    for (const target of [0, 1, 0, 1]) {
      const [u] = exam.random.normals(1);
      await tried(exam, ["squared-error", "cross-entropy", "factor"], u, target);
    }
    const saturated = ["saturated", "saturated", "saturated"] as const;
    const [share] = exam.random.uniforms(1);
    await tried(exam, saturated, -10 - 20 * share, 1);
    // so far out that e^−|u| is 0: what is divided by the slope there is no number
    await tried(exam, saturated, -750 - 150 * share, 1);
    await tried(exam, saturated, 750 + 150 * share, 0);
  },
};
