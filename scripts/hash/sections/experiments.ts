import { activationSpeed } from "../../../lib/experiments/activation-speed";
import { approximation, wave } from "../../../lib/experiments/approximation";
import { batchComposition } from "../../../lib/experiments/batch-composition";
import { classWeights } from "../../../lib/experiments/class-weights";
import { contribution } from "../../../lib/experiments/contribution";
import { gradientCorrelation } from "../../../lib/experiments/gradient-correlation";
import { gradientLine, lineGradient } from "../../../lib/experiments/gradient-line";
import { hessianSpectrum } from "../../../lib/experiments/hessian-spectrum";
import { learnedFeatures } from "../../../lib/experiments/learned-features";
import { marginCurriculum } from "../../../lib/experiments/margin-curriculum";
import { optimizerRace } from "../../../lib/experiments/optimizer-race";
import { ravineRace } from "../../../lib/experiments/ravine-race";
import { ringsMomentum } from "../../../lib/experiments/rings-momentum";
import { ringsSteadiness } from "../../../lib/experiments/rings-steadiness";
import { saturatedOutput } from "../../../lib/experiments/saturated-output";
import { silentUnits } from "../../../lib/experiments/silent-units";
import { symmetryRumelhart } from "../../../lib/experiments/symmetry-rumelhart";
import { symptoms } from "../../../lib/experiments/symptoms";
import { symptomsOutcomes } from "../../../lib/experiments/symptoms-outcomes";
import { turningBoundary } from "../../../lib/experiments/turning-boundary";
import { valleyClipping } from "../../../lib/experiments/valley-clipping";
import { xorRumelhart } from "../../../lib/experiments/xor-rumelhart";
import { zigzag } from "../../../lib/experiments/zigzag";
import { uniforms } from "../inputs";
import type { Note } from "../recorder";

/** Short runs of every experiment that needs no file, with settings that take each of its ways. */
export async function experimentsSection(note: Note): Promise<void> {
  for (const momentumForm of ["notes", "pytorch"] as const)
    for (const order of ["shuffled", "fixed", "sorted"] as const) {
      const settings = { momentumForm, order, decayEvery: 1, epochs: 3 };
      note(`rings, ${momentumForm}, ${order}`, await ringsMomentum.run(settings, 1));
    }
  for (const initializer of ["xavier", "pytorch"] as const)
    note(`rings, ${initializer}`, await ringsMomentum.run({ initializer, decayEvery: 0, epochs: 2 }, 2));
  note(
    "rings, rising",
    await ringsMomentum.run({ momentumRise: 1, momentum: 1, decayEvery: 0, epochs: 2 }, 3),
  );
  note(
    "rings, steadiness",
    await ringsSteadiness.run({ momentumForm: "pytorch", decayEvery: 1, epochs: 3 }, 4),
  );
  for (const optimizer of ["sgd", "momentum", "nesterov", "adagrad", "rmsprop", "adam", "amsgrad"] as const)
    note(`race, ${optimizer}`, await optimizerRace.run({ task: "example", optimizer, epochs: 20 }, 5));
  note("race on rings", await optimizerRace.run({ optimizer: "adam", epochs: 2 }, 6));
  for (const direct of [false, true])
    note(`xor, ${direct}`, await xorRumelhart.run({ direct, maxSweeps: 300 }, 3));
  note("symmetry", await symmetryRumelhart.run({ maxSweeps: 200 }, 4));
  for (const activation of ["centred sigmoid", "raised tanh", "leaky relu", "elu", "gelu"])
    note(`activations, ${activation}`, await activationSpeed.run({ activation, epochs: 2 }, 5));
  for (const activation of ["sigmoid", "centred sigmoid"] as const)
    note(`zigzag, ${activation}`, await zigzag.run({ activation, inputs: 8 }, 6));
  note("wave", uniforms("places", 50).map(wave));
  for (const activation of ["sigmoid", "tanh", "relu"] as const)
    note(`approximation, ${activation}`, await approximation.run({ activation, steps: 40 }, 7));
  for (const loss of ["cross-entropy", "squared error"] as const)
    note(`saturated, ${loss}`, await saturatedOutput.run({ loss, saturation: 4, mostEpochs: 3 }, 8));
  note("class weights", await classWeights.run({ positiveWeight: 3, samples: 100, epochs: 20 }, 9));
  for (const order of ["shuffled", "stratified", "bucketed", "by length"] as const)
    note(`batches, ${order}`, await batchComposition.run({ order, samples: 100, epochs: 5 }, 14));
  for (const order of ["shuffled", "time"] as const)
    note(`turning, ${order}`, await turningBoundary.run({ order, past: 60, epochs: 2 }, 15));
  for (const order of ["shuffled", "easy first", "hard first"] as const)
    note(`curriculum, ${order}`, await marginCurriculum.run({ order, inputs: 7, samples: 30 }, 16));
  for (const settings of [
    { labelShift: 1 },
    { order: "sorted", momentum: 0.9 },
    { learningRate: 4, warmUp: 20, activation: "leaky relu" },
    { lossFunction: "squared error", schedule: "plateau", optimizer: "adam" },
  ] as const)
    note(`symptoms, ${Object.values(settings)}`, await symptoms.run({ ...settings, epochs: 2 }, 17));
  note("symptoms, outcomes", await symptomsOutcomes.run({ order: "sorted", epochs: 3 }, 18));
  note("silent units", await silentUnits.run({ activation: "leaky relu", epochs: 3 }, 8));
  note("contribution", await contribution.run({ change: 0.1, trained: 10 }, 10));
  note("learned features", await learnedFeatures.run({ width: 3, samples: 90, epochs: 5 }, 9));
  const kinds = [
    "plain",
    "normalized",
    "residual",
    "residual normalized",
    "residual then normalized",
  ] as const;
  for (const kind of kinds) {
    const settings = { kind, branchScale: 0.5, depth: 4, width: 20 };
    note(`gradient correlation, ${kind}`, await gradientCorrelation.run({ ...settings, inputs: 8 }, 11));
    note(`gradient line, ${kind}`, await gradientLine.run({ ...settings, points: 32 }, 12));
  }
  note(
    "gradient along a line",
    Object.values(lineGradient({ depth: 3, width: 20, points: 16, biasVariance: 0.1 }, 13)),
  );
  const stopped = { depth: 3, width: 20, points: 16, backwardDepth: 1, onAtZero: true };
  note("gradient along a line, backward through one block", [...lineGradient(stopped, 13).gradient]);
  for (const optimizer of ["sgd", "momentum", "nesterov", "adagrad", "rmsprop", "adam"] as const)
    note(`ravine, ${optimizer}`, await ravineRace.run({ optimizer, turned: true, mostSteps: 100 }, 14));
  for (const clipping of ["none", "norm", "value"] as const)
    note(`clipping, ${clipping}`, await valleyClipping.run({ clipping, steps: 200 }, 15));
  const small = { blocks: 1, width: 3, samples: 16, steps: 5 };
  for (const kind of ["plain", "normalized", "residual", "residual normalized"] as const)
    note(`spectrum, ${kind}`, await hessianSpectrum.run({ ...small, kind }, 16));
}
