import { leakyRelu, relu, sigmoid, tanh } from "../../../lib/activations";
import { gaussianMean, wideNetwork } from "../../../lib/diagnostics/wide-network";
import { depthSignal } from "../../../lib/experiments/depth-signal";
import {
  constantMatrix,
  heNormal,
  heUniform,
  type Initializer,
  lecunNormal,
  lecunUniform,
  oneInit,
  uniformInit,
  xavierNormal,
  xavierUniform,
  zeroInit,
} from "../../../lib/initializers";
import { filled, normalWithDeviation, uniformWithBound } from "../../../lib/initializers/draw";
import { convolutional, convolutionFans } from "../../../lib/initializers/fans";
import { type GainName, gain } from "../../../lib/initializers/gain";
import { lsuv } from "../../../lib/initializers/lsuv";
import { orthogonal } from "../../../lib/initializers/orthogonal";
import { orthonormalColumns } from "../../../lib/initializers/orthonormal-columns";
import {
  kaimingNormal,
  kaimingUniform,
  linearDefaults,
  xavierNormalWithGain,
  xavierUniformWithGain,
} from "../../../lib/initializers/torch";
import { dense, elementwise, serial } from "../../../lib/layers";
import { randomState } from "../../../lib/random";
import { torchGenerator } from "../../../lib/random/torch";
import { draw, precisions } from "../inputs";
import type { Note } from "../recorder";

const { weights, bias } = linearDefaults(12);
const initializers: { readonly [name: string]: Initializer } = {
  zeroInit,
  oneInit,
  constantMatrix: constantMatrix(draw(9, 12, "constant")),
  uniformInit: uniformInit(-0.3, 0.7),
  lecunNormal,
  lecunUniform,
  xavierNormal,
  xavierUniform,
  heUniform: heUniform(),
  heUniformLeaky: heUniform(0.2),
  heNormal: heNormal(),
  heNormalLeaky: heNormal(0.2),
  normalWithDeviation: normalWithDeviation(({ fanIn }) => 1 / fanIn),
  uniformWithBound: uniformWithBound(({ fanOut }) => 1 / fanOut),
  filled: (random, rows, cols, precision) =>
    filled(rows, cols, precision, (data) => random.fillNormal(data, 1, 0.1)),
  orthogonal: orthogonal(1.5),
  kaimingNormal: kaimingNormal({ fan: "fanOut" }),
  kaimingUniform: kaimingUniform({ negativeSlope: 0.1 }),
  xavierNormalWithGain: xavierNormalWithGain(5 / 3),
  xavierUniformWithGain: xavierUniformWithGain(5 / 3),
  "linearDefaults, weights": weights,
  "linearDefaults, bias": bias,
};

/** Every initializer, drawing as NumPy does and as PyTorch does, and what their weights make of signals and gradients. */
export async function initializersSection(note: Note): Promise<void> {
  for (const precision of precisions)
    for (const [name, initializer] of Object.entries(initializers))
      for (const [generator, random] of Object.entries({ NumPy: randomState(7), PyTorch: torchGenerator(7) }))
        note(`${name}, ${generator}, ${precision}`, initializer(random, 9, 12, precision));
  const kernel = [16, 3, 5, 5];
  note("convolution", [convolutionFans(kernel), convolutional(kernel, heNormal())(randomState(1), 16, 75)]);
  const names: GainName[] = ["linear", "sigmoid", "tanh", "relu", "leakyRelu", "selu"];
  note(
    "gains",
    names.map((name) => [gain(name), gain(name, 0.3)]),
  );
  note("orthonormal columns", orthonormalColumns(draw(20, 8, "tall")));
  const network = serial(dense(6, 20, { weights: orthogonal() }), elementwise(relu), dense(20, 4));
  note("lsuv", lsuv(network, network.init(randomState(3)), draw(6, 50, "X"), { tolerance: 1e-6 }));
  note("means", [gaussianMean((z) => z * z), gaussianMean(tanh.f)]);
  for (const activation of [tanh, sigmoid, relu, leakyRelu(0.2)])
    note(
      `wide network, ${activation.name}`,
      Object.values(wideNetwork(activation, { depth: 6, weightVariance: 1.5, biasVariance: 0.1 })),
    );
  for (const initializer of ["xavier", "pytorch", "lsuv"] as const)
    note(
      `depth signal, ${initializer}`,
      await depthSignal.run({ initializer, gain: 1.2, depth: 4, width: 16, samples: 8 }, 11),
    );
}
