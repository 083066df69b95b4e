import { iris } from "../../../lib/datasets/iris";
import { standardise } from "../../../lib/datasets/standardise";
import type { LinearUnit } from "../../../lib/linear-units";
import { adalineLoss, trainAdalineBatch, trainAdalineOnline } from "../../../lib/linear-units/adaline";
import { leastSquares } from "../../../lib/linear-units/least-squares";
import { fromData, type Matrix, zeros } from "../../../lib/matrix";
import { takeColumns } from "../../../lib/matrix-entries";
import { given } from "../mark/arguments";
import type { Exam, Part } from "../mark/part";
import type { Value } from "../wire/decode";
import { expectUnit } from "./units";

/** Two of the three species in a hidden order, all four measurements, standardised; targets 0 and 1. */
function flowers({ random }: Exam): { X: Matrix; T: Matrix } {
  const { X, labels } = iris();
  const left = random.integers(0, 3, 1)[0];
  const order = random.permutation(150).filter((j) => labels[j] !== left);
  const first = left === 0 ? 1 : 0;
  const T = Float64Array.from(order, (j) => (labels[j] === first ? 0 : 1));
  return {
    X: standardise(takeColumns(X, order), { epsilon: 0 }).X,
    T: fromData(1, order.length, T),
  };
}

/** A unit for d features, if it is one. */
function asUnit([weights, bias]: readonly Value[], d: number): LinearUnit | undefined {
  const { rows, cols, data } = (weights ?? {}) as Partial<Matrix>;
  const isColumn = rows === d && cols === 1 && data instanceof Float64Array && data.every(Number.isFinite);
  if (!isColumn || typeof bias !== "number" || !Number.isFinite(bias)) return undefined;
  return { weights: weights as Matrix, bias };
}

/** The share of what the loss can fall, from zeros to the line of least squares. */
function shareFallen(unit: LinearUnit | undefined, X: Matrix, T: Matrix): number {
  if (!unit) return 0;
  const start = adalineLoss({ weights: zeros(X.rows, 1), bias: 0 }, X, T);
  return (start - adalineLoss(unit, X, T)) / (start - leastSquares(X, T).loss);
}

/** ADALINE on flowers, by all samples at once and by one after the other. */
export const flowersPart: Part = {
  id: "iris",
  title: "Iris",
  answers: ["trainBatch", "trainOnline"],
  diagnosis: { assignment: "A1", question: "iris", answers: ["trainBatch", "trainOnline"] },
  needs: ["adaline-gradient", "adaline-step"],
  aspects: [
    { id: "batch", title: "20 epochs by all samples", points: 2 },
    { id: "online", title: "20 epochs sample by sample", points: 2 },
    { id: "loss", title: "how far the loss falls in 80 epochs by all samples", points: 1 },
  ],
  async examine(exam) {
    const asked = (answer: string, X: Matrix, T: Matrix, learningRate: number, epochs: number) =>
      exam.call(answer, [given(X), given(T), given(learningRate), given(epochs)], ["weights", "bias"]);
    for (const [aspect, answer, train, learningRate] of [
      ["batch", "trainBatch", trainAdalineBatch, 0.3],
      ["online", "trainOnline", trainAdalineOnline, 0.01],
    ] as const)
      await exam.attempt([aspect], async () => {
        const { X, T } = flowers(exam);
        const values = await asked(answer, X, T, learningRate, 20);
        // rounding grows from step to step
        expectUnit(exam, [aspect, aspect], values, train(X, T, { learningRate, epochs: 20 }), 1e-9);
      });
    await exam.attempt(["loss"], async () => {
      const { X, T } = flowers(exam);
      const share = shareFallen(asUnit(await asked("trainBatch", X, T, 0.3, 80), X.rows), X, T);
      const words = `the loss falls by ${Math.round(share * 100)} % of what it can fall by; 0 earns nothing, 98 all`;
      exam.award("loss", share / 0.98, words);
    });
  },
};
