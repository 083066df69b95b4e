import { cos, pow, sin } from "../kernels/functions";
import { quadraticRavine } from "../landscapes";
import { column } from "../matrix";
import type { Optimizer } from "../optimizers";
import { randomState } from "../random";
import { defineExperiment } from "./experiment";
import { optimizerRules } from "./optimizer-rules";
import { choiceSetting, flagSetting, numberSetting, wholeSetting } from "./settings";

const settings = {
  optimizer: choiceSetting(
    ["sgd", "momentum", "nesterov", "adagrad", "rmsprop", "adam"],
    "sgd",
    "The rule; γ = 0.9 in both forms of momentum, all else as lib/optimizers has it by default.",
  ),
  condition: numberSetting(100, "κ: the curvatures are 1 along the floor and κ across it.", { min: 1 }),
  turned: flagSetting(
    false,
    "Whether the floor lies at a random angle; if not, it is the first coordinate's axis.",
  ),
  goal: numberSetting(1e-4, "The part of the first value that is to be reached.", { above: 0, below: 1 }),
  mostSteps: wholeSetting(3000, "Steps after which a race ends in any case.", { min: 1 }),
};

const columns = {
  steps: { unit: "steps", doc: "Steps to the goal at the best rate; mostSteps if no rate gets there." },
  reached: { unit: "1", doc: "1 if some rate gets to the goal, 0 if none does." },
  rate: { unit: "1", doc: "The rate of the fewest steps; the smallest of several." },
  crossings: { unit: "1", doc: "Share of the steps at that rate that end on the other side of the floor." },
};

/** 41 rates from 10⁻⁴ to 10, eight to a factor of ten. */
const rates = Array.from({ length: 41 }, (_, k) => pow(10, (k - 32) / 8));

/** A race is lost where the value is larger than so many times the first one. */
const lost = 1e8;

/**
 * An optimizer's way down the parabola f = ½(u² + κw²), u along its floor and w across it, at the best of 41 rates.
 * The start is normal in both coordinates, the angle of the floor uniform; both are drawn from the seed.
 * Source: note 004, "Training techniques", section 4.
 * @example
 * (await ravineRace.run({ condition: 1 }, 0))[0].steps // 1
 * const [{ steps, crossings }] = await ravineRace.run({ condition: 20 }, 0)
 * steps > 10 && crossings > 0.5 // true
 */
export const ravineRace = defineExperiment({
  name: "ravine-race",
  description:
    "Optimizers down a quadratic ravine, each at the best of many rates: steps, and how often they cross the floor.",
  settings,
  columns,
  index: [],
  async run({ optimizer, condition, turned, goal, mostSteps }, seed, { signal, onProgress }) {
    const random = randomState(seed);
    const start = column([...random.stream("start").normals(2)]);
    const angle = turned ? random.stream("angle").uniform() * Math.PI : 0;
    const ravine = quadraticRavine([1, condition], turned ? { rotation: angle } : {});
    const [c, s] = [cos(angle), sin(angle)];
    const across = (x: ArrayLike<number>) => c * x[1] - s * x[0];
    const first = ravine.value(start);

    const race = (rule: Optimizer) => {
      let [x, state, crossed] = [start, rule.init(start), 0];
      for (let step = 1; step <= mostSteps; step++) {
        const before = across(x.data);
        ({ params: x, state } = rule.update(ravine.gradient(x), state, x, step));
        if (before * across(x.data) < 0) crossed += 1;
        const value = ravine.value(x);
        if (value <= goal * first) return { steps: step, crossings: crossed / step };
        if (!(value <= lost * first)) break;
      }
      return undefined;
    };
    let best = { steps: mostSteps, reached: 0, rate: Number.NaN, crossings: Number.NaN };
    for (const [k, rate] of rates.entries()) {
      signal?.throwIfAborted();
      const result = race(optimizerRules[optimizer](rate));
      if (result && (best.reached === 0 || result.steps < best.steps)) best = { ...result, reached: 1, rate };
      onProgress?.((k + 1) / rates.length);
    }
    return [best];
  },
});
