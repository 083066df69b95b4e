import type { Matrix } from "../../../lib/matrix";
import { from, given, inside, libExport, recordOf } from "../mark/arguments";
import { differenceFrom } from "../mark/compare";
import type { Exam } from "../mark/part";
import type { Argument } from "../wire/messages";
import { normals } from "./inputs";

type State = Readonly<Record<string, Matrix>>;
type Settings = Readonly<Record<string, number>>;

/** What a step is taken from. */
export interface Step {
  readonly gradient: Matrix;
  readonly state: State;
  readonly theta: Matrix;
  readonly step: number;
  readonly settings: Settings;
}

/** Where a step leads. */
export interface Stepped {
  readonly theta: Matrix;
  readonly state: State;
}

/** An update that students write: by which name, and what is right. */
export interface Asked {
  readonly answer: string;
  right(step: Step): Stepped;
}

const namesOf = ({ state }: Step) => Object.keys(state);

const argumentsOf = ({ gradient, state, theta, step, settings }: Step): Argument[] => [
  given(gradient),
  given(state),
  given(theta),
  given(step),
  recordOf(Object.fromEntries(Object.entries(settings).map(([name, value]) => [name, given(value)]))),
];

/** Asks for one step and compares what it gives: each part of it for the aspect of its name, where there is one. */
export async function oneStep(
  exam: Exam,
  { answer, right }: Asked,
  step: Step,
  aspects: Record<string, string>,
) {
  await exam.attempt(Object.values(aspects), async () => {
    const names = namesOf(step);
    const want = ["theta", ...names.map((name) => `state.${name}`)];
    const values = await exam.call(answer, argumentsOf(step), want);
    const { theta, state } = right(step);
    for (const [k, [name, expected]] of Object.entries({ theta, ...state }).entries())
      if (aspects[name]) exam.expect(aspects[name], `${name} after step ${step.step}`, values[k], expected);
  });
}

/** Steps one after another from a state of zeros, each from what the answer itself gave. */
export async function walk(exam: Exam, asked: Asked, aspect: string, first: Step, rates: readonly number[]) {
  await exam.attempt([aspect], async () => {
    let [theta, state]: [Argument, Argument] = [given(first.theta), given(first.state)];
    let right: Stepped = first;
    for (const [k, rate] of rates.entries()) {
      const gradient = normals(exam, first.theta.rows, first.theta.cols);
      const step = { ...first, ...right, gradient, step: k + 1, settings: { ...first.settings, rate } };
      const [g, , , number, settings] = argumentsOf(step);
      right = asked.right(step);
      const [value] = await exam.call(asked.answer, [g, state, theta, number, settings], ["theta"]);
      const words = `theta after step ${k + 1}, with learning rates ${rates.slice(0, k + 1).join(", ")},`;
      exam.expect(aspect, words, value, right.theta);
      const { lastCall } = exam;
      [theta, state] = [inside(from(lastCall, "theta")), inside(from(lastCall, "state"))];
    }
  });
}

/** Looks at the arguments after a call, and asks a second time for what another step came between. */
export async function pure(exam: Exam, { answer, right }: Asked, step: Step, between: Step) {
  await exam.attempt(["pure"], async () => {
    const matrices: [string, Matrix][] = [
      ["gradient", step.gradient],
      ["theta", step.theta],
      ...Object.entries(step.state).map(([name, M]): [string, Matrix] => [`state.${name}`, M]),
    ];
    const handles: Argument[] = [];
    for (const [, M] of matrices) {
      await exam.call(libExport("matrix-entries", "clone"), [given(M)], []);
      handles.push(inside(from(exam.lastCall)));
    }
    const [gradient, theta, ...state] = handles;
    const named = recordOf(Object.fromEntries(namesOf(step).map((name, k) => [name, state[k]])));
    const [, , , number, settings] = argumentsOf(step);
    await exam.call(answer, [gradient, named, theta, number, settings], []);
    for (const [k, [name, M]] of matrices.entries()) {
      const [now] = await exam.call(libExport("matrix-entries", "clone"), [handles[k]]);
      exam.expect("pure", `after the call the argument ${name}`, now, M, 0);
    }
    await exam.call(answer, argumentsOf(between), []);
    const [again] = await exam.call(answer, argumentsOf(step), ["theta"]);
    const [once] = await exam.call(answer, argumentsOf(step), ["theta"]);
    const { theta: expected } = right(step);
    exam.expect("pure", "after another call, theta", again, expected);
    const isAnswer = differenceFrom(expected, again, "theta") === undefined;
    if (isAnswer) exam.expect("pure", "asked once more for the same step, theta", once, again as Matrix, 0);
  });
}
