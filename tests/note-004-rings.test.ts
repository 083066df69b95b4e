import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { relu } from "../lib/activations";
import { kaimingNormal, linearDefaults, xavierNormalWithGain } from "../lib/initializers/torch";
import { cos, sin } from "../lib/kernels/functions";
import { dense, elementwise, serial } from "../lib/layers";
import { oneHot, softmaxCrossEntropy } from "../lib/losses";
import { type Matrix, matrix, zeros } from "../lib/matrix";
import { pytorchSgd } from "../lib/optimizers/pytorch-sgd";
import { type Random, randomState } from "../lib/random";
import { dataLoaderOrder } from "../lib/random/data-loader";
import { torchGenerator } from "../lib/random/torch";
import { stepDecay } from "../lib/schedules/step-decay";
import { train } from "../lib/training";
import { assertClose } from "./support/assert-close";

type LayerReference = { weights: number[][]; bias: number[][] };
const reference: {
  start: LayerReference[];
  end: LayerReference[];
  firstPoints: number[][];
  lastPoints: number[][];
  batchLosses: number[];
  printed: { epoch: number; lr: number; loss: number }[];
} = JSON.parse(readFileSync("data/references/note-004-rings.json", "utf8"));

const precision = "float32";

/** The note's make_rings(): n points, the inner ring first, in float32, each coordinate standardised. */
function makeRings(random: Random, n = 2000): Matrix {
  const half = n / 2;
  const angles = [random.uniforms(half), random.uniforms(half)];
  const noise = [random.normals(half), random.normals(half)];
  const X = zeros(2, n, precision);
  for (let j = 0; j < n; j++) {
    const ring = j < half ? 0 : 1;
    const i = j - ring * half;
    const radius = 1 + ring + 0.1 * noise[ring][i];
    X.data[j] = radius * cos(2 * Math.PI * angles[ring][i]);
    X.data[n + j] = radius * sin(2 * Math.PI * angles[ring][i]);
  }
  for (let row = 0; row < 2; row++) {
    const values = X.data.subarray(row * n, (row + 1) * n) as Float32Array;
    const mean = values.reduce((sum, x) => sum + x, 0) / n;
    const deviation = Math.sqrt(values.reduce((sum, x) => sum + (x - mean) * (x - mean), 0) / n);
    for (let j = 0; j < n; j++) values[j] = (values[j] - mean) / (deviation + 1e-8);
  }
  return X;
}

const layer = (n: number, m: number) => dense(n, m, { ...linearDefaults(n), precision });
const network = serial(layer(2, 32), elementwise(relu), layer(32, 16), elementwise(relu), layer(16, 2));
const generator = torchGenerator(42);
const [one, a, two, b, three] = network.init(generator);
const start: ReturnType<typeof network.init> = [
  { ...one, weights: kaimingNormal()(generator, 32, 2, precision) },
  a,
  { ...two, weights: kaimingNormal()(generator, 16, 32, precision) },
  b,
  { ...three, weights: xavierNormalWithGain(1)(generator, 2, 16, precision) },
];

function assertParameters(params: typeof start, expected: LayerReference[], tolerance: number): void {
  [params[0], params[2], params[4]].forEach((layer, l) => {
    for (const name of ["weights", "bias"] as const)
      assertClose(`layer ${l} ${name}`, layer[name], matrix(expected[l][name]), tolerance);
  });
}

test("note 004's rings: the first weights are PyTorch's bits", () => {
  assertParameters(start, reference.start, 0);
});

test("note 004's rings: 30 epochs of momentum with a halving rate follow PyTorch", async () => {
  const X = makeRings(randomState(42));
  const columns = (points: number[][], from: number) =>
    points.forEach((point, j) => {
      for (const row of [0, 1]) {
        const ours = X.data[row * 2000 + from + j];
        assert.ok(Math.abs(ours - point[row]) < 1e-6, `point ${from + j}: ${ours}, NumPy ${point[row]}`);
      }
    });
  columns(reference.firstPoints, 0);
  columns(reference.lastPoints, 1995);

  const labels = Array.from({ length: 2000 }, (_, j) => (j < 1000 ? 0 : 1));
  const schedule = stepDecay(1e-2, { every: 10 * 16 });
  const { params, history } = await train({
    layer: network,
    loss: softmaxCrossEntropy,
    optimizer: pytorchSgd(schedule, { momentum: 0.9 }),
    params: start,
    X,
    T: oneHot(labels, 2, precision),
    batchSize: 128,
    epochs: 30,
    random: dataLoaderOrder(generator),
  });
  assert.equal(history.batchLosses.length, 480);
  // two runs of PyTorch with other instruction sets differ by 9e-4 at most
  history.batchLosses.forEach((loss, step) => {
    const expected = reference.batchLosses[step];
    const tolerance = step < 100 ? 1e-5 : 2e-3;
    assert.ok(
      Math.abs(loss - expected) <= tolerance * expected,
      `step ${step}: ${loss}, PyTorch ${expected}`,
    );
  });
  for (const { epoch, lr, loss } of reference.printed) {
    assert.equal(schedule(epoch * 16 + 1), lr);
    const ours = history.lastBatchLosses[epoch - 1];
    assert.ok(Math.abs(ours - loss) < 5e-5, `epoch ${epoch}: ${ours}, PyTorch ${loss}`);
  }
  assertParameters(params, reference.end, 1e-3);
});
