import { rings } from "../../../lib/datasets/rings";
import { accuracy } from "../../../lib/evaluation";
import { oneHot } from "../../../lib/losses";
import type { Matrix } from "../../../lib/matrix";
import { flattenParams, type Params, withMatrices } from "../../../lib/params";
import { randomState } from "../../../lib/random";
import { given } from "../mark/arguments";
import type { Exam, Part } from "../mark/part";
import type { Value } from "../wire/decode";
import { deepNetwork, trainDeepNetwork } from "./deep-network-by-lib";

const deep = 16;
const shallow = 3;

/** Points from a hidden seed, as the notebook draws its own. */
function points({ random }: Exam, samples: number) {
  const { X, labels } = rings(randomState(random.integers(1, 2 ** 31, 1)[0]), { samples, noise: 0.12 });
  return { X, labels, T: oneHot(labels, 2) };
}

/** What the student's training arrives at: the parameters by their paths in those of lib's network. */
async function trained(
  exam: Exam,
  { X, T }: { readonly X: Matrix; readonly T: Matrix },
  [seed, steps, blocks, shortcuts]: readonly [number, number, number, boolean],
): Promise<Value[]> {
  const like = flattenParams(deepNetwork(blocks, shortcuts).init(randomState(0)));
  return exam.call(
    "trainDeepNetwork",
    [given(X), given(T), given(seed), given(steps), given(blocks), given(shortcuts)],
    like.map(({ path }) => `params.${path}`),
  );
}

/** The share of points that a network with these parameters puts in their ring; 0 for what are no parameters. */
function shareRight(values: readonly Value[], X: Matrix, labels: Int32Array): number {
  const network = deepNetwork(deep, true);
  const like = network.init(randomState(0));
  const own = flattenParams(like);
  const fits = values.every((value, k) => {
    const { rows, cols, data } = (value ?? {}) as Partial<Matrix>;
    return (
      rows === own[k].value.rows &&
      cols === own[k].value.cols &&
      data instanceof Float64Array &&
      data.every(Number.isFinite)
    );
  });
  if (!fits) return 0;
  const params = withMatrices(like, values as unknown as Matrix[]) as Params[];
  const scores = network.inference?.().forward(params, X).output;
  if (!scores?.data.every(Number.isFinite)) return 0;
  return accuracy(network, params, X, labels);
}

/** A bias in front of batch normalization has no gradient, only rounding. */
const isRoundingAlone = ({ data }: Matrix) => data.every((x) => Math.abs(x) < 1e-9);

/** The deep network of the student's pieces. */
export const deepNetworkPart: Part = {
  id: "deep-network",
  title: "A deep network",
  answers: ["trainDeepNetwork"],
  diagnosis: { assignment: "A4", question: "deepNetwork", answers: ["trainDeepNetwork"] },
  needs: [
    "batch-norm-forward",
    "batch-norm-backward",
    "running-statistics",
    "batch-norm-inference",
    "residual-forward",
    "residual-backward",
  ],
  aspects: [
    { id: "steps", title: "the first 10 steps, with shortcuts and without", points: 2 },
    { id: "share", title: "points in their ring after 160 steps", points: 2 },
  ],
  async examine(exam) {
    const seed = exam.random.integers(1, 2 ** 31, 1)[0];
    await exam.attempt(["steps"], async () => {
      const { X, T } = points(exam, 40);
      for (const shortcuts of [true, false]) {
        const right = flattenParams(trainDeepNetwork(X, T, seed, 10, shallow, shortcuts).params);
        const values = await trained(exam, { X, T }, [seed, 10, shallow, shortcuts]);
        // rounding grows from step to step
        for (const [k, { path, value }] of right.entries())
          if (!isRoundingAlone(value))
            exam.expect("steps", `params.${path} after 10 steps`, values[k], value, 1e-9);
      }
    });
    await exam.attempt(["share"], async () => {
      const { X, T } = points(exam, 160);
      const fresh = points(exam, 1000);
      const share = shareRight(await trained(exam, { X, T }, [seed, 160, deep, true]), fresh.X, fresh.labels);
      const words = `${Math.round(share * 1000)} of 1000 new points are in their ring; 500 earn nothing, 950 all`;
      exam.award("share", (share - 0.5) / 0.45, words);
    });
  },
};
