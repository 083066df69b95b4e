import { gradientStatistics } from "../diagnostics/statistics";
import { trace, traceBackward } from "../diagnostics/trace";
import { softmaxCrossEntropy } from "../losses";
import type { Matrix } from "../matrix";
import { takeColumns } from "../matrix-entries";
import { defineExperiment, type Row } from "./experiment";
import { mnistSettings, mnistTraining } from "./mnist-training";
import { guarded, trainByEpoch } from "./train-by-epoch";

const columns = {
  epoch: { unit: "epochs", doc: "Epochs done; 0 is before the first step." },
  layer: { unit: "1", doc: "Dense layers counted from 1, the one behind the images." },
  gradientNorm: { unit: "nats", doc: "‖∂E/∂W‖ of the layer's weights, E the mean over the probe." },
  deltaNorm: {
    unit: "nats",
    doc: "√m ‖∂E/∂Z‖ of the layer's sums: the root mean square over the m images of the probe.",
  },
  sumDeviation: { unit: "1", doc: "Standard deviation of the layer's sums Z over units and images." },
};
type MeasuredRow = Row<keyof typeof columns>;

/** Images of the probe. */
const most = 1000;

/**
 * How large gradients are in each dense layer, before training and after every epoch: those of mnist-mlp's networks,
 * with the same settings and draws, on the run's first 1000 training images.
 * Source: X. Glorot, Y. Bengio, AISTATS (2010) 249, figures 6 and 7; note 001 on vanishing gradients.
 * @example
 * const small = { hidden: "16x2", trainingSize: 300, testSize: 100, epochs: 1 }
 * const rows = await mnistGradients.run(small, 0)
 * rows.map(({ epoch, layer }) => [epoch, layer]) // [[0, 1], [0, 2], [0, 3], [1, 1], [1, 2], [1, 3]]
 */
export const mnistGradients = defineExperiment({
  name: "mnist-gradients",
  description: "Digits by dense layers: the size of gradients and activations in each layer, epoch by epoch.",
  settings: mnistSettings,
  columns,
  index: ["epoch", "layer"],
  files: ["mnist.json"],
  async run(settings, seed, runOptions) {
    const { options, observe } = mnistTraining(settings, seed);
    const first = Int32Array.from({ length: Math.min(most, options.X.cols) }, (_, i) => i);
    const [X, T] = [takeColumns(options.X, first), takeColumns(options.T, first)];
    const loss = guarded(softmaxCrossEntropy);

    const measure = (epoch: number, params: typeof options.params): MeasuredRow[] => {
      const traced = trace(options.layer, params, X);
      const { cache } = loss.forward(traced.output, T);
      const back = traceBackward(traced, loss.backward(cache));
      const layers = gradientStatistics(back);
      const dense = back.steps.flatMap((step, k) => (step.layer.description.kind === "dense" ? [k] : []));
      return dense.map((k, l) => ({
        epoch,
        layer: l + 1,
        gradientNorm: layers[k].parameters[0].norm,
        deltaNorm: Math.sqrt(X.cols) * layers[k].signal.norm,
        sumDeviation: deviation(back.steps[k].output),
      }));
    };
    const rows = measure(0, options.params);
    const layers = rows.length;
    const measured = await trainByEpoch(
      { epoch: columns.epoch, layer: columns.layer },
      options,
      ({ epoch, loss: meanBatchLoss, params }) => {
        observe(meanBatchLoss);
        rows.push(...measure(epoch, params));
        return { layer: layers };
      },
      runOptions,
    );
    // the epochs after a divergence
    for (const { epoch } of measured.slice(rows.length / layers - 1))
      for (let layer = 1; layer <= layers; layer++)
        rows.push({
          epoch,
          layer,
          gradientNorm: Number.NaN,
          deltaNorm: Number.NaN,
          sumDeviation: Number.NaN,
        });
    return rows;
  },
});

/** The population form. */
function deviation({ data }: Matrix): number {
  let [sum, squares] = [0, 0];
  for (const z of data) sum += z;
  const mean = sum / data.length;
  for (const z of data) squares += (z - mean) * (z - mean);
  return Math.sqrt(squares / data.length);
}
