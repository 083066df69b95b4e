import { fromData, type Matrix, scale } from "../../matrix";
import { clone, mapEntries } from "../../matrix-entries";
import type { Random } from "../../random";
import { asMatrix } from "../ask";
import { inputsOf, normalMatrix } from "../points";
import type { Case, Truth } from "../question";
import { pytorchSteps } from "./pytorch-steps";

/** What an optimizer keeps of a parameter from step to step. */
type State = Readonly<Record<string, Matrix>>;

/** One step of one parameter θ; steps count from 1. It changes none of its arguments. */
export type Update<S extends State, Settings> = (
  gradient: Matrix,
  state: S,
  theta: Matrix,
  step: number,
  settings: Settings,
) => { readonly theta: Matrix; readonly state: S };

/** α and γ. */
export type MomentumSettings = { readonly rate: number; readonly momentum: number };

/** Momentum with velocity v. */
export type MomentumUpdate = Update<{ readonly v: Matrix }, MomentumSettings>;

/** α, β₁, β₂ and ε. */
export type AdamSettings = {
  readonly rate: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
};

/** Adam with its moments m and v, as they are before the correction. */
export type AdamUpdate = Update<{ readonly m: Matrix; readonly v: Matrix }, AdamSettings>;

/** Where a walk of some steps begins, and what it is given at each. */
interface Walk<S, Settings> {
  /** As data/references/optimizer-states.py calls it. */
  readonly name: string;
  readonly theta: Matrix;
  readonly gradients: readonly Matrix[];
  readonly state: S;
  /** The number of the first step. */
  readonly first: number;
  readonly settings: readonly Settings[];
}

const changes = "arguments that were changed";

/**
 * An optimizer's steps one after another, its state handed on, beside PyTorch's.
 * @throws what `update` throws
 * @example
 * const start = { theta: matrix([[0, 0, 0], [0, 0, 0]]), gradients: [], state: {}, first: 1, settings: [] }
 * walkCase({ name: "momentum", ...start }).ask(() => {}) // { "arguments that were changed": 0 }
 */
export function walkCase<S extends State, Settings>(
  walk: Walk<S, Settings>,
): Case<[update: Update<S, Settings>]> {
  const { name, gradients, first, settings } = walk;
  const after = (k: number) => `theta after step ${first + k}`;
  return {
    probe: name,
    ask(update) {
      const values: Record<string, Matrix | number> = {};
      const names = Object.keys(walk.state);
      let [changed, theta, state] = [0, walk.theta, walk.state];
      for (const [k, gradient] of gradients.entries()) {
        const right = [gradient, theta, ...names.map((of) => state[of])];
        const given = right.map(clone);
        const [g, old, ...moments] = given;
        const kept = Object.fromEntries(names.map((of, i) => [of, moments[i]])) as unknown as S;
        const next = update(g, kept, old, first + k, settings[k]);
        changed += given.filter((M, i) => M.data.some((x, at) => x !== right[i].data[at])).length;
        const moved = { [after(k)]: next?.theta };
        for (const of of names) moved[`${of} at the end`] = next?.state?.[of];
        Object.assign(values, moved);
        // what is no matrix cannot be walked on from
        if (!Object.values(moved).every(asMatrix)) break;
        ({ theta, state } = next);
      }
      return { ...values, [changes]: changed };
    },
    truth() {
      const { theta, ...state } = pytorchSteps[name];
      const byPytorch = (entries: readonly number[]): Truth => ({
        witness: "PyTorch",
        value: fromData(2, 3, Float64Array.from(entries)),
        tolerance: 1e-10,
      });
      const named = [
        ...theta.map((entries, k) => [after(k), byPytorch(entries)] as const),
        ...Object.entries(state).map(([of, entries]) => [`${of} at the end`, byPytorch(entries as number[])]),
        [changes, { witness: "the definition", value: 0, tolerance: 1e-12 }],
      ];
      return Object.fromEntries(named);
    },
  };
}

/** Of the gradients of four steps: the second step's are small. */
const sizes = [1, 1e-4, 0.5, 0.01];

const drawn = (random: Random, size = 1) => scale(normalMatrix(random, 2, 3), size);

const zero = (): Matrix => fromData(2, 3, new Float64Array(6));

/** A walk on normal numbers. */
function begun(name: string, gradientSizes: readonly number[]) {
  const random = inputsOf(name);
  const theta = drawn(random);
  return { random, start: { name, theta, gradients: gradientSizes.map((size) => drawn(random, size)) } };
}

function momentumCase(name: string, rates: readonly number[], momentum: number): Case<[MomentumUpdate]> {
  const settings = rates.map((rate) => ({ rate, momentum }));
  return walkCase({ ...begun(name, sizes).start, state: { v: zero() }, first: 1, settings });
}

/**
 * Momentum with a constant rate, and with one that falls: there the notes' form and PyTorch's differ.
 * @example
 * momentumCases.map(({ probe }) => probe) // ["momentum", "momentum, falling rate"]
 */
export const momentumCases: readonly Case<[MomentumUpdate]>[] = [
  momentumCase("momentum", [0.1, 0.1, 0.1, 0.1], 0.9),
  momentumCase("momentum, falling rate", [0.4, 0.2, 0.1, 0.05], 0.5),
];

function adamCase(name: string, gradientSizes: readonly number[], rate: number): Case<[AdamUpdate]> {
  const settings = gradientSizes.map(() => ({ rate, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 }));
  const state = { m: zero(), v: zero() };
  return walkCase({ ...begun(name, gradientSizes).start, state, first: 1, settings });
}

function adamLater(name: string, first: number): Case<[AdamUpdate]> {
  const { random, start } = begun(name, [1]);
  const state = { m: drawn(random), v: mapEntries(drawn(random), (x) => x * x) };
  const settings = [{ rate: 0.1, beta1: 0.8, beta2: 0.95, epsilon: 1e-3 }];
  return walkCase({ ...start, state, first, settings });
}

/**
 * Adam from its start; with gradients as small as ε; and one later step from moments that are given.
 * @example
 * adamCases.map(({ probe }) => probe) // ["adam", "adam, small gradients", "adam, step 7"]
 */
export const adamCases: readonly Case<[AdamUpdate]>[] = [
  adamCase("adam", sizes, 0.02),
  adamCase(
    "adam, small gradients",
    [1, 3, 0.5, 2].map((size) => 1e-8 * size),
    0.1,
  ),
  adamLater("adam, step 7", 7),
];
