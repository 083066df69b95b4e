import type { Activation } from "../../activations";
import type { ActivationSubject } from "../subject";
import { subjects } from "../subjects";
import type { Judge } from "./check";

/** Something that holds for f and f′ at every z > 0. */
type Property = (activation: Activation, z: number) => boolean;

const equal = (a: number, b: number) => Math.abs(a - b) <= 1e-12 * Math.max(1, Math.abs(a));

/** f(z) + f(−z) = c and f′(z) = f′(−z). */
const pointSymmetric =
  (c: number): Property =>
  ({ f, derivative }, z) =>
    equal(f(z) + f(-z), c) && equal(derivative(z), derivative(-z));

/** f(z) − f(−z) = z and f′(z) + f′(−z) = 1. */
const gated: Property = ({ f, derivative }, z) =>
  equal(f(z) - f(-z), z) && equal(derivative(z) + derivative(-z), 1);

/** z f′(z) = f(z): straight lines through 0. */
const homogeneous: Property = ({ f, derivative }, z) => [z, -z].every((x) => equal(x * derivative(x), f(x)));

/** f′(z) = 1 and f′(−z) = f(−z) less its lowest value. */
const exponentialBelow: Property = ({ f, derivative }, z) =>
  derivative(z) === 1 && equal(derivative(-z), f(-z) - f(-1000));

const properties = new Map<ActivationSubject, Property>([
  [subjects.sigmoid, pointSymmetric(1)],
  [subjects.tanh, pointSymmetric(0)],
  [subjects.relu, homogeneous],
  [subjects.leakyRelu, homogeneous],
  [subjects.elu, exponentialBelow],
  [subjects.gelu, gated],
  [subjects.softplus, gated],
]);

/**
 * What holds for an activation and its derivative by what it is, such as a symmetry; undefined where nothing is known.
 * @example
 * import { subjects } from "../subjects"
 * activationProperties(subjects.gelu)((right) => right) // true
 */
export function activationProperties(subject: ActivationSubject): Judge | undefined {
  const holds = properties.get(subject);
  if (!holds) return undefined;
  return (make) => [0.1, 0.5, 1.3, 4].every((z) => holds(make(subject.right) as Activation, z));
}
