import { relu, tanh } from "../../../lib/activations";
import { gelu } from "../../../lib/activations/gelu";
import { accuracy, meanLoss, predict } from "../../../lib/evaluation";
import { heNormal } from "../../../lib/initializers";
import type { Layer } from "../../../lib/layer";
import { dense, elementwise, serial } from "../../../lib/layers";
import { batchNorm } from "../../../lib/layers/batch-norm";
import { dropout } from "../../../lib/layers/dropout";
import { residual } from "../../../lib/layers/residual";
import { type Loss, meanSquaredError, oneHot, softmaxCrossEntropy } from "../../../lib/losses";
import type { Precision } from "../../../lib/matrix";
import { adam, type Optimizer, sgd } from "../../../lib/optimizers";
import { amsgrad } from "../../../lib/optimizers/amsgrad";
import { randomState } from "../../../lib/random";
import { cosine } from "../../../lib/schedules/cosine";
import { train } from "../../../lib/training";
import { draw, labels, precisions } from "../inputs";
import type { Note } from "../recorder";

/** 200 steps in both precisions, of networks large enough that threads share all kinds of their work. */
export async function trainingSection(note: Note): Promise<void> {
  const rate = cosine(2e-3, { steps: 200 });
  for (const precision of precisions) {
    await classifier(note, "Adam", wide(precision), adam(rate), precision);
    await classifier(note, "AMSGrad", normalized(precision), amsgrad(rate), precision);
    await regression(note, precision);
  }
}

/** Three dense layers; the first product of a batch has 128·784·256 multiplications. */
function wide(precision: Precision): Layer {
  return serial(
    dense(256, 128, { weights: heNormal(), precision }),
    elementwise(relu),
    dense(128, 130, { precision }),
    elementwise(tanh),
    dense(130, 10, { precision }),
  ) as unknown as Layer;
}

/** All that moves or draws in training: running statistics, masks, a way around. */
function normalized(precision: Precision): Layer {
  return serial(
    dense(256, 64, { precision }),
    batchNorm(64, { precision }),
    elementwise(gelu),
    dropout(0.2),
    residual(serial(dense(64, 64, { precision }), elementwise(relu))),
    dense(64, 10, { precision }),
  ) as unknown as Layer;
}

async function classifier(
  note: Note,
  name: string,
  layer: Layer,
  optimizer: Optimizer,
  precision: Precision,
) {
  const classes = labels(1500, 10, "classes");
  const [X, T] = [draw(256, 1500, "X", precision), oneHot(classes, 10, precision)];
  const options = { layer, loss: softmaxCrossEntropy as Loss, optimizer, X, T, batchSize: 160, epochs: 20 };
  const random = randomState(5);
  const { params, history } = await train({ ...options, params: layer.init(random), random });
  note(`${name}, ${precision}: losses`, history);
  note(`${name}, ${precision}: parameters`, params);
  note(`${name}, ${precision}: predictions`, predict(layer, params, X));
  const loss = meanLoss(layer, softmaxCrossEntropy as Loss, params, X, T);
  note(`${name}, ${precision}: evaluation`, [accuracy(layer, params, X, classes), loss]);
}

async function regression(note: Note, precision: Precision): Promise<void> {
  const layer = serial(
    dense(7, 30, { precision }),
    elementwise(tanh),
    dense(30, 3, { precision }),
  ) as unknown as Layer;
  const [X, T] = [draw(7, 300, "inputs", precision), draw(3, 300, "outputs", precision)];
  const optimizer = sgd(0.05, { momentum: 0.9, nesterov: true, weightDecay: 1e-4 });
  const options = { layer, loss: meanSquaredError as Loss, optimizer, X, T, batchSize: 30, epochs: 20 };
  const epochs: unknown[] = [];
  const onEpoch = (report: unknown) => void epochs.push(report);
  await train({ ...options, params: layer.init(randomState(6)), shuffle: false, onEpoch });
  note(`momentum, ${precision}`, epochs);
}
