import { drawTwoLayers } from "../../../lib/assignment/cases/two-layer";
import { given } from "../mark/arguments";
import type { Part } from "../mark/part";
import { backwardByLib, forwardByLib } from "./two-layer-by-lib";

/** Inputs, hidden units, classes; the last so large that differences of the loss would take minutes. */
const shapes = [
  [3, 4, 2],
  [5, 5, 5],
  [2, 1, 3],
  [400, 300, 60],
] as const;

/** The forward pass of one sample. */
export const twoLayerForwardPart: Part = {
  id: "two-layer-forward",
  title: "Two layers: forward",
  answers: ["twoLayerForward"],
  diagnosis: { assignment: "A2", question: "twoLayerForward", answers: ["twoLayerForward"] },
  aspects: [
    { id: "hidden", title: "u¹ and y¹", points: 1 },
    { id: "output", title: "u² and y²", points: 1 },
  ],
  async examine(exam) {
    for (const sizes of shapes)
      await exam.attempt(["hidden", "output"], async () => {
        const { params, X } = drawTwoLayers(exam.random, sizes, 1);
        const right = forwardByLib({ params, X });
        const [u1, y1, u2, y2] = await exam.call(
          "twoLayerForward",
          [given(params), given(X)],
          ["u1", "y1", "u2", "y2"],
        );
        exam.expect("hidden", "u1", u1, right.Z1);
        exam.expect("hidden", "y1", y1, right.A1);
        exam.expect("output", "u2", u2, right.Z2);
        exam.expect("output", "y2", y2, right.Y);
      });
  },
};

/** The backward pass of one sample, with the values of the forward. */
export const twoLayerGradientsPart: Part = {
  id: "two-layer-gradients",
  title: "Two layers: all gradients",
  answers: ["twoLayerGradients"],
  diagnosis: { assignment: "A2", question: "twoLayerGradients", answers: ["twoLayerGradients"] },
  aspects: [
    { id: "delta2", title: "δ²", points: 1 },
    { id: "delta1", title: "δ¹", points: 2 },
    { id: "layer2", title: "∂E/∂W² and ∂E/∂b²", points: 1 },
    { id: "layer1", title: "∂E/∂W¹ and ∂E/∂b¹", points: 1 },
  ],
  async examine(exam) {
    for (const sizes of shapes)
      await exam.attempt(["delta2", "delta1", "layer2", "layer1"], async () => {
        const { params, X, T } = drawTwoLayers(exam.random, sizes, 1);
        const values = forwardByLib({ params, X });
        const { Z1, A1, Z2, Y } = values;
        const right = backwardByLib(params, X, values, T);
        const names = ["delta2", "delta1", "dW2", "db2", "dW1", "db1"] as const;
        const answers = await exam.call(
          "twoLayerGradients",
          [given(params), given(X), given({ u1: Z1, y1: A1, u2: Z2, y2: Y }), given(T)],
          names,
        );
        const aspects = ["delta2", "delta1", "layer2", "layer2", "layer1", "layer1"];
        for (const [k, name] of names.entries()) exam.expect(aspects[k], name, answers[k], right[name]);
      });
  },
};
