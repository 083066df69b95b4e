import type { CheckOptions } from "../../lib/gradients/check-layer";
import { forInference, type Layer } from "../../lib/layer";
import { dense, serial } from "../../lib/layers";
import type { Matrix, Precision } from "../../lib/matrix";
import { toPrecision } from "../../lib/matrix-entries";
import { mapParams, type Params } from "../../lib/params";
import { randomState } from "../../lib/random";
import { everyActivation, everyLoss, normals } from "./objectives";
import { randomNetwork } from "./random-network";

/** Everything that a check of a random network needs. */
export interface RandomCase {
  /** What was drawn, for messages. */
  readonly name: string;
  readonly network: Layer;
  readonly params: Params;
  readonly A: Matrix;
  readonly objective: Pick<CheckOptions, "loss" | "target">;
}

/**
 * A network of so many layers, all of it drawn from the seed: kinds, widths, activations, batch, initial values, mode
 * (one in four as after training) and objective (one in eight without a loss).
 */
export function randomCase(seed: number, depth: number, precision: Precision = "float64"): RandomCase {
  const random = randomState(seed);
  const between = (low: number, high: number) => random.integers(low, high + 1, 1)[0];
  const [inputs, samples] = [between(2, 6), between(2, 6)];
  const smooth = everyActivation.filter(({ name }) => name !== "step");
  const drawn = randomNetwork(random, inputs, depth - 1, smooth);
  const hidden = drawn.forward(drawn.init(random), normals(random, inputs, samples), random).output.rows;
  const kind = everyLoss[between(0, everyLoss.length - 1)];
  const outputs = Math.max(kind.rows, between(1, 4));
  const trained = serial(drawn, dense(hidden, outputs)) as unknown as Layer;
  const network = between(0, 3) === 0 ? forInference(trained) : trained;
  const withLoss = between(0, 7) > 0;
  const fit = (M: Matrix) => toPrecision(M, precision);
  return {
    name: `seed ${seed}, depth ${depth}, ${precision}, ${withLoss ? kind.name : "weighted sum"}`,
    network,
    params: mapParams(fit, trained.init(random)),
    A: fit(normals(random, inputs, samples)),
    objective: withLoss
      ? { loss: kind.loss(random, outputs), target: fit(kind.targets(random, outputs, samples)) }
      : {},
  };
}
