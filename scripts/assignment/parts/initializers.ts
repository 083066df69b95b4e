import { statisticsOf } from "../../../lib/assignment/cases/initializers";
import { erfc } from "../../../lib/kernels/functions";
import type { Matrix } from "../../../lib/matrix";
import { given } from "../mark/arguments";
import { wordsFor } from "../mark/compare";
import { AnswerProblem, type Exam, type Part } from "../mark/part";

/** Outputs and inputs: as many weights as make the moments sharp, of layers with many inputs, many outputs, few of one. */
const shapes = [
  [300, 200],
  [200, 300],
  [15_000, 4],
  [4, 15_000],
] as const;

/** Standard errors by which a right answer may be off: of a thousand million, two are farther. */
const errors = 6;

/** Kolmogorov's bound: of right answers one in 10⁷ is farther, D √n > 3 has the probability 2 e⁻¹⁸. */
const farthest = 3;

/** The weights for a hidden seed: a matrix of the shape that was asked for. */
async function drawn(exam: Exam, answer: string, rows: number, cols: number, seed = seedOf(exam)) {
  const [value] = await exam.call(answer, [{ seed }, given(rows), given(cols)]);
  const W = (value ?? {}) as Matrix;
  const isMatrix = W.data instanceof Float64Array || W.data instanceof Float32Array;
  if (!isMatrix || W.rows !== rows || W.cols !== cols || W.data.length !== rows * cols)
    throw new AnswerProblem(
      `the weights are ${wordsFor(value)}, expected a ${rows}×${cols} matrix: outputs × inputs`,
    );
  if (!W.data.every(Number.isFinite)) throw new AnswerProblem("the weights hold NaN or an infinity");
  return W;
}

const seedOf = ({ random }: Exam) => random.integers(1, 2 ** 31, 1)[0];

/** The smallest and the largest entry. */
function endsOf({ data }: Matrix) {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const w of data) [least, most] = [Math.min(least, w), Math.max(most, w)];
  return { least, most };
}

const rounded = (x: number) => Number(x.toPrecision(4));

/** How far the share of values up to each one is from a distribution function, times √n. */
function kolmogorov(values: Float64Array, distribution: (x: number) => number): number {
  const sorted = values.slice().sort();
  const n = sorted.length;
  return (
    sorted.reduce((most, x, k) => {
      const share = distribution(x);
      return Math.max(most, Math.abs(share - k / n), Math.abs(share - (k + 1) / n));
    }, 0) * Math.sqrt(n)
  );
}

/** Draws of their own for each weight, from the generator that is handed in, of a kind of distribution. */
async function distribution(
  exam: Exam,
  answer: string,
  kind: string,
  shareBelow: (W: Matrix) => (x: number) => number,
) {
  await exam.attempt(["distribution"], async () => {
    const seed = seedOf(exam);
    const [rows, cols] = [300, 200];
    const W = await drawn(exam, answer, rows, cols, seed);
    const distance = kolmogorov(Float64Array.from(W.data), shareBelow(W));
    const different = new Set(W.data).size;
    exam.award(
      "distribution",
      different === rows * cols ? 1 : 0,
      `only ${different} of ${rows * cols} weights differ`,
    );
    exam.award(
      "distribution",
      distance < farthest ? 1 : 0,
      `the weights are not drawn from a ${kind} distribution about 0`,
    );
    const same = await drawn(exam, answer, rows, cols, seed);
    exam.award(
      "distribution",
      same.data.every((w, k) => w === W.data[k]) ? 1 : 0,
      "the same generator gives other weights the second time: draw from `random` alone",
    );
    const other = await drawn(exam, answer, rows, cols);
    exam.award(
      "distribution",
      other.data.some((w, k) => w !== W.data[k]) ? 1 : 0,
      "another generator gives the same weights: draw from `random`",
    );
  });
}

const distributionAspect = {
  id: "distribution",
  title: "the kind of distribution, each weight drawn for itself from the generator",
  points: 1,
};

/** He's initializer. Whatever the order of the draws, of n of them the mean square is off by about √(2/n). */
export const heNormalPart: Part = {
  id: "he-normal",
  title: "He's normal weights",
  answers: ["heNormal"],
  diagnosis: { assignment: "A5", question: "heNormal", answers: ["heNormal"] },
  aspects: [{ id: "variance", title: "the variance", points: 2 }, distributionAspect],
  async examine(exam) {
    await exam.attempt(["variance"], async () => {
      for (const [rows, cols] of shapes) {
        const { meanSquare } = statisticsOf(await drawn(exam, "heNormal", rows, cols));
        const right = 2 / cols;
        const off = errors * Math.sqrt(2 / (rows * cols));
        const words = `the variance of ${rows}×${cols} weights is ${rounded(meanSquare)}, expected ${rounded(right)} ± ${rounded(off * right)}`;
        exam.award("variance", Math.abs(meanSquare / right - 1) <= off ? 1 : 0, words);
      }
    });
    await distribution(exam, "heNormal", "normal", (W) => {
      const deviation = Math.sqrt(statisticsOf(W).meanSquare);
      return (w) => erfc(-w / deviation / Math.SQRT2) / 2;
    });
  },
};

/** Xavier's initializer. Of n right draws none is beyond b, and one beyond b (1 − 50/n) on either side but for e⁻²⁵. */
export const xavierUniformPart: Part = {
  id: "xavier-uniform",
  title: "Xavier's uniform weights",
  answers: ["xavierUniform"],
  diagnosis: { assignment: "A5", question: "xavierUniform", answers: ["xavierUniform"] },
  aspects: [{ id: "bound", title: "the bound", points: 2 }, distributionAspect],
  async examine(exam) {
    await exam.attempt(["bound"], async () => {
      for (const [rows, cols] of shapes) {
        const { least, most } = endsOf(await drawn(exam, "xavierUniform", rows, cols));
        const b = Math.sqrt(6 / (rows + cols));
        for (const [side, end, right] of [
          ["largest", most, b],
          ["smallest", least, -b],
        ] as const) {
          const share = end / right;
          const words = `the ${side} of ${rows}×${cols} weights is ${rounded(end)}, expected close to ${rounded(right)}`;
          exam.award("bound", share <= 1 + 1e-12 && share >= 1 - 50 / (rows * cols) ? 1 : 0, words);
        }
      }
    });
    await distribution(exam, "xavierUniform", "uniform", (W) => {
      const { least, most } = endsOf(W);
      const end = Math.max(most, -least);
      return (w) => (w / end + 1) / 2;
    });
  },
};
