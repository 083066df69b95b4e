import { sigmoid } from "../activations";
import { shifted } from "../activations/shifted";
import { randomState } from "../random";
import { defineExperiment } from "./experiment";
import { choiceSetting, numberSetting, wholeSetting } from "./settings";

const activations = { sigmoid, "centred sigmoid": shifted(sigmoid, -0.5) };

const settings = {
  activation: choiceSetting(
    ["sigmoid", "centred sigmoid"],
    "sigmoid",
    "What makes the unit's inputs of normal numbers: the sigmoid, whose outputs are positive, or it minus ½.",
  ),
  inputs: wholeSetting(2, "Inputs n of the unit.", { min: 1, max: 1000 }),
  rate: numberSetting(0.5, "Learning rate η in units of 1/E‖a‖², the inverse mean square of the inputs.", {
    above: 0,
  }),
  reach: numberSetting(0.1, "The path ends within this part of the first distance from the best weights.", {
    above: 0,
    below: 1,
  }),
  mostSteps: wholeSetting(20_000, "Steps after which the path ends in any case.", { min: 1 }),
};

const columns = {
  steps: { unit: "steps", doc: "Steps of the path." },
  reached: { unit: "1", doc: "1 if it came near the best weights, 0 if it did not." },
  detour: { unit: "1", doc: "Length of the path over the distance between its ends." },
  sameSign: { unit: "1", doc: "Share of steps that raise all weights or lower all of them." },
  alignment: {
    unit: "1",
    doc: "Mean cosine of the angle between a step and the way to the best weights.",
  },
};

/** E‖a‖² of n inputs: the mean of their squares over so many draws. */
const drawsOfSquare = 4096;

/**
 * The path of a linear unit's weights, learned sample by sample: z = wᵀa, target w*ᵀa, loss ½(t − z)², w ← w + η(t − z)a,
 * from w = 0 to a w* of length 1 in a random direction. The inputs a = φ(h), with h standard normal, are what a hidden
 * layer's units would pass on. The two kinds of input have the same scatter and differ in their mean, ½ or 0.
 * Source: note 002, "common activations", whose claim of a Z-shaped path it tests.
 * @example
 * const [{ sameSign, reached }] = await zigzag.run({ inputs: 8 }, 0)
 * [sameSign, reached] // [1, 1]
 * (await zigzag.run({ inputs: 8, activation: "centred sigmoid" }, 0))[0].sameSign < 0.05 // true
 */
export const zigzag = defineExperiment({
  name: "zigzag",
  description: "The path of a unit's weights when its inputs are all positive, and when they are centred.",
  settings,
  columns,
  index: [],
  async run({ activation, inputs: n, rate, reach, mostSteps }, seed, { signal, onProgress }) {
    const random = randomState(seed);
    const φ = activations[activation];
    const hidden = random.stream("hidden");
    const draw = () => hidden.normals(n).map(φ.f);
    const forSquare = random.stream("square").normals(drawsOfSquare).map(φ.f);
    const η = rate / (n * (squareOf(forSquare) / drawsOfSquare));
    const direction = random.stream("best").normals(n);
    const size = Math.sqrt(squareOf(direction));
    const gap = direction.map((w) => w / size);
    const w = new Float64Array(n);
    let [steps, length, same, cosines] = [0, 0, 0, 0];
    let distance = 1;
    while (steps < mostSteps && distance > reach && Number.isFinite(distance)) {
      if (steps % 1000 === 0) signal?.throwIfAborted();
      const a = draw();
      const error = dot(gap, a);
      const step = a.map((ai) => η * error * ai);
      const stepLength = Math.sqrt(squareOf(step));
      cosines += stepLength > 0 ? dot(step, gap) / (stepLength * distance) : 0;
      if (step.every((s) => s > 0) || step.every((s) => s < 0)) same += 1;
      length += stepLength;
      for (let i = 0; i < n; i++) {
        w[i] += step[i];
        gap[i] -= step[i];
      }
      distance = Math.sqrt(squareOf(gap));
      steps += 1;
      if (steps % 1000 === 0) onProgress?.(steps / mostSteps);
    }
    const reached = distance <= reach ? 1 : 0;
    const detour = length / Math.sqrt(squareOf(w));
    return [{ steps, reached, detour, sameSign: same / steps, alignment: cosines / steps }];
  },
});

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

const squareOf = (a: Float64Array) => dot(a, a);
