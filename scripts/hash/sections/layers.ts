import { relu, sigmoid, tanh } from "../../../lib/activations";
import { gelu } from "../../../lib/activations/gelu";
import { forInference, type Layer } from "../../../lib/layer";
import { dense, elementwise, serial } from "../../../lib/layers";
import { batchNorm } from "../../../lib/layers/batch-norm";
import { dropout } from "../../../lib/layers/dropout";
import { layerNorm } from "../../../lib/layers/layer-norm";
import { residual } from "../../../lib/layers/residual";
import type { Precision } from "../../../lib/matrix";
import {
  countParams,
  emptyLike,
  flattenParams,
  isMatrix,
  isStatistic,
  mapParams,
  type Params,
  withMatrices,
  zerosLike,
} from "../../../lib/params";
import { randomState } from "../../../lib/random";
import { draw, matrixOf, precisions } from "../inputs";
import type { Note } from "../recorder";

/** Layers of six inputs. */
const layers: { readonly [name: string]: (precision: Precision) => Layer } = {
  dense: (precision) => dense(6, 4, { precision }) as unknown as Layer,
  elementwise: () => elementwise(gelu) as unknown as Layer,
  serial: (precision) => serial(dense(6, 5, { precision }), elementwise(tanh)) as unknown as Layer,
  residual: (precision) => residual(dense(6, 6, { precision })) as unknown as Layer,
  projection: (precision) =>
    residual(
      serial(dense(6, 4, { precision }), elementwise(relu)),
      dense(6, 4, { precision }),
    ) as unknown as Layer,
  batchNorm: (precision) => batchNorm(6, { precision }) as unknown as Layer,
  layerNorm: (precision) => layerNorm(6, { precision }) as unknown as Layer,
  dropout: () => dropout(0.3) as unknown as Layer,
  deep: deepNetwork,
};

/** All kinds of layers in one network, and 20 more of them. */
function deepNetwork(precision: Precision): Layer {
  const block = () =>
    residual(
      serial(dense(6, 6, { precision }), batchNorm(6, { precision }), elementwise(sigmoid), dropout(0.1)),
    );
  const blocks = Array.from({ length: 10 }, block) as unknown as Layer[];
  return serial(...blocks, layerNorm(6, { precision }) as unknown as Layer) as unknown as Layer;
}

/** Every layer at two points: output, gradients, running statistics, and what it computes after training. */
export function layersSection(note: Note): void {
  for (const precision of precisions)
    for (const [name, make] of Object.entries(layers))
      for (const m of [3, 200]) {
        const layer = make(precision);
        const random = randomState(m);
        const params = moved(layer.init(random), precision);
        const { output, cache } = layer.forward(params, draw(6, m, "A", precision), random);
        const dOutput = draw(output.rows, m, "dOutput", precision);
        const { dInput, gradients } = layer.backward(params, cache, dOutput);
        const called = `${name}, ${m} samples, ${precision}`;
        note(called, { params, output, dInput, gradients });
        const observed = layer.observe?.(params, cache) ?? params;
        const trained = forInference(layer);
        const after = trained.forward(observed, draw(6, m, "other", precision));
        note(`${called}: after training`, [observed, after.output]);
        note(`${called}: backward after training`, trained.backward(observed, after.cache, dOutput));
      }
  paramsSection(note);
}

/** The parameters off their usual ones and zeros, so that a gain or a bias shows; variances stay positive. */
function moved(params: Params, precision: Precision): Params {
  const matrices = flattenParams(params).map(({ path, value }) => {
    const { data } = draw(value.rows, value.cols, path);
    const far = isStatistic(path) ? 0.1 : 0.5;
    return matrixOf(
      value.rows,
      value.cols,
      value.data.map((x, k) => x + far * data[k]),
      precision,
    );
  });
  return withMatrices(params, matrices);
}

function paramsSection(note: Note): void {
  const params = serial(dense(2, 3), batchNorm(3)).init(randomState(1)) as Params;
  note("parameters by path", flattenParams(params));
  note(
    "parameters added",
    mapParams(
      (A, B) =>
        matrixOf(
          A.rows,
          A.cols,
          A.data.map((x, k) => x + B.data[k]),
        ),
      params,
      params,
    ),
  );
  note("parameters counted", [countParams(params), isMatrix(params)]);
  note("zeros", [zerosLike(params), emptyLike(new Float32Array(2))]);
}
