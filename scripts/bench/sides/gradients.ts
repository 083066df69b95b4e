// What the gradient of a network costs by backward and by finite differences, and what forward costs, as the network
// grows.
import { relu } from "../../../lib/activations";
import { heNormal } from "../../../lib/initializers";
import { inRegion, Region } from "../../../lib/kernels/region";
import { StepMemory } from "../../../lib/kernels/steps";
import type { Layer } from "../../../lib/layer";
import { dense, elementwise, serial } from "../../../lib/layers";
import { oneHot, softmaxCrossEntropy } from "../../../lib/losses";
import { fromData, type Matrix, scale } from "../../../lib/matrix";
import { countParams, flattenParams, mapParams, type Params } from "../../../lib/params";
import { randomState } from "../../../lib/random";
import { type GradientCosts, type PassTimes, samples, widths } from "../gradient-costs";
import { serve } from "./serve";

const [warmUps, runs] = [3, 15];
/** A run repeats its steps for so long. */
const runSeconds = 0.03;
/** Differences are taken for so long, unless all are done before. */
const differenceSeconds = 0.5;
/** √(2⁻⁵²), the step of one-sided differences at which rounding and cut-off are about equal. */
const step = 2 ** -26;

interface Problem {
  readonly layer: Layer;
  readonly params: Params;
  readonly X: Matrix;
  readonly T: Matrix;
}

const now = () => Number(process.hrtime.bigint()) / 1e9;

function problem(n: number): Problem {
  const random = randomState(n);
  const layer = serial(
    dense(n, n, { weights: heNormal() }),
    elementwise(relu),
    dense(n, n, { weights: heNormal() }),
    elementwise(relu),
    dense(n, n, { weights: heNormal() }),
  );
  const X = fromData(n, samples, random.normals(n * samples));
  const T = oneHot(random.integers(0, n, samples), n);
  return { layer: layer as unknown as Layer, params: layer.init(random) as unknown as Params, X, T };
}

/** Forward with the loss, and the gradient by the parameters from what forward kept. */
function passes({ layer, params, X, T }: Problem) {
  const forward = () => {
    const { output, cache } = layer.forward(params, X);
    return { cache, result: softmaxCrossEntropy.forward(output, T) };
  };
  const backward = ({ cache, result }: ReturnType<typeof forward>) =>
    layer.backward(params, cache, softmaxCrossEntropy.backward(result.cache)).gradients;
  return { forward, backward };
}

/** Seconds of a forward and a backward pass in each run; `inMemory` runs a step. */
function timePasses(problem: Problem, inMemory: (step: () => void) => void): PassTimes {
  const { forward, backward } = passes(problem);
  const times = { forward: [] as number[], backward: [] as number[] };
  for (let run = 0; run < warmUps + runs; run++) {
    let [ahead, back, steps] = [0, 0, 0];
    while (ahead + back < runSeconds || steps < 3) {
      inMemory(() => {
        const start = now();
        const kept = forward();
        const middle = now();
        backward(kept);
        back += now() - middle;
        ahead += middle - start;
      });
      steps++;
    }
    if (run < warmUps) continue;
    times.forward.push(ahead / steps);
    times.backward.push(back / steps);
  }
  return times;
}

const largestOf = (data: ArrayLike<number>) =>
  Array.from(data).reduce((largest, entry) => Math.max(largest, Math.abs(entry)), 0);

/** (E(θ + h) − E(θ))/h for entries spread evenly over the parameters, as many as the time allows. */
function differences(problem: Problem, memory: StepMemory) {
  const { forward, backward } = passes(problem);
  const loss = () => memory.step(1, () => forward().result.loss);
  const gradients = memory.copyOut(memory.step(1, () => backward(forward())));
  const entries = flattenParams(problem.params).flatMap(({ value: { data } }, matrix) =>
    Array.from({ length: data.length }, (_, entry) => ({ data, matrix, entry })),
  );
  const expected = flattenParams(gradients).map(({ value }) => value.data);
  const largest = Math.max(...expected.map(largestOf));
  const jump = entries.length > 2000 ? 7919 : 1; // a prime: goes through all entries, far apart
  let [error, done] = [0, 0];
  const start = now();
  const center = loss();
  for (let k = 0; done < entries.length && now() - start < differenceSeconds; done++, k += jump) {
    const { data, matrix, entry } = entries[k % entries.length];
    const theta = data[entry];
    const h = step * Math.max(1, Math.abs(theta));
    data[entry] = theta + h;
    const slope = (loss() - center) / (data[entry] - theta);
    data[entry] = theta;
    error = Math.max(error, Math.abs(slope - expected[matrix][entry]));
  }
  return { seconds: now() - start, evaluated: done, error: error / largest };
}

function measure(n: number): GradientCosts {
  const own = problem(n);
  const [held, memory] = [new Region(), new StepMemory()];
  held.rewind(0);
  const copy = (A: Matrix) => inRegion(held, () => scale(A, 1));
  const resident = { ...own, X: copy(own.X), T: copy(own.T), params: mapParams(copy, own.params) };
  const costs = {
    network: [n, n, n, n].join("-"),
    parameters: countParams(own.params),
    inStep: timePasses(resident, (step) => memory.step(1, step)),
    outside: timePasses(own, (step) => step()),
    differences: differences(resident, memory),
  };
  memory.release();
  held.release();
  return costs;
}

serve({}, Object.fromEntries(widths.map((n) => [`gradients ${n}`, () => measure(n)])));
