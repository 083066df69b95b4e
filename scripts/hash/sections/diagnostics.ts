import { relu, sigmoid, tanh } from "../../../lib/activations";
import { biasShift } from "../../../lib/diagnostics/bias-shift";
import { isoperimetricQuotient, radialBoundary } from "../../../lib/diagnostics/boundary";
import {
  curvature,
  gradientFunction,
  hessian,
  hessianVectorProduct,
  stepCurvature,
} from "../../../lib/diagnostics/curvature";
import { gradientNoise } from "../../../lib/diagnostics/gradient-noise";
import {
  arcCosineKernel,
  gradientCorrelations,
  lineAutocorrelation,
} from "../../../lib/diagnostics/infinite-width";
import { autocorrelation, correlationMatrix, inputGradients } from "../../../lib/diagnostics/input-gradients";
import {
  activationStatistics,
  gradientStatistics,
  parameterStatistics,
} from "../../../lib/diagnostics/statistics";
import { histogram, quantile, summarise } from "../../../lib/diagnostics/summary";
import { trace, traceBackward } from "../../../lib/diagnostics/trace";
import { addScaled, innerProduct } from "../../../lib/diagnostics/tree";
import {
  deadUnits,
  deadUnitsByLayer,
  saturation,
  saturationBounds,
  saturationByLayer,
} from "../../../lib/diagnostics/units";
import { updateRatios } from "../../../lib/diagnostics/updates";
import { dense, elementwise, serial } from "../../../lib/layers";
import { batchNorm } from "../../../lib/layers/batch-norm";
import { dropout } from "../../../lib/layers/dropout";
import { residual } from "../../../lib/layers/residual";
import { meanSquaredError } from "../../../lib/losses";
import { randomState } from "../../../lib/random";
import { draw, extremes, matrixOf, precisions } from "../inputs";
import type { Note } from "../recorder";

/** What the diagnostics say of a network with every kind of composition, in training. */
export function diagnosticsSection(note: Note): void {
  for (const precision of precisions) {
    const branch = serial(dense(8, 8, { precision }), batchNorm(8, { precision }), elementwise(tanh));
    const network = serial(
      dense(6, 8, { precision }),
      elementwise(relu),
      residual(branch),
      dropout(0.2),
      elementwise(sigmoid),
      dense(8, 2, { precision }),
    );
    const params = network.init(randomState(1));
    const X = draw(6, 40, "X", precision);
    const forward = trace(network, params, X, randomState(2));
    const back = traceBackward(forward, draw(2, 40, "dOutput", precision));
    const steps = back.steps.map(({ path, output, dInput, gradients }) => ({
      path,
      output,
      dInput,
      gradients,
    }));
    note(`trace, ${precision}`, [forward.output, steps, back.dInput, back.gradients]);
    note(`activations, ${precision}`, activationStatistics(forward, { bins: 7, range: [-1, 1] }));
    note(`gradients, ${precision}`, gradientStatistics(back));
    note(`parameters, ${precision}`, parameterStatistics(params));
    note(`dead units, ${precision}`, [deadUnitsByLayer(forward), deadUnits(forward.steps[1].output)]);
    note(`saturation, ${precision}`, [saturationByLayer(forward), saturation(forward.output, [-0.1, 0.2])]);
    note(`input gradients, ${precision}`, inputGradients(network, params, X, { random: randomState(2) }));
    const moved = addScaled(params, -0.1, back.gradients);
    note(`bias shift, ${precision}`, biasShift(draw(4, 6, "dW", precision), X));
    note(`updates, ${precision}`, [moved, updateRatios(params, moved), innerProduct(params, back.gradients)]);
  }
  note("bounds", saturationBounds);
  ofNumbers(note);
  ofCurvature(note);
}

function ofNumbers(note: Note): void {
  const numbers = draw(1, 1001, "numbers").data;
  note("summary", [
    summarise(numbers),
    summarise([...extremes]),
    summarise(numbers, { probabilities: [0.1, 0.9] }),
  ]);
  note(
    "quantiles",
    [0, 0.1, 0.333, 1].map((p) => quantile(numbers.slice().sort(), p)),
  );
  note("histogram", [histogram(numbers, 13), histogram(numbers, 7, [-1, 0.5])]);
  note(
    "correlation",
    [true, false].map((centred) => correlationMatrix(draw(30, 6, "series"), { centred })),
  );
  note("autocorrelation", [autocorrelation(numbers), autocorrelation(numbers, 3)]);
  note(
    "kernels",
    [0, 1].map((degree) => [-0.9, 0, 0.3, 1].map((c) => arcCosineKernel(degree as 0 | 1, c))),
  );
  for (const normalized of [false, true])
    for (const residual of [false, true])
      note(
        `gradient correlations, ${normalized}, ${residual}`,
        [1, 0.1].map((branchScale) => gradientCorrelations(0.2, 9, { normalized, residual, branchScale })),
      );
  note(
    "gradient correlations, sum normalized",
    gradientCorrelations(0.2, 9, {
      normalized: false,
      residual: true,
      normalizedSum: true,
      branchScale: 0.5,
    }),
  );
  note("line", lineAutocorrelation([-1, -0.5, 0, 0.5, 1], 3, 3));
  const boundary = radialBoundary(
    ({ data, cols }) =>
      Array.from({ length: cols }, (_, j) => data[j] * data[j] + 3 * data[cols + j] * data[cols + j] - 2),
    { limit: 3, rays: 24 },
  );
  note("boundary", [boundary, isoperimetricQuotient(boundary)]);
}

function ofCurvature(note: Note): void {
  const network = serial(dense(4, 5), elementwise(tanh), dense(5, 2));
  const params = network.init(randomState(3));
  const E = (batch: string) =>
    gradientFunction(network, meanSquaredError, draw(4, 20, batch), draw(2, 20, `${batch}: targets`));
  const f = E("all");
  const { loss, gradients } = f(params);
  note("gradient", [loss, gradients]);
  note("Hessian product", hessianVectorProduct(f, params, gradients));
  note("curvature", [curvature(f, params), curvature(f, params, params)]);
  note("curvature of a step", stepCurvature(f, params, addScaled(params, -0.1, gradients)));
  note("Hessian", hessian(f, params));
  const batches = ["one", "two", "three"].map((batch) => E(batch)(params).gradients);
  note("gradient noise", [gradientNoise(batches), gradientNoise(batches, gradients)]);
  note(
    "float32 inner product",
    innerProduct(matrixOf(1, 3, [0.1, 0.2, 0.3], "float32"), matrixOf(1, 3, [3, 2, 0.1], "float32")),
  );
}
