// The sections by name. This file and what it imports run in Node and in a browser alike.
import { type Listener, type Note, Recorder } from "./recorder";
import { activationsSection } from "./sections/activations";
import { arraysSection } from "./sections/arrays";
import { claimsSection } from "./sections/claims";
import { datasetsSection } from "./sections/datasets";
import { diagnosticsSection } from "./sections/diagnostics";
import { experimentsSection } from "./sections/experiments";
import { figuresSection } from "./sections/figures";
import { functionsSection } from "./sections/functions";
import { gradientsSection } from "./sections/gradients";
import { initializersSection } from "./sections/initializers";
import { landscapesSection } from "./sections/landscapes";
import { layersSection } from "./sections/layers";
import { linearUnitsSection } from "./sections/linear-units";
import { lossesSection } from "./sections/losses";
import { matricesSection } from "./sections/matrices";
import { mutationsSection } from "./sections/mutations";
import { optimizerKernelsSection } from "./sections/optimizer-kernels";
import { optimizersSection } from "./sections/optimizers";
import { productsSection } from "./sections/products";
import { randomSection } from "./sections/random";
import { samplersSection } from "./sections/samplers";
import { schedulesSection } from "./sections/schedules";
import { tapeSection } from "./sections/tape";
import { trainingSection } from "./sections/training";

/** What each section computes: the same numbers wherever it runs. */
export const sections: { readonly [name: string]: (note: Note) => void | Promise<void> } = {
  functions: functionsSection,
  arrays: arraysSection,
  products: productsSection,
  "optimizer kernels": optimizerKernelsSection,
  matrices: matricesSection,
  random: randomSection,
  activations: activationsSection,
  losses: lossesSection,
  initializers: initializersSection,
  schedules: schedulesSection,
  samplers: samplersSection,
  datasets: datasetsSection,
  layers: layersSection,
  "linear units": linearUnitsSection,
  optimizers: optimizersSection,
  training: trainingSection,
  landscapes: landscapesSection,
  diagnostics: diagnosticsSection,
  tape: tapeSection,
  gradients: gradientsSection,
  mutations: mutationsSection,
  experiments: experimentsSection,
  claims: claimsSection,
  figures: figuresSection,
};

/** The SHA-256 of a section's results; `listener` hears of each of them. */
export async function hashOfSection(name: string, listener?: Listener): Promise<string> {
  const recorder = new Recorder(listener);
  await sections[name](recorder.note);
  return recorder.hash();
}
