import {
  type DigitsOptions,
  digitImages,
  digitsRight,
  digitsTraining,
} from "../../../lib/assignment/cases/digits";
import { mnist } from "../../../lib/datasets/mnist";
import type { Matrix } from "../../../lib/matrix";
import { flattenParams, type Params, withMatrices } from "../../../lib/params";
import { randomState } from "../../../lib/random";
import { given, recordOf } from "../mark/arguments";
import type { Exam, Part } from "../mark/part";
import type { Value } from "../wire/decode";
import { network, trainedByLib } from "./digits-by-lib";

const seedOf = ({ random }: Exam) => random.integers(1, 2 ** 31, 1)[0];

/** Training images that the exam chooses. */
function images({ random }: Exam, count: number) {
  const { train } = mnist();
  return digitImages(train, random.permutation(train.count).slice(0, count));
}

const paths = () => flattenParams(network().init(randomState(0))).map(({ path }) => path);

const ask = (exam: Exam, X: Matrix, T: Matrix, { rule, seed, steps, start = null }: DigitsOptions) =>
  exam.call(
    "trainDigits",
    [
      given(X),
      given(T),
      recordOf({
        rule: given(rule),
        seed: given(seed),
        steps: given(steps),
        start: given(start as Params | null),
      }),
    ],
    paths().map((path) => `params.${path}`),
  );

/** The share of the test images that a network with these parameters reads right; 0 for what are no parameters. */
function shareRight(values: readonly Value[]): number {
  const like = network().init(randomState(0));
  const shapes = flattenParams(like);
  const fits = values.every((value, k) => {
    const { rows, cols, data } = (value ?? {}) as Partial<Matrix>;
    const own = shapes[k].value;
    return (
      rows === own.rows && cols === own.cols && data instanceof Float64Array && data.every(Number.isFinite)
    );
  });
  return fits ? digitsRight(withMatrices(like, values as unknown as Matrix[])) / 10_000 : 0;
}

/** The first 20 steps from a start that is handed in, so that they hang on the rule alone. */
async function firstSteps(exam: Exam, rule: DigitsOptions["rule"]): Promise<void> {
  const aspect = `${rule}-steps`;
  await exam.attempt([aspect], async () => {
    const { X, T } = images(exam, 300);
    const start = network().init(randomState(seedOf(exam)));
    const options = { rule, seed: seedOf(exam), steps: 20, start };
    const right = flattenParams(trainedByLib(X, T, options));
    const values = await ask(exam, X, T, options);
    // rounding grows from step to step
    for (const [k, { path, value }] of right.entries())
      exam.expect(aspect, `params.${path} after 20 steps by ${rule}`, values[k], value, 1e-9);
  });
}

/** The whole training from the student's own weights. */
async function learned(exam: Exam, rule: DigitsOptions["rule"]): Promise<void> {
  const aspect = `${rule}-share`;
  await exam.attempt([aspect], async () => {
    // what cannot take a step is not handed all the images
    const few = images(exam, 50);
    await ask(exam, few.X, few.T, { rule, seed: seedOf(exam), steps: 1 });
    const { X, T } = images(exam, digitsTraining.images);
    const values = await ask(exam, X, T, { rule, seed: seedOf(exam), steps: digitsTraining.steps });
    const share = shareRight(values);
    const words = `by ${rule} ${Math.round(share * 10_000)} of 10000 test digits are read right; 9000 earn nothing, 9600 all`;
    exam.award(aspect, (share - 0.9) / 0.06, words);
  });
}

/**
 * The digits, by the student's optimizers and initializers. The training images are chosen by the exam, the loop is the
 * notebook's, and the test images, which are public, never reach the student's process from here.
 */
export const digitsPart: Part = {
  id: "digits",
  title: "Handwritten digits",
  answers: ["trainDigits"],
  diagnosis: { assignment: "A5", question: "digits", answers: ["trainDigits"] },
  needs: ["momentum", "adam", "he-normal", "xavier-uniform"],
  limits: { cpuSeconds: 120, totalCpuSeconds: 300, wallSeconds: 480 },
  aspects: [
    { id: "momentum-steps", title: "the first 20 steps by momentum", points: 1 },
    { id: "momentum-share", title: "test digits read right after 2000 steps by momentum", points: 2 },
    { id: "adam-steps", title: "the first 20 steps by Adam", points: 1 },
    { id: "adam-share", title: "test digits read right after 2000 steps by Adam", points: 2 },
  ],
  async examine(exam) {
    for (const rule of ["momentum", "adam"] as const) {
      await firstSteps(exam, rule);
      await learned(exam, rule);
    }
  },
};
