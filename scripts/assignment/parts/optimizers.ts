import type { AdamSettings, MomentumSettings } from "../../../lib/assignment/cases/optimizers";
import { type Matrix, scale, zeros } from "../../../lib/matrix";
import { mapEntries } from "../../../lib/matrix-entries";
import { adam, sgd } from "../../../lib/optimizers";
import type { Exam, Part } from "../mark/part";
import { normals } from "./inputs";
import { type Asked, oneStep, pure, type Step, walk } from "./update-steps";

const momentumUpdate: Asked = {
  answer: "momentumUpdate",
  right({ gradient, state, theta, step, settings }) {
    const { rate, momentum } = settings as MomentumSettings;
    const next = sgd(rate, { momentum: () => momentum }).update(
      gradient,
      { velocity: [state.v] },
      theta,
      step,
    );
    return { theta: next.params, state: { v: (next.state.velocity as readonly Matrix[])[0] } };
  },
};

const adamUpdate: Asked = {
  answer: "adamUpdate",
  right({ gradient, state, theta, step, settings }) {
    const { rate, ...rest } = settings as AdamSettings;
    const old = { m: [state.m], v: [state.v], largest: null };
    const next = adam(rate, rest).update(gradient, old, theta, step);
    return { theta: next.params, state: { m: next.state.m[0], v: next.state.v[0] } };
  },
};

const between = ({ random }: Exam, low: number, high: number) => low + (high - low) * random.uniform();

const squares = (M: Matrix) => mapEntries(M, (x) => x * x);

function momentumStep(exam: Exam, rows: number, cols: number): Step {
  const [gradient, v, theta] = [0, 1, 2].map(() => normals(exam, rows, cols));
  const settings = { rate: between(exam, 0.01, 0.5), momentum: between(exam, 0.3, 0.95) };
  return { gradient, state: { v }, theta, step: exam.random.integers(1, 50, 1)[0], settings };
}

/** @param size of the gradients, to which the moments belong */
function adamStep(exam: Exam, rows: number, cols: number, size = 1): Step {
  const [gradient, m, root, theta] = [size, size, size, 1].map((by) => scale(normals(exam, rows, cols), by));
  const settings = {
    rate: between(exam, 0.01, 0.1),
    beta1: between(exam, 0.6, 0.95),
    beta2: between(exam, 0.9, 0.999),
    epsilon: 1e-8,
  };
  const step = exam.random.integers(2, 50, 1)[0];
  return { gradient, state: { m, v: squares(root) }, theta, step, settings };
}

/** The first step: nothing has been collected. */
function firstOf(step: Step): Step {
  const none = Object.entries(step.state).map(([name, { rows, cols }]) => [name, zeros(rows, cols)]);
  return { ...step, step: 1, state: Object.fromEntries(none) };
}

const shapes = [
  [3, 4],
  [1, 1],
  [200, 300],
] as const;

/** Momentum. */
export const momentumPart: Part = {
  id: "momentum",
  title: "Momentum",
  answers: ["momentumUpdate"],
  diagnosis: { assignment: "A5", question: "momentum", answers: ["momentumUpdate"] },
  aspects: [
    { id: "velocity", title: "the new velocity", points: 1 },
    { id: "theta", title: "the new parameters", points: 1 },
    { id: "walk", title: "five steps with a falling learning rate", points: 1 },
    { id: "pure", title: "its arguments stay as they are, and nothing is kept between calls", points: 1 },
  ],
  async examine(exam) {
    const aspects = { theta: "theta", v: "velocity" };
    for (const [rows, cols] of shapes)
      await oneStep(exam, momentumUpdate, momentumStep(exam, rows, cols), aspects);
    await walk(exam, momentumUpdate, "walk", firstOf(momentumStep(exam, 3, 2)), [0.5, 0.25, 0.2, 0.1, 0.05]);
    await pure(exam, momentumUpdate, momentumStep(exam, 2, 3), momentumStep(exam, 2, 3));
  },
};

/** Adam. */
export const adamPart: Part = {
  id: "adam",
  title: "Adam",
  answers: ["adamUpdate"],
  diagnosis: { assignment: "A5", question: "adam", answers: ["adamUpdate"] },
  aspects: [
    { id: "m", title: "the first moment", points: 1 },
    { id: "v", title: "the second moment", points: 1 },
    { id: "theta", title: "the new parameters, with the bias correction", points: 2 },
    { id: "small", title: "gradients as small as ε", points: 1 },
    { id: "pure", title: "its arguments stay as they are, and nothing is kept between calls", points: 1 },
  ],
  async examine(exam) {
    const aspects = { theta: "theta", m: "m", v: "v" };
    for (const [rows, cols] of shapes) await oneStep(exam, adamUpdate, adamStep(exam, rows, cols), aspects);
    await oneStep(exam, adamUpdate, firstOf(adamStep(exam, 3, 4)), aspects);
    await walk(exam, adamUpdate, "theta", firstOf(adamStep(exam, 3, 2)), [0.1, 0.1, 0.05, 0.05, 0.02]);
    await oneStep(exam, adamUpdate, adamStep(exam, 3, 4, 1e-8), { theta: "small" });
    await pure(exam, adamUpdate, adamStep(exam, 2, 3), adamStep(exam, 2, 3));
  },
};
