import type { Assignment } from "../assignments/assignment";
import type { Asked } from "./strip";

const inAssembly = (file: string, ...names: string[]) =>
  names.map((name) => `kernels/assembly/${file}.ts ${name}`);

const derivatives = [
  "kernels/functions.ts evaluateDerivative",
  "kernels/arrays.ts mapDerivative",
  "kernels/arrays.ts timesDerivative",
  ...["identity", "step", "sigmoid", "tanh", "relu", "leakyRelu", "elu", "gelu", "softplus"].flatMap((name) =>
    inAssembly("functions", `evaluate case Operation.${name} + 1`),
  ),
  ...inAssembly("functions", "sigmoidDerivative"),
  ...inAssembly("error-function", "geluDerivative"),
  ...inAssembly("arrays", "derivativeTimes", "reluSlope"),
  // of these files the comments alone
  "activations/elu.ts",
  "activations/gelu.ts",
  "activations/softplus.ts",
];

const softmax = [
  "kernels/arrays.ts softmaxColumns",
  "kernels/softmax.ts softmaxWithLogTotals",
  "kernels/cross-entropy.ts crossEntropy",
  ...inAssembly("arrays", "softmaxColumns"),
  ...inAssembly("softmax", "softmaxWithLogTotals", "crossEntropy"),
];

const descent = [
  "kernels/optimizers.ts descend",
  "kernels/optimizers.ts momentum",
  ...inAssembly("optimizers", "descend", "descendAt", "momentum", "momentumAt"),
];

const adam = [
  "kernels/optimizers.ts adam",
  ...inAssembly("optimizers", "adam", "adamAll", "adamPiece", "adamAt"),
];

/**
 * What of the numeric core does the work of a function of lib: who is asked for the one could call the other, so it is
 * asked for with it, and given with it.
 */
const sameWork: Readonly<Record<string, readonly string[]>> = {
  "activations.ts elementwiseActivation.backward": derivatives,
  "activations.ts elementwiseActivation.derivative": derivatives,
  "activations.ts elementwiseActivation.derivativeAt": derivatives,
  "activations.ts softmax": softmax,
  "activations.ts softmaxJacobian": ["activations.ts softmaxBackward"],
  "optimizers.ts sgd.update": descent,
  "optimizers.ts adam.update": adam,
};

/** By files of lib, what an edition leaves out; a file with an empty list loses formulas in its comments alone. */
export type LeftOut = ReadonlyMap<string, readonly Asked[]>;

/** What one assignment's students do not get: what any assignment asks for, but for what this one gives. */
export function leftOut(
  { gives }: Pick<Assignment, "gives">,
  all: readonly Pick<Assignment, "asked">[],
): LeftOut {
  const given = new Set(gives.flatMap((name) => [name, ...(sameWork[name] ?? [])]));
  const files = new Map<string, Asked[]>();
  const add = (place: string, equation: string | undefined) => {
    if (given.has(place)) return;
    const [file, ...name] = place.split(" ");
    const asked = files.get(file) ?? [];
    files.set(file, asked);
    if (name.length > 0 && asked.every((other) => other.name !== name.join(" ")))
      asked.push({ name: name.join(" "), equation });
  };
  for (const { asked } of all)
    for (const [file, functions] of Object.entries(asked))
      for (const { name, equation } of functions) {
        const place = `${file} ${name}`;
        add(place, equation);
        if (!given.has(place)) for (const other of sameWork[place] ?? []) add(other, equation);
      }
  return files;
}
