// What every command needs before it can run: the Python environment, the kernel, TensorFlow.

import { exclusively } from "../bootstrap/lock.mjs";
import { say } from "../bootstrap/progress.mjs";
import { installKernelSpec, kernelSpecReady } from "./kernel-spec";
import { installNbgrader, nbgraderProblem, nbgraderReady } from "./nbgrader";
import { cache } from "./paths";
import { installTensorflow, sayBackend, tensorflowReady } from "./tensorflow";
import { makeVenv, venvReady } from "./venv";

interface Step {
  /** Looks at stamps only: it is asked on every run. */
  ready(): boolean;
  run(): Promise<void>;
}

const python: readonly Step[] = [
  { ready: venvReady, run: makeVenv },
  { ready: kernelSpecReady, run: installKernelSpec },
];
const tensorflow: readonly Step[] = [{ ready: tensorflowReady, run: installTensorflow }];
const nbgrader: readonly Step[] = [{ ready: nbgraderReady, run: installNbgrader }];
/** The tests that need it say so themselves where there is no Python for it. */
const nbgraderForTests: readonly Step[] = [
  {
    ready: () => nbgraderReady() || nbgraderProblem() !== undefined,
    run: async () => {
      if (!nbgraderProblem()) await installNbgrader();
    },
  },
];

const extents = {
  python,
  all: [...python, ...tensorflow],
  assignments: [...python, ...nbgrader],
  tests: [...python, ...tensorflow, ...nbgraderForTests],
};

/**
 * Sets up what is missing. Nothing missing: no process is started, and nothing is printed but a fallback that is in use.
 * @param extent "python" leaves TensorFlow out, for commands that run no notebook and no test; "assignments" too, and adds
 * nbgrader; "tests" is all
 */
export async function setUp(extent: keyof typeof extents = "all"): Promise<void> {
  const steps = extents[extent];
  if (!steps.every((step) => step.ready())) {
    await exclusively(cache, async () => {
      for (const step of steps) if (!step.ready()) await step.run();
    });
    say("Set-up complete.\n");
  }
  if (steps.includes(tensorflow[0])) sayBackend();
}
