import { raceSchedules, scheduleNames } from "../../../lib/experiments/digit-schedules";
import { constant, type Schedule, toSchedule } from "../../../lib/schedules";
import { cosine, cosineRestarts, halfCosine } from "../../../lib/schedules/cosine";
import { cyclical } from "../../../lib/schedules/cyclical";
import { exponentialDecay } from "../../../lib/schedules/exponential-decay";
import { hyperbolicDecay } from "../../../lib/schedules/hyperbolic-decay";
import { linearScaling } from "../../../lib/schedules/linear-scaling";
import { risingMomentum } from "../../../lib/schedules/momentum";
import { oneCycle, oneCycleMomentum } from "../../../lib/schedules/one-cycle";
import { piecewise } from "../../../lib/schedules/piecewise";
import { halveOnPlateau, onPlateau } from "../../../lib/schedules/plateau";
import { learningRateRangeTest } from "../../../lib/schedules/range-test";
import { sequence } from "../../../lib/schedules/sequence";
import { stepDecay } from "../../../lib/schedules/step-decay";
import { cosineWarmUp, linearWarmUp } from "../../../lib/schedules/warm-up";
import { uniforms } from "../inputs";
import type { Note } from "../recorder";

const schedules: { readonly [name: string]: Schedule } = {
  constant: constant(0.1),
  number: toSchedule(0.1),
  piecewise: piecewise([0.5, 0.9], [30]),
  stepDecay: stepDecay(0.1, { every: 7, factor: 0.7 }),
  exponentialDecay: exponentialDecay(0.1, { factor: 0.97 }),
  "exponentialDecay over steps": exponentialDecay(0.1, { factor: 0.3, over: 17 }),
  hyperbolicDecay: hyperbolicDecay(3, 17),
  cosine: cosine(0.1, { steps: 77, minimum: 0.003 }),
  cosineRestarts: cosineRestarts(0.1, { steps: 10, growth: 2 }),
  linearWarmUp: linearWarmUp(0.1, { steps: 13, from: 0.01 }),
  cosineWarmUp: cosineWarmUp((step) => 1 / step, { steps: 13 }),
  cyclical: cyclical({ low: 0.001, high: 0.006, stepSize: 7 }),
  triangular2: cyclical({ low: 0.001, high: 0.006, stepSize: 7, mode: "triangular2" }),
  oneCycle: oneCycle(0.1, { steps: 200 }),
  "oneCycle in lines": oneCycle(0.1, { steps: 200, shape: "linear", rise: 0.4 }),
  oneCycleMomentum: oneCycleMomentum({ steps: 200 }),
  risingMomentum: risingMomentum({ every: 20, maximum: 0.99 }),
  sequence: sequence([0.01, exponentialDecay(0.1, { factor: 0.9 })], [11]),
};

/** 200 steps of every schedule, plateaus of a noisy metric, and the range test. */
export function schedulesSection(note: Note): void {
  for (const [name, schedule] of Object.entries(schedules))
    note(
      name,
      Float64Array.from({ length: 200 }, (_, k) => schedule(k + 1)),
    );
  for (const name of scheduleNames) {
    const { schedule, observe } = raceSchedules(name, 0.1, 100);
    note(
      `race, ${name}`,
      Float64Array.from({ length: 110 }, (_, k) => {
        if (k % 10 === 0) observe(1 / (1 + k));
        return schedule(k + 1);
      }),
    );
  }
  note(
    "half cosine",
    Float64Array.from({ length: 101 }, (_, k) => halfCosine(0.3, 0.1, k / 100)),
  );
  note("linear scaling", [
    linearScaling(0.1, { from: 256, to: 8192 }),
    linearScaling(0.1, { from: 96, to: 32 }),
  ]);
  const metric = uniforms("metric", 200).map((x, k) => 1 / (k + 1) + 0.01 * x);
  for (const options of [
    { patience: 2 },
    { goal: "max" as const, cooldown: 3, factor: 0.3, minimum: 1e-4 },
  ]) {
    const plateau = onPlateau(halveOnPlateau(0.1, options));
    note(
      "plateau",
      Array.from(metric, (value, k) => [plateau.observe(value), plateau.schedule(k + 1)]),
    );
  }
  note(
    "range test",
    learningRateRangeTest((rate) => 2 - rate + rate * rate * rate, { from: 1e-4, to: 30, steps: 61 }),
  );
}
