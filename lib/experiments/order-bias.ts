import { addScaled, innerProduct } from "../diagnostics/tree";
import { gradientNorm as norm } from "../optimizers/gradient-norm";
import { type Params, zerosLike } from "../params";
import { digitOrderSettings, digitSampler, digitTraining } from "./digit-orders";
import { defineExperiment } from "./experiment";
import { wholeSetting } from "./settings";

const settings = {
  ...digitOrderSettings,
  hidden: wholeSetting(0, "Hidden units with ReLU; 0 for a softmax layer alone.", { min: 0, max: 1000 }),
  warmEpochs: wholeSetting(2, "Epochs in shuffled order, after which is measured.", { min: 0 }),
  repeats: wholeSetting(32, "Epochs in the order, over which gradients and paths are averaged.", { min: 1 }),
};

const columns = {
  position: { unit: "1", doc: "Position k of a batch in the epoch, from 1." },
  cosine: { unit: "1", doc: "Mean over the epochs of cos(gₖ, G) at the same parameters." },
  bias: { unit: "1", doc: "‖ḡₖ − G‖/‖G‖ at the same parameters, ḡₖ the mean of gₖ over the epochs." },
  pathBias: {
    unit: "1",
    doc: "‖D̄ₖ − R̄ₖ‖/‖R̄ₖ‖, D̄ₖ the mean way that k steps lead, R̄ₖ that of as many other shuffled epochs.",
  },
};

/**
 * What the order of the samples does to the gradient of the k-th batch of an epoch, gₖ, whose epoch's mean is G, the
 * gradient of all samples: with the parameters held in place, and with the steps of an epoch made one after another.
 * Source: note 004, "Training techniques", section 3.
 * @example
 * const small = { samples: 40, batchSize: 10, warmEpochs: 0, repeats: 3 }
 * const rows = await orderBias.run({ ...small, order: "fixed" }, 0)
 * rows.map(({ position }) => position) // [1, 2, 3, 4]
 */
export const orderBias = defineExperiment({
  name: "order-bias",
  description: "How far the gradient at each place of an epoch is from that of all samples.",
  settings,
  columns,
  index: ["position"],
  files: ["mnist.json"],
  async run({ order, learningRate, batchSize, warmEpochs, repeats, ...given }, seed, { signal, onProgress }) {
    const { params: start, labels, random, gradient } = digitTraining(given, 1, seed);
    const mixed = digitSampler("shuffled", labels, batchSize);
    const sampler = digitSampler(order, labels, batchSize);

    /** One epoch from these parameters; after each step it tells how far they have come. */
    const walk = (
      from: Params,
      batches: readonly Int32Array[],
      visit?: (k: number, way: Params) => void,
    ): Params =>
      batches.reduce((params, batch, k) => {
        const next = addScaled(params, -learningRate, gradient(params, batch));
        visit?.(k, addScaled(next, -1, from));
        return next;
      }, from);

    let params = start;
    const warm = random.stream("warm");
    for (let epoch = 1; epoch <= warmEpochs; epoch++) params = walk(params, mixed(epoch, warm));

    const full = gradient(params);
    const count = Math.ceil(labels.length / batchSize);
    const zeros = () => Array.from({ length: count }, () => zerosLike(params));
    const [gradients, ways, others] = [zeros(), zeros(), zeros()];
    const cosines = new Float64Array(count);
    const share = 1 / repeats;
    const otherDraws = random.stream("reference");
    const draws = random.stream("order");
    for (let epoch = 1; epoch <= repeats; epoch++) {
      signal?.throwIfAborted();
      const batches = sampler(epoch, draws);
      batches.forEach((batch, k) => {
        const g = gradient(params, batch);
        gradients[k] = addScaled(gradients[k], share, g);
        cosines[k] += (share * innerProduct(g, full)) / (norm(g) * norm(full));
      });
      walk(params, batches, (k, way) => {
        ways[k] = addScaled(ways[k], share, way);
      });
      walk(params, mixed(epoch, otherDraws), (k, way) => {
        others[k] = addScaled(others[k], share, way);
      });
      onProgress?.(epoch / repeats);
    }
    const apart = (a: Params, b: Params) => norm(addScaled(a, -1, b)) / norm(b);
    return gradients.map((mean, k) => ({
      position: k + 1,
      cosine: cosines[k],
      bias: apart(mean, full),
      pathBias: apart(ways[k], others[k]),
    }));
  },
});
