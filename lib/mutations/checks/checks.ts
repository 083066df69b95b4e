import { tolerances, type WitnessName } from "../../gradients/check-layer";
import type { Subject } from "../subject";
import { activationProperties } from "./activation-properties";
import { afterTraining } from "./after-training";
import type { Check, Judge } from "./check";
import { differencesAt, looseDifferences, weightsAlone } from "./differences";
import { layerProperties } from "./layer-properties";
import { lossProperties } from "./loss-properties";
import { momentsOf, wideAndTall } from "./moments";
import { callsInBetween, shapesAlone } from "./outputs-checks";
import { matchesReference } from "./references";
import { optimizerProperties, scheduleProperties } from "./step-properties";
import { lossFalls } from "./training";
import { agreesWith, atExtremes } from "./witnesses";

/** The witnesses other than differences: each builds the thing again from its description. */
const others = (Object.keys(tolerances) as WitnessName[]).filter((name) => name !== "finite differences");

function propertiesOf(subject: Subject): Judge | undefined {
  switch (subject.kind) {
    case "layer":
      return layerProperties(subject);
    case "loss":
      return lossProperties(subject);
    case "activation":
      return activationProperties(subject);
    case "optimizer":
      return optimizerProperties(subject);
    case "initializer":
      return wideAndTall(subject);
    case "schedule":
      return scheduleProperties(subject);
  }
}

/**
 * The checks, from weak to strong: the columns of the mutation matrix.
 * @example
 * checks[0].name // "shapes"
 */
export const checks: readonly Check[] = [
  {
    name: "shapes",
    strength: "weak",
    what: "Everything comes out in the right shape, tried on square matrices; the numbers do not matter.",
    judge: shapesAlone,
  },
  {
    name: "falling loss",
    strength: "weak",
    what: "The loss of a small network with it is lower after 20 steps of training than before.",
    judge: lossFalls,
  },
  {
    name: "all zero",
    strength: "weak",
    what: "Finite differences with all parameters 0, or without parameters all inputs.",
    judge: (subject) => differencesAt(subject, "all zero"),
  },
  {
    name: "one sample or step",
    strength: "weak",
    what: "Finite differences on a batch of one sample; the first step of an optimizer or schedule against PyTorch's.",
    judge: (subject) => differencesAt(subject, "one sample") ?? matchesReference(subject, 1e-11, "first"),
  },
  {
    name: "weights alone",
    strength: "weak",
    what: "Finite differences of weights and gains; biases, shifts and the gradient of the input are not looked at.",
    judge: weightsAlone,
  },
  {
    name: "square shapes",
    strength: "weak",
    what: "Finite differences with as many samples as units and inputs; mean and deviation of square weights within 3 %.",
    judge: (subject) => differencesAt(subject, "square shapes") ?? momentsOf(subject, 150, 150, 0.03),
  },
  {
    name: "loose tolerance",
    strength: "weak",
    what: "Finite differences within 1e-2; the paths of optimizers and the rates of schedules within 1e-2, the deviation of weights within 10 %.",
    judge: (subject) =>
      looseDifferences(subject, 1e-2) ??
      momentsOf(subject, 200, 50, 0.1) ??
      matchesReference(subject, 1e-2, "all"),
  },
  {
    name: "finite differences",
    strength: "strong",
    what: "Differences of its own forward within 1e-7, on random numbers in matrices that are not square, with five samples.",
    judge: (subject) => differencesAt(subject, "generic"),
  },
  ...others.map(
    (witness): Check => ({
      name: witness,
      strength: "strong",
      what:
        witness === "mathjs"
          ? "The symbolic derivative by mathjs of the same thing, with three samples."
          : `The derivative of the same thing by ${witness}, on the numbers of the differences.`,
      judge: (subject) => agreesWith(witness, subject, witness === "mathjs" ? "three samples" : "generic"),
    }),
  ),
  {
    name: "zeros and kinks",
    strength: "strong",
    what: "TensorFlow's derivative where inputs are 0, or where there is no derivative and a convention must hold.",
    judge: (subject) => agreesWith("TensorFlow", subject, "zeros and kinks"),
  },
  {
    name: "extreme inputs",
    strength: "strong",
    what: "Value and derivative by dual numbers where inputs are ±1000 or features constant.",
    judge: atExtremes,
  },
  {
    name: "calls in between",
    strength: "strong",
    what: "The same bits if other batches pass between a forward and its backward, or before; arguments stay as they are.",
    judge: callsInBetween,
  },
  {
    name: "after training",
    strength: "strong",
    what: "PyTorch's running statistics; one sample by itself comes out as in a batch.",
    judge: afterTraining,
  },
  {
    name: "properties",
    strength: "strong",
    what: "What must hold whatever the numbers: samples add up, softmax's gradients sum to zero, batch normalization's are orthogonal to 1 and to its input, momentum has its terminal velocity.",
    judge: propertiesOf,
  },
  {
    name: "reference",
    strength: "strong",
    what: "50 steps of PyTorch's optimizer, 300 rates of PyTorch's scheduler, NumPy's weights.",
    judge: (subject) => matchesReference(subject, 1e-11, "all"),
  },
];
