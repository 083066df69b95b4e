import type { Activation } from "../activations";
import { erfc, exp, tanh as tanhOf } from "../kernels/functions";
import { withDerivative } from "./changes";
import { type Mistake, type Mutation, mutationsOf } from "./mutation";
import type { ActivationSubject } from "./subject";
import { subjects } from "./subjects";

const derivatives = 'note 004, "Local sensitivity of other layers": the derivatives of the activations';
const mixedUp = 'note 004, "Layer decomposition", pitfalls: u and y mixed up';
const geluPaper = "D. Hendrycks, K. Gimpel, arXiv:1606.08415, section 2";

const of = (subject: ActivationSubject, ...mistakes: Mistake<Activation>[]) =>
  mutationsOf<Activation>("activations", subject, mistakes);

/**
 * Activations and their derivatives.
 * @example
 * activationMutations.at(-1).id // "softplus/sharpness-forgotten"
 */
export const activationMutations: readonly Mutation[] = [
  ...of(
    subjects.sigmoid,
    {
      name: "derivative-at-output",
      wrong: "The derivative is taken at the output of the activation where its input belongs.",
      read: mixedUp,
      make: (right) => withDerivative(right, (z) => right.derivative(right.f(z))),
    },
    {
      name: "overflow",
      wrong:
        "Written as a quotient of exponentials it overflows at large inputs, and infinity over infinity is no number.",
      read: 'note 004, "Layer decomposition", pitfalls: numerical stability',
      shows: "extremes",
      make(right) {
        const f = (z: number) => exp(z) / (1 + exp(z));
        return withDerivative(right, (z) => f(z) * (1 - f(z)), f);
      },
    },
  ),
  ...of(
    subjects.tanh,
    {
      name: "square-forgotten",
      wrong: "In the derivative the output is subtracted from 1 without being squared.",
      read: derivatives,
      make: (right) => withDerivative(right, (z) => 1 - right.f(z)),
    },
    {
      name: "output-formula-at-input",
      wrong: "The derivative's formula in terms of the output is fed with the input.",
      read: mixedUp,
      make: (right) => withDerivative(right, (z) => 1 - z * z),
    },
  ),
  ...of(subjects.relu, {
    name: "one-at-zero",
    wrong: "At 0, where there is no derivative, it is 1; this project, the notes and TensorFlow take 0.",
    read: `${derivatives}, ReLU`,
    shows: "zeros and kinks",
    make: (right) => withDerivative(right, (z) => (z >= 0 ? 1 : 0)),
  }),
  ...of(subjects.leakyRelu, {
    name: "slope-forgotten",
    wrong: "Below 0 the derivative is 0, as ReLU's, although the function leaks there.",
    read: `${derivatives}, leaky ReLU`,
    make: (right) => withDerivative(right, (z) => (z > 0 ? 1 : 0)),
  }),
  ...of(subjects.elu, {
    name: "factor-taken-as-one",
    wrong: "Below 0 the derivative is the output plus 1, which holds only where the factor α is 1.",
    read: "D.-A. Clevert, T. Unterthiner, S. Hochreiter, ICLR 2016 (arXiv:1511.07289)",
    make: (right) => withDerivative(right, (z) => (z > 0 ? 1 : right.f(z) + 1)),
  }),
  ...of(
    subjects.gelu,
    {
      name: "product-rule-forgotten",
      wrong: "Only one factor of the product is differentiated; the other one's term is missing.",
      read: geluPaper,
      make: (right) => withDerivative(right, (z) => 0.5 * erfc(-z * Math.SQRT1_2)),
    },
    {
      name: "derivative-of-approximation",
      wrong: "The function is the exact one, the derivative that of its approximation by tanh.",
      read: geluPaper,
      make: (right) =>
        withDerivative(right, (z) => {
          const root = Math.sqrt(2 / Math.PI);
          const t = tanhOf(root * (z + 0.044715 * z * z * z));
          return 0.5 * (1 + t) + 0.5 * z * (1 - t * t) * root * (1 + 3 * 0.044715 * z * z);
        }),
    },
    {
      name: "sigmoid-approximation",
      wrong:
        "Function and derivative fit each other, but are those of the approximation by a sigmoid and not of GELU.",
      read: geluPaper,
      make(right) {
        const s = (z: number) => 1 / (1 + exp(-1.702 * z));
        return withDerivative(
          right,
          (z) => s(z) + 1.702 * z * s(z) * (1 - s(z)),
          (z) => z * s(z),
        );
      },
    },
  ),
  ...of(subjects.softplus, {
    name: "sharpness-forgotten",
    wrong: "The derivative leaves out the sharpness β inside the sigmoid.",
    read: "C. Dugas, Y. Bengio, F. Bélisle, C. Nadeau, R. Garcia, NIPS 2000",
    make: (right) => withDerivative(right, (z) => 1 / (1 + exp(-z))),
  }),
];
