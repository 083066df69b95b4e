import { ringsNetwork } from "../../../lib/assignment/cases/rings";
import { rings } from "../../../lib/datasets/rings";
import { predict } from "../../../lib/evaluation";
import { oneHot, softmaxCrossEntropy } from "../../../lib/losses";
import { type Matrix, subtract } from "../../../lib/matrix";
import { flattenParams, mapParams, type Params, withMatrices } from "../../../lib/params";
import { randomState } from "../../../lib/random";
import { given } from "../mark/arguments";
import type { Exam, Part } from "../mark/part";
import type { Value } from "../wire/decode";

/** Points from a hidden seed, as the notebook draws its own. */
function points({ random }: Exam, samples: number) {
  const { X, labels } = rings(randomState(random.integers(1, 2 ** 31, 1)[0]), { samples, noise: 0.12 });
  return { X, labels, T: oneHot(labels, 2) };
}

/** The same training by lib. */
function trained(X: Matrix, T: Matrix, seed: number, steps: number): Params[] {
  const network = ringsNetwork();
  let params = network.init(randomState(seed));
  for (let step = 0; step < steps; step++) {
    const { output, cache } = network.forward(params, X);
    const dOutput = softmaxCrossEntropy.backward(softmaxCrossEntropy.forward(output, T).cache);
    params = mapParams(subtract, params, network.backward(params, cache, dOutput).gradients);
  }
  return params;
}

const ask = (exam: Exam, X: Matrix, T: Matrix, seed: number, steps: number, paths: readonly string[]) =>
  exam.call(
    "trainOnRings",
    [given(X), given(T), given(seed), given(steps)],
    paths.map((path) => `params.${path}`),
  );

/** How many of the points a network with these parameters puts in their ring; 0 for what are no parameters. */
function shareRight(values: readonly Value[], like: Params[], X: Matrix, labels: Int32Array): number {
  const shapes = flattenParams(like);
  const fits = values.every((value, k) => {
    const { rows, cols, data } = (value ?? {}) as Partial<Matrix>;
    const own = shapes[k].value;
    return (
      rows === own.rows && cols === own.cols && data instanceof Float64Array && data.every(Number.isFinite)
    );
  });
  if (!fits) return 0;
  const predicted = predict(ringsNetwork(), withMatrices(like, values as unknown as Matrix[]), X);
  return labels.reduce((count, label, j) => count + (predicted[j] === label ? 1 : 0), 0) / labels.length;
}

/** The network of the student's pieces, trained on two rings. */
export const ringsPart: Part = {
  id: "rings",
  title: "The rings",
  answers: ["trainOnRings"],
  diagnosis: { assignment: "A3", question: "rings", answers: ["trainOnRings"] },
  needs: ["dense", "tanh", "serial"],
  aspects: [
    { id: "steps", title: "the first 20 steps", points: 2 },
    { id: "share", title: "points in their ring after 400 steps", points: 2 },
  ],
  async examine(exam) {
    const seed = exam.random.integers(1, 2 ** 31, 1)[0];
    await exam.attempt(["steps"], async () => {
      const { X, T } = points(exam, 60);
      const right = flattenParams(trained(X, T, seed, 20));
      const values = await ask(
        exam,
        X,
        T,
        seed,
        20,
        right.map(({ path }) => path),
      );
      // rounding grows from step to step
      for (const [k, { path, value }] of right.entries())
        exam.expect("steps", `params.${path} after 20 steps`, values[k], value, 1e-9);
    });
    await exam.attempt(["share"], async () => {
      const { X, T } = points(exam, 400);
      const fresh = points(exam, 1000);
      const like = ringsNetwork().init(randomState(0));
      const paths = flattenParams(like).map(({ path }) => path);
      const share = shareRight(await ask(exam, X, T, seed, 400, paths), like, fresh.X, fresh.labels);
      const words = `${Math.round(share * 1000)} of 1000 new points are in their ring; 500 earn nothing, 950 all`;
      exam.award("share", (share - 0.5) / 0.45, words);
    });
  },
};
