import { type Activation, leakyRelu, relu, sigmoid, tanh } from "../activations";
import { elu } from "../activations/elu";
import { gelu } from "../activations/gelu";
import { softplus } from "../activations/softplus";
import { heNormal, type Initializer, xavierNormal, xavierUniform } from "../initializers";
import { dense, elementwise, serial } from "../layers";
import { batchNorm } from "../layers/batch-norm";
import { dropout } from "../layers/dropout";
import { layerNorm } from "../layers/layer-norm";
import { residual } from "../layers/residual";
import { meanSquaredError, sigmoidBinaryCrossEntropy, softmaxCrossEntropy } from "../losses";
import { hinge } from "../losses/hinge";
import { multiclassHinge } from "../losses/multiclass-hinge";
import { activationMeanSquaredError, softmaxMeanSquaredError } from "../losses/output-activation";
import { weightedSoftmaxCrossEntropy } from "../losses/weighted-softmax-cross-entropy";
import type { Schedule } from "../schedules";
import { cosine } from "../schedules/cosine";
import { exponentialDecay } from "../schedules/exponential-decay";
import { hyperbolicDecay } from "../schedules/hyperbolic-decay";
import { stepDecay } from "../schedules/step-decay";
import { linearWarmUp } from "../schedules/warm-up";
import type {
  ActivationSubject,
  InitializerSubject,
  LayerSubject,
  LossSubject,
  Place,
  ScheduleSubject,
} from "./subject";
import { optimizerSubjects } from "./tuned-optimizers";

const layer = <L>(
  id: string,
  right: (square: boolean) => L,
  places: Place[],
  outputs = 3,
): LayerSubject<L> => ({ kind: "layer", id, right, places, outputs });

const loss = <L>(id: string, right: L, targets: LossSubject["targets"], places: Place[]): LossSubject<L> => ({
  kind: "loss",
  id,
  right,
  targets,
  places: ["one sample", "extremes", ...places],
});

const activation = (id: string, right: Activation, places: Place[]): ActivationSubject => ({
  kind: "activation",
  id,
  right,
  places: ["one sample", "extremes", ...places],
});

const initializer = (
  reference: string,
  right: Initializer,
  deviation: InitializerSubject["deviation"],
): InitializerSubject => ({ kind: "initializer", id: reference, right, deviation, reference });

const schedule = (id: string, reference: string, right: Schedule): ScheduleSubject => ({
  kind: "schedule",
  id,
  right,
  reference,
});

const hidden = (n: number) => serial(dense(3, n), elementwise(tanh), dense(n, 3));

/**
 * What there are mutations of, by name: each right thing with its settings.
 * @example
 * subjects.elu.right.parameter // 0.7
 * subjects.dense.right(false).description // { kind: "dense", inputs: 3, outputs: 2 }
 */
export const subjects = {
  dense: layer("dense", (square) => dense(3, square ? 3 : 2), ["one sample", "all zero"], 2),
  elementwise: layer("elementwise", () => elementwise(sigmoid), ["one sample", "all zero", "extremes"]),
  serial: layer(
    "serial",
    (square) => (square ? hidden(3) : serial(dense(3, 4), elementwise(tanh), dense(4, 2))),
    ["one sample", "all zero"],
    2,
  ),
  residual: layer("residual", (square) => residual(hidden(square ? 3 : 2)), ["one sample", "all zero"]),
  projection: layer(
    "projection",
    (square) => residual(serial(dense(3, square ? 3 : 2), elementwise(tanh)), dense(3, square ? 3 : 2)),
    ["one sample", "all zero"],
    2,
  ),
  batchNorm: layer("batchNorm", () => batchNorm(3), ["all zero", "extremes"]),
  layerNorm: layer("layerNorm", () => layerNorm(3), ["one sample", "all zero", "extremes"]),
  dropout: layer("dropout", () => dropout(0.4), ["one sample", "all zero", "zeros and kinks"]),

  sigmoid: activation("sigmoid", sigmoid, ["all zero"]),
  tanh: activation("tanh", tanh, ["all zero"]),
  relu: activation("relu", relu, ["zeros and kinks"]),
  leakyRelu: activation("leakyRelu", leakyRelu(), ["zeros and kinks"]),
  elu: activation("elu", elu(0.7), ["zeros and kinks"]),
  gelu: activation("gelu", gelu, ["all zero"]),
  softplus: activation("softplus", softplus(2), ["all zero"]),

  meanSquaredError: loss("meanSquaredError", meanSquaredError, "numbers", ["all zero"]),
  sigmoidMeanSquaredError: loss("sigmoidMeanSquaredError", activationMeanSquaredError(sigmoid), "0 or 1", [
    "all zero",
  ]),
  softmaxMeanSquaredError: loss("softmaxMeanSquaredError", softmaxMeanSquaredError, "classes", ["all zero"]),
  softmaxCrossEntropy: loss("softmaxCrossEntropy", softmaxCrossEntropy, "classes", ["all zero"]),
  weightedSoftmaxCrossEntropy: loss(
    "weightedSoftmaxCrossEntropy",
    weightedSoftmaxCrossEntropy([0.5, 1.25, 2]),
    "classes",
    ["all zero"],
  ),
  sigmoidBinaryCrossEntropy: loss("sigmoidBinaryCrossEntropy", sigmoidBinaryCrossEntropy, "0 or 1", [
    "all zero",
  ]),
  hinge: loss("hinge", hinge, "−1 or 1", ["all zero", "zeros and kinks"]),
  multiclassHinge: loss("multiclassHinge", multiclassHinge, "classes", []),

  ...optimizerSubjects,

  xavierUniform: initializer("xavierUniform", xavierUniform, (fanIn, fanOut) =>
    Math.sqrt(2 / (fanIn + fanOut)),
  ),
  xavierNormal: initializer("xavierNormal", xavierNormal, (fanIn, fanOut) => Math.sqrt(2 / (fanIn + fanOut))),
  heNormal: initializer("heNormal", heNormal(), (fanIn) => Math.sqrt(2 / fanIn)),
  heNormalLeaky: initializer("heNormalLeaky", heNormal(0.2), (fanIn) => Math.sqrt(2 / (1.04 * fanIn))),

  stepDecay: schedule("stepDecay", "StepLR", stepDecay(0.1, { every: 25 })),
  exponentialDecay: schedule("exponentialDecay", "ExponentialLR", exponentialDecay(0.1, { factor: 0.98 })),
  hyperbolicDecay: schedule("hyperbolicDecay", "LambdaLR", hyperbolicDecay(2, 19)),
  cosine: schedule("cosine", "CosineAnnealingLR", cosine(0.1, { steps: 300, minimum: 0.001 })),
  linearWarmUp: schedule("linearWarmUp", "LinearLR", linearWarmUp(0.1, { steps: 60, from: 0.25 })),
};
