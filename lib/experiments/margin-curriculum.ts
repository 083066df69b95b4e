import { arccos } from "../kernels/arccos";
import { randomState } from "../random";
import { shuffled, sortedBy } from "../samplers";
import { defineExperiment } from "./experiment";
import { choiceSetting, wholeSetting } from "./settings";

const settings = {
  order: choiceSetting(
    ["shuffled", "easy first", "hard first"],
    "shuffled",
    "Of the samples; easy: far from the boundary.",
  ),
  inputs: wholeSetting(50, "Inputs d.", { min: 2 }),
  samples: wholeSetting(200, "Samples, each seen once.", { min: 1 }),
  every: wholeSetting(10, "Samples between two rows.", { min: 1 }),
};

const columns = {
  seen: { unit: "1", doc: "Samples seen." },
  error: { unit: "1", doc: "Chance to misjudge a new sample: the angle between the two weights, over π." },
};

/**
 * A perceptron learns once through samples x of N(0, I) with the class t = sign(u·x), u random; x is easy if |u·x| is
 * large. Where t w·x ≤ 0, w ← w + t x, from 0. The two disagree on a share ∠(w, u)/π of new samples; 1/2 while w is 0.
 * Source: Y. Bengio, J. Louradour, R. Collobert, J. Weston, ICML (2009) 41; the sizes are this project's.
 * @example
 * const rows = await marginCurriculum.run({ samples: 20, every: 10 }, 0)
 * rows.map(({ seen }) => seen) // [10, 20]
 */
export const marginCurriculum = defineExperiment({
  name: "margin-curriculum",
  description: "A perceptron sees each sample once: easy ones first, hard ones first, or shuffled.",
  settings,
  columns,
  index: ["seen"],
  async run({ order, inputs, samples, every }, seed) {
    const random = randomState(seed);
    const teacher = random.stream("teacher").normals(inputs);
    const data = random.stream("data");
    const X = Array.from({ length: samples }, () => data.normals(inputs));
    const margins = X.map((x) => dot(teacher, x));
    const difficulty = margins.map((margin) => -Math.abs(margin));
    const sampler = {
      shuffled: () => shuffled(samples, samples),
      "easy first": () => sortedBy(difficulty, samples),
      "hard first": () =>
        sortedBy(
          difficulty.map((d) => -d),
          samples,
        ),
    }[order]();
    const [sequence] = sampler(1, random.stream("order"));
    const weights = new Float64Array(inputs);
    const rows: { seen: number; error: number }[] = [];
    sequence.forEach((j, k) => {
      const t = margins[j] > 0 ? 1 : -1;
      if (t * dot(weights, X[j]) <= 0) for (let i = 0; i < inputs; i++) weights[i] += t * X[j][i];
      if ((k + 1) % every === 0 || k + 1 === samples)
        rows.push({ seen: k + 1, error: angle(weights, teacher) / Math.PI });
    });
    return rows;
  },
});

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

/** Of two vectors; a right one if one of them is 0. */
function angle(a: Float64Array, b: Float64Array): number {
  const lengths = Math.sqrt(dot(a, a) * dot(b, b));
  return lengths === 0 ? Math.PI / 2 : arccos(Math.max(-1, Math.min(1, dot(a, b) / lengths)));
}
