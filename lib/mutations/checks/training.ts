import { type Activation, tanh } from "../../activations";
import { type Initializer, xavierUniform } from "../../initializers";
import type { Layer } from "../../layer";
import { dense, elementwise, serial } from "../../layers";
import { type Loss, meanSquaredError, oneHot } from "../../losses";
import { fromData, type Matrix } from "../../matrix";
import { mapEntries } from "../../matrix-entries";
import { type Optimizer, sgd } from "../../optimizers";
import { randomState } from "../../random";
import type { Schedule } from "../../schedules";
import type { Make } from "../mutation";
import type { LossSubject, Subject } from "../subject";
import type { Judge } from "./check";

const steps = 20;

/** What is trained: a network of three inputs with the thing somewhere in it. */
interface Training {
  readonly network: Layer;
  readonly loss: Loss;
  readonly optimizer: Optimizer;
  readonly target: Matrix;
}

/**
 * A small network with the thing in it is trained on eight samples: the loss after twenty steps is lower than at the
 * start. Nothing else is asked.
 * @example
 * import { subjects } from "../subjects"
 * lossFalls(subjects.momentum)((right) => right) // true
 */
export function lossFalls(subject: Subject): Judge {
  return (make) => {
    const random = randomState(22);
    const X = fromData(3, 8, random.normals(24));
    const { network, loss, optimizer, target } = trainingOf(subject, make, randomState(23));
    let params = network.init(random);
    let state = optimizer.init(params);
    const losses: number[] = [];
    for (let step = 1; step <= steps + 1; step++) {
      const { output, cache } = network.forward(params, X, randomState(24));
      const result = loss.forward(output, target);
      losses.push(result.loss);
      const { gradients } = network.backward(params, cache, loss.backward(result.cache));
      ({ params, state } = optimizer.update(gradients, state, params, step));
    }
    return losses[steps] < losses[0];
  };
}

function trainingOf(subject: Subject, make: Make, random = randomState(23)): Training {
  const numbers = fromData(2, 8, random.normals(16));
  const plain = { loss: meanSquaredError as Loss, optimizer: sgd(0.05) as Optimizer, target: numbers };
  const deep = (weights: Initializer, activation: Activation, outputs = 2) =>
    general(dense(3, 4, { weights }), elementwise(activation), dense(4, outputs, { weights }));
  switch (subject.kind) {
    case "layer": {
      const layer = make(subject.right(false)) as Layer;
      return { ...plain, network: general(dense(3, 3), layer, dense(subject.outputs, 2)) };
    }
    case "activation":
      return { ...plain, network: deep(xavierUniform, make(subject.right) as Activation) };
    case "loss":
      return {
        ...plain,
        network: deep(xavierUniform, tanh, 3),
        loss: make(subject.right) as Loss,
        target: targetsOf(subject, random),
      };
    case "optimizer":
      return { ...plain, network: deep(xavierUniform, tanh), optimizer: make(subject.right()) as Optimizer };
    case "initializer":
      return { ...plain, network: deep(make(subject.right) as Initializer, tanh) };
    case "schedule":
      return {
        ...plain,
        network: deep(xavierUniform, tanh),
        optimizer: sgd(make(subject.right) as Schedule),
      };
  }
}

const general = (...layers: unknown[]) => serial(...(layers as Layer[])) as unknown as Layer;

function targetsOf({ targets }: LossSubject, random = randomState(23)): Matrix {
  const drawn = fromData(3, 8, random.normals(24));
  if (targets === "numbers") return drawn;
  if (targets === "classes") return oneHot(random.integers(0, 3, 8), 3);
  const low = targets === "0 or 1" ? 0 : -1;
  return mapEntries(drawn, (z) => (z > 0 ? 1 : low));
}
