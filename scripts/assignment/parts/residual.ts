import { identity, tanh } from "../../../lib/activations";
import type { Layer } from "../../../lib/layer";
import { dense, elementwise, serial } from "../../../lib/layers";
import { residual } from "../../../lib/layers/residual";
import type { Matrix } from "../../../lib/matrix";
import { flattenParams, mapParams, type Params } from "../../../lib/params";
import { randomState } from "../../../lib/random";
import { given, inside, libExport } from "../mark/arguments";
import type { Exam, Part } from "../mark/part";
import type { Argument } from "../wire/messages";
import { normals } from "./inputs";

/** Inputs, hidden units of the branch, outputs, samples; the last so large that differences would take minutes. */
const shapes = [
  [3, 4, 3, 5],
  [2, 3, 2, 1],
  [4, 2, 3, 4],
  [3, 3, 3, 3],
  [60, 40, 50, 64],
] as const;

/** A layer here and the same one inside. */
interface Twin {
  readonly layer: Layer;
  readonly argument: Argument;
}

/** Calls what makes a layer inside. */
async function made(exam: Exam, name: string, args: readonly Argument[], layer: unknown): Promise<Twin> {
  await exam.call(libExport("layers", name), args, []);
  return { layer: layer as Layer, argument: inside({ call: exam.lastCall, at: [] }) };
}

const denseTwin = (exam: Exam, inputs: number, outputs: number) =>
  made(exam, "dense", [given(inputs), given(outputs)], dense(inputs, outputs));

const entrywiseTwin = (exam: Exam, name: "tanh" | "identity") =>
  made(exam, "elementwise", [inside(libExport("activations", name))], elementwise({ tanh, identity }[name]));

async function branchTwin(exam: Exam, inputs: number, hidden: number, outputs: number): Promise<Twin> {
  const parts = [
    await denseTwin(exam, inputs, hidden),
    await entrywiseTwin(exam, "tanh"),
    await denseTwin(exam, hidden, outputs),
  ];
  const network = serial(...parts.map(({ layer }) => layer));
  const args = parts.map(({ argument }) => argument);
  return made(exam, "serial", args, network);
}

/** What is at hand in one trial of either pass. */
interface Trial {
  readonly branch: Twin;
  readonly shortcut: Twin;
  readonly params: { readonly branch: Params; readonly shortcut: Params };
  readonly A: Matrix;
  readonly right: Layer;
}

async function trialOf(
  exam: Exam,
  [inputs, hidden, outputs, m]: (typeof shapes)[number],
  projected: boolean,
): Promise<Trial> {
  const branch = await branchTwin(exam, inputs, hidden, outputs);
  const shortcut = projected ? await denseTwin(exam, inputs, outputs) : await entrywiseTwin(exam, "identity");
  const layer = residual(branch.layer, shortcut.layer);
  const params = mapParams(({ rows, cols }) => normals(exam, rows, cols), layer.init(randomState(0)));
  return { branch, shortcut, params, A: normals(exam, inputs, m), right: layer as unknown as Layer };
}

/** Tries all shapes with a projection, and with the identity where it fits. */
async function triedAll(
  exam: Exam,
  aspects: (way: "identity" | "projection") => readonly string[],
  tried: (trial: Trial, way: "identity" | "projection") => Promise<void>,
) {
  for (const shape of shapes) {
    const ways = shape[0] === shape[2] ? (["identity", "projection"] as const) : (["projection"] as const);
    for (const way of ways)
      await exam.attempt(aspects(way), async () => {
        await tried(await trialOf(exam, shape, way === "projection"), way);
      });
  }
}

/** Forward of branch and shortcut. */
export const residualForwardPart: Part = {
  id: "residual-forward",
  title: "A residual block, forward",
  answers: ["residualForward"],
  diagnosis: { assignment: "A4", question: "residualForward", answers: ["residualForward"] },
  aspects: [
    { id: "identity", title: "Y with the identity", points: 1 },
    { id: "projection", title: "Y with a projection", points: 1 },
    { id: "cache", title: "what branch and shortcut keep", points: 1 },
  ],
  examine: (exam) =>
    triedAll(
      exam,
      (way) => [way, "cache"],
      async ({ branch, shortcut, params, A, right }, way) => {
        const { output, cache } = right.forward(params, A);
        const kept = flattenParams(cache as Params);
        const [Y, ...values] = await exam.call(
          "residualForward",
          [branch.argument, shortcut.argument, given(params), given(A)],
          ["output", ...kept.map(({ path }) => `cache.${path}`)],
        );
        exam.expect(way, "output", Y, output);
        for (const [k, { path, value }] of kept.entries())
          exam.expect("cache", `cache.${path}`, values[k], value);
      },
    ),
};

/** Backward of branch and shortcut. */
export const residualBackwardPart: Part = {
  id: "residual-backward",
  title: "A residual block, backward",
  answers: ["residualBackward"],
  diagnosis: { assignment: "A4", question: "residualBackward", answers: ["residualBackward"] },
  aspects: [
    { id: "gradients", title: "the gradients of branch and shortcut", points: 2 },
    { id: "identity", title: "∂E/∂A with the identity", points: 1 },
    { id: "projection", title: "∂E/∂A with a projection", points: 1 },
  ],
  examine: (exam) =>
    triedAll(
      exam,
      (way) => [way, "gradients"],
      async ({ branch, shortcut, params, A, right }, way) => {
        const { output, cache } = right.forward(params, A);
        const dY = normals(exam, output.rows, output.cols);
        const { gradients, dInput } = right.backward(params, cache, dY);
        const named = flattenParams(gradients);
        const [dA, ...values] = await exam.call(
          "residualBackward",
          [branch.argument, shortcut.argument, given(params), given(cache as Params), given(dY)],
          ["dInput", ...named.map(({ path }) => `gradients.${path}`)],
        );
        exam.expect(way, "dInput", dA, dInput);
        for (const [k, { path, value }] of named.entries())
          exam.expect("gradients", `gradients.${path}`, values[k], value);
      },
    ),
};
