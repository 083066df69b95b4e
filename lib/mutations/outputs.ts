import type { Activation } from "../activations";
import type { Initializer } from "../initializers";
import { forInference, type Layer } from "../layer";
import type { Loss } from "../losses";
import { fromData, type Matrix } from "../matrix";
import type { Optimizer } from "../optimizers";
import { flattenParams, isStatistic } from "../params";
import { randomState } from "../random";
import type { Schedule } from "../schedules";
import type { Make, Probe, Thing } from "./mutation";
import { activationPoint, type LayerPoint, layerPoint, lossPoint, optimizerPoint } from "./points";
import type { ActivationSubject, LayerSubject, LossSubject, MakeOf, Place, Subject } from "./subject";
import type { OptimizerSubject } from "./tuned-optimizers";

/** One matrix that a thing computed on one kind of input; null where it threw an error. */
export interface Output {
  readonly probe: Probe;
  /** What it is, for example "dWeights". */
  readonly name: string;
  readonly value: Matrix | null;
}

type Named = readonly (readonly [name: string, value: Matrix])[];

/** What `compute` returns, under the name of the probe; one entry that says so if it throws. */
function attempt(probe: Probe, compute: () => Named): Output[] {
  try {
    return compute().map(([name, value]) => ({ probe, name, value }));
  } catch {
    return [{ probe, name: "error", value: null }];
  }
}

const placesWithOutputs = ["generic", "square shapes", "zeros and kinks", "extremes"] as const;

/**
 * Everything that a thing computes on the inputs of its subject, always in the same order: what a mutation, or a
 * student's answer, is known by. The inputs are the same on every machine.
 * @param make makes the thing from the right one; a mutation's, or `(right) => ({ ...right, backward: mine })`
 * @example
 * import { subjects } from "./subjects"
 * outputsOf(subjects.tanh, (right) => right).map(({ probe, name }) => `${probe}: ${name}`).slice(0, 2) // ["generic: value", "generic: derivative"]
 */
export function outputsOf<S extends Subject>(subject: S, makeOf: MakeOf<S>): Output[] {
  const make = makeOf as unknown as Make;
  switch (subject.kind) {
    case "layer":
      return ofLayer(subject, make as (right: Thing) => Layer);
    case "loss":
      return ofLoss(subject, make as (right: Thing) => Loss);
    case "activation":
      return ofActivation(subject, make as (right: Thing) => Activation);
    case "optimizer":
      return ofOptimizer(subject, make as (right: Thing) => Optimizer);
    case "initializer":
      return [["generic", 3, 5] as const, ["square shapes", 4, 4] as const].flatMap(([probe, rows, cols]) =>
        attempt(probe, () => [
          ["weights", (make(subject.right) as Initializer)(randomState(7), rows, cols, "float64")],
        ]),
      );
    case "schedule":
      return attempt("generic", () => {
        const schedule = make(subject.right) as Schedule;
        const rates = Float64Array.from({ length: 300 }, (_, k) => schedule(k + 1));
        return [["rates", fromData(1, 300, rates)]];
      });
  }
}

/**
 * A layer's output and gradients at a point, with a cache of its own or the one that is given.
 * @example
 * import { layerPoint } from "./points"
 * import { subjects } from "./subjects"
 * const point = layerPoint(subjects.dense, "generic")
 * layerOutputs(point.layer, point).map(([name]) => name) // ["output", "dWeights", "dBias", "dInput"]
 */
export function layerOutputs(
  layer: Layer,
  point: LayerPoint,
  step = layer.forward(point.params, point.A, point.random()),
): Named {
  const { gradients, dInput } = layer.backward(point.params, step.cache, point.R);
  const named = flattenParams(gradients).map(
    ({ path, value }) => [`d${path.charAt(0).toUpperCase()}${path.slice(1)}`, value] as const,
  );
  return [["output", step.output], ...named, ["dInput", dInput]];
}

function ofLayer(subject: LayerSubject, make: (right: Thing) => Layer): Output[] {
  const made = (place: Place) => make(subject.right(place === "square shapes"));
  const outputs = placesWithOutputs.flatMap((place) => {
    const point = layerPoint(subject, place);
    return point ? attempt(place, () => layerOutputs(made(place), point)) : [];
  });
  const [point, other] = [layerPoint(subject, "generic"), layerPoint(subject, "generic", ", other")];
  if (!point || !other) return outputs;
  outputs.push(
    ...attempt("calls in between", () => {
      const layer = made("generic");
      const step = layer.forward(point.params, point.A, point.random());
      layer.forward(other.params, other.A, other.random());
      return layerOutputs(layer, point, step);
    }),
    ...attempt("calls in between", () => {
      const layer = made("generic");
      layerOutputs(layer, other);
      return layerOutputs(layer, point);
    }),
  );
  if (point.layer.observe || point.layer.inference)
    outputs.push(
      ...attempt("after training", () => {
        const layer = made("generic");
        const { cache } = layer.forward(point.params, point.A, point.random());
        const params = layer.observe?.(point.params, cache) ?? point.params;
        const statistics = flattenParams(params)
          .filter(({ path }) => isStatistic(path))
          .map(({ path, value }) => [path, value] as const);
        return [...statistics, ["output", forInference(layer).forward(params, point.A).output]];
      }),
    );
  return outputs;
}

function ofLoss(subject: LossSubject, make: (right: Thing) => Loss): Output[] {
  const both = (loss: Loss, { prediction, target }: NonNullable<ReturnType<typeof lossPoint>>): Named => {
    const forward = loss.forward(prediction, target);
    return [
      ["loss", fromData(1, 1, Float64Array.of(forward.loss))],
      ["dPrediction", loss.backward(forward.cache)],
    ];
  };
  const outputs = placesWithOutputs.flatMap((place) => {
    const point = lossPoint(subject, place);
    return point ? attempt(place, () => both(make(subject.right), point)) : [];
  });
  const [point, other] = [lossPoint(subject, "generic"), lossPoint(subject, "generic", ", other")];
  if (!point || !other) return outputs;
  return [
    ...outputs,
    ...attempt("calls in between", () => {
      const loss = make(subject.right);
      both(loss, other);
      return both(loss, point);
    }),
  ];
}

function ofActivation(subject: ActivationSubject, make: (right: Thing) => Activation): Output[] {
  return placesWithOutputs.flatMap((place) => {
    const Z = activationPoint(subject, place);
    if (!Z) return [];
    return attempt(place, () => {
      const activation = make(subject.right);
      return [
        ["value", activation.apply(Z)],
        ["derivative", activation.derivativeAt(Z)],
      ];
    });
  });
}

/** The parameters after each of four steps. */
function ofOptimizer(subject: OptimizerSubject, make: (right: Thing) => Optimizer): Output[] {
  const path = (place: "generic" | "zeros and kinks", rate?: Schedule): Named => {
    const optimizer = make(subject.right(rate)) as Optimizer;
    const { params: start, gradients } = optimizerPoint(place);
    let [params, state] = [start, optimizer.init(start)];
    return gradients.flatMap((g, t) => {
      ({ params, state } = optimizer.update(g, state, params, t + 1));
      return [
        [`weights after step ${t + 1}`, params.weights] as const,
        [`bias after step ${t + 1}`, params.bias] as const,
      ];
    });
  };
  return [
    ...attempt("generic", () => path("generic")),
    ...attempt("zeros and kinks", () => path("zeros and kinks")),
    ...attempt("changing rate", () => path("generic", (step) => 0.1 / step)),
  ];
}
