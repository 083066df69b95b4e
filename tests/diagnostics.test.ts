import assert from "node:assert/strict";
import test from "node:test";
import { identity, relu, sigmoid, tanh } from "../lib/activations";
import { autocorrelation, correlationMatrix, inputGradients } from "../lib/diagnostics/input-gradients";
import { activationStatistics, gradientStatistics, parameterStatistics } from "../lib/diagnostics/statistics";
import { histogram, quantile, summarise } from "../lib/diagnostics/summary";
import { type Trace, trace, traceBackward } from "../lib/diagnostics/trace";
import { deadUnits, deadUnitsByLayer, saturation, saturationByLayer } from "../lib/diagnostics/units";
import { updateRatios } from "../lib/diagnostics/updates";
import type { Layer } from "../lib/layer";
import { dense, elementwise, serial } from "../lib/layers";
import { batchNorm } from "../lib/layers/batch-norm";
import { dropout } from "../lib/layers/dropout";
import { residual } from "../lib/layers/residual";
import { oneHot, softmaxCrossEntropy } from "../lib/losses";
import { fromData, matrix, zeros } from "../lib/matrix";
import { flattenParams, type Params } from "../lib/params";
import { randomState } from "../lib/random";
import { assertClose } from "./support/assert-close";
import { denseParams, references, type WatchedReference } from "./support/diagnostics-references";

const near = (what: string, ours: number, expected: number, tolerance = 1e-13) =>
  assertClose(what, matrix([[ours]]), matrix([[expected]]), tolerance);

/** The networks of data/references/diagnostics.py. */
const saturated = serial(
  dense(3, 8), elementwise(tanh), dense(8, 8), elementwise(relu), dense(8, 8), elementwise(sigmoid), dense(8, 2),
); // biome-ignore format: in a row
const nested = serial(
  dense(3, 5),
  elementwise(tanh),
  residual(serial(dense(5, 6), elementwise(relu), dense(6, 5))),
  serial(residual(dense(5, 4), dense(5, 4)), batchNorm(4)),
  elementwise(sigmoid),
  dense(4, 2),
);
const nestedPaths = ["0", "1", "2.branch.0", "2.branch.1", "2.branch.2", "2", "3.0.branch", "3.0.shortcut", "3.0", "3.1", "4", "5"]; // biome-ignore format: in a row

function nestedParams(list: number[][][]): Params {
  const [W1, b1, W2, b2, W3, b3, W4, b4, W5, b5, gain, shift, W6, b6] = list.map((rows) => matrix(rows));
  const running = { runningMean: zeros(4, 1), runningVariance: matrix([[1], [1], [1], [1]]) };
  return [
    { weights: W1, bias: b1 },
    {},
    { branch: [{ weights: W2, bias: b2 }, {}, { weights: W3, bias: b3 }], shortcut: {} },
    [
      { branch: { weights: W4, bias: b4 }, shortcut: { weights: W5, bias: b5 } },
      { gain, shift, ...running },
    ],
    {},
    { weights: W6, bias: b6 },
  ];
}

function traced(network: Layer, params: Params, { X, labels }: WatchedReference) {
  const forward = trace(network, params, matrix(X));
  const { loss, cache } = softmaxCrossEntropy.forward(forward.output, oneHot(labels, 2));
  return { forward, loss, back: traceBackward(forward, softmaxCrossEntropy.backward(cache)) };
}
const networks = [
  { name: "nested", network: nested as unknown as Layer, params: nestedParams(references.nested.parameters), paths: nestedPaths, reference: references.nested },
  { name: "saturated", network: saturated as unknown as Layer, params: denseParams(references.saturated.parameters) as Params, paths: ["0", "1", "2", "3", "4", "5", "6"], reference: references.saturated },
]; // biome-ignore format: a row each

for (const { name, network, params, paths, reference } of networks) {
  test(`${name}: what every layer puts out and gets back is what PyTorch's hooks see`, () => {
    const { forward, loss, back } = traced(network, params, reference);
    assert.deepEqual(
      forward.steps.map(({ path }) => path),
      paths,
    );
    near("loss", loss, reference.loss, 1e-14);
    reference.layers.forEach((layer, k) => {
      const at = `${paths[k]} (${forward.steps[k].name})`;
      assertClose(`${at}: output`, back.steps[k].output, matrix(layer.output), 1e-13);
      assertClose(`${at}: dOutput`, back.steps[k].dOutput, matrix(layer.dOutput), 1e-13);
      assertClose(`${at}: dInput`, back.steps[k].dInput, matrix(layer.dInput), 1e-13);
    });
    assertClose("dX", back.dInput, matrix(reference.dX), 1e-13);
  });

  test(`${name}: a trace computes what the network computes, bit for bit`, () => {
    const { forward, back } = traced(network, params, reference);
    const whole = network.forward(params, matrix(reference.X));
    const dOutput = back.steps[back.steps.length - 1].dOutput;
    const { dInput, gradients } = network.backward(params, whole.cache, dOutput);
    assert.deepEqual(forward.output, whole.output);
    assert.deepEqual(back.dInput, dInput);
    assert.deepEqual(back.gradients, gradients);
  });

  test(`${name}: activation statistics are NumPy's`, () => {
    const { forward } = traced(network, params, reference);
    const probabilities = [0, 0.02, 0.3, 0.5, 0.98, 1];
    const ours = activationStatistics(forward, { probabilities, bins: 7 });
    const fixed = activationStatistics(forward, { bins: 5, range: [-0.5, 1.5] });
    reference.layers.forEach((layer, k) => {
      near("mean", ours[k].mean, layer.mean);
      near("standard deviation", ours[k].standardDeviation, layer.standardDeviation);
      near("rms", ours[k].rms, layer.rms);
      assertClose("quantiles", matrix([[...ours[k].quantiles]]), matrix([layer.quantiles]), 1e-13);
      assertClose("edges", matrix([[...ours[k].histogram.edges]]), matrix([layer.edges]), 1e-13);
      assert.deepEqual(ours[k].histogram.counts, layer.counts);
      assert.deepEqual(fixed[k].histogram.counts, layer.countsFixedRange);
      assert.deepEqual([ours[k].min, ours[k].max], [ours[k].quantiles[0], ours[k].quantiles[5]]);
    });
  });

  test(`${name}: gradient statistics are PyTorch's`, () => {
    const { back } = traced(network, params, reference);
    const ours = gradientStatistics(back);
    reference.layers.forEach((layer, k) => {
      near(`${ours[k].path}: signal`, ours[k].signal.norm, layer.signalNorm);
    });
    // the same matrices in the order of the tree
    const inTree = parameterStatistics(back.gradients);
    const byPath = new Map(ours.flatMap(({ parameters }) => parameters).map((p) => [p.path, p]));
    assert.equal(byPath.size, inTree.length);
    inTree.forEach((p, k) => {
      assert.deepEqual(byPath.get(p.path), p);
      near(`${p.path}: norm`, p.norm, reference.gradientNorms[k]);
      near(`${p.path}: rms`, p.rms * Math.sqrt(p.entries), reference.gradientNorms[k]);
      near(`${p.path}: largest`, p.largest, reference.gradientLargest[k]);
      near(`${p.path}: deviation`, p.standardDeviation, reference.gradientDeviations[k]);
    });
    for (const { norm, parameters } of ours) near("norm", norm, Math.hypot(...parameters.map((p) => p.norm)));
  });
}

test("dead units and saturation are counted as PyTorch and NumPy count them", () => {
  const { forward } = traced(networks[1].network, networks[1].params, references.saturated);
  const [tanhLayer, reluLayer, sigmoidLayer] = [1, 3, 5].map((k) => references.saturated.layers[k]);
  assert.ok(reluLayer.dead.length > 0 && tanhLayer.beyondTanh > 0 && sigmoidLayer.beyond[0] > 0);
  assert.deepEqual(deadUnitsByLayer(forward), [
    { path: "3", name: "relu", units: 8, dead: reluLayer.dead, share: reluLayer.dead.length / 8 },
  ]);
  const [ofTanh, ofSigmoid] = saturationByLayer(forward);
  assert.deepEqual([ofTanh.path, ofSigmoid.path], ["1", "5"]);
  assert.equal(ofTanh.share, tanhLayer.beyondTanh);
  assert.deepEqual([ofSigmoid.low, ofSigmoid.high], sigmoidLayer.beyond);
  const mean = ofTanh.units.reduce((total, unit) => total + unit, 0) / 8;
  near("mean over the units", mean, ofTanh.share);
  assert.equal(saturationByLayer(forward, { tanh: [-2, 2] })[0].share, 0);
});

test("a unit is dead only if it is 0 for every sample", () => {
  assert.deepEqual(deadUnits(matrix([[0, -0, 0], [0, 1e-300, 0], [1, 1, 1]])).dead, [0]); // biome-ignore format: rows
  assert.deepEqual(saturation(matrix([[-1, 0, 1], [1, 1, 1]]), [-1, 1]).units, [2 / 3, 1]); // biome-ignore format: rows
  assert.throws(() => saturation(zeros(1, 1), [1, -1]), /the bounds are 1 and -1/);
  assert.throws(() => saturation(zeros(1, 0), [-1, 1]), /saturation: A is 1×0/);
  assert.throws(
    () => deadUnits(zeros(3, 0)),
    /deadUnits: A is 3×0 \(it needs at least one unit and one sample\)/,
  );
});

test("a trace draws what the network draws, and follows a layer of its own", () => {
  const network = serial(dense(2, 4), dropout(0.5), residual(serial(dense(4, 4), dropout(0.3)), dense(4, 4)));
  const params = network.init(randomState(1));
  const X = matrix([[1, 2, 3], [4, 5, 6]]); // biome-ignore format: rows
  assert.deepEqual(
    trace(network, params, X, randomState(2)).output,
    network.forward(params, X, randomState(2)).output,
  );
  const single: Trace = trace(dense(2, 4), params[0], X);
  assert.deepEqual(
    single.steps.map(({ path, name }) => [path, name]),
    [["", "dense"]],
  );
  const mine = { ...dense(2, 4), backward: () => ({ dInput: X, gradients: params[0] }) };
  const inside = trace(serial(mine, elementwise(tanh)), [params[0], {}], X);
  assert.equal(traceBackward(inside, zeros(4, 3)).dInput, X);
  assert.throws(
    () => trace(network, [params[0]] as never, X),
    /the parameters of serial have 1 entries for 3 layers/,
  );
});

test("an identity shortcut is no step; an identity in a row is one", () => {
  const network = serial(elementwise(identity), residual(elementwise(tanh)));
  const { steps } = trace(network, [{}, { branch: {}, shortcut: {} }], matrix([[1]]));
  assert.deepEqual(
    steps.map(({ path, name }) => [path, name]),
    [["0", "identity"], ["1.branch", "tanh"], ["1", "residual"]], // biome-ignore format: pairs
  );
});

for (const reference of references.shattered)
  test(`gradients along a line through ${reference.depth} ReLU layers, and their autocorrelation, are PyTorch's`, () => {
    const sizes = [1, ...new Array<number>(reference.depth).fill(reference.width), 1];
    const layers = sizes
      .slice(1)
      .flatMap((outputs, l) => [dense(sizes[l], outputs), elementwise(relu)] as Layer[])
      .slice(0, -1);
    const params = denseParams(reference.parameters);
    const G = inputGradients(serial(...layers), params as never, matrix([reference.x]));
    assertClose("∂f/∂x", G, matrix([reference.gradients]), 1e-13);
    const ours = autocorrelation(G.data, 8);
    assertClose("autocorrelation", matrix([ours]), matrix([reference.autocorrelation]), 1e-13);
  });

test("correlation matrices are NumPy's, centred and not", () => {
  const { G, pearson, cosine } = references.correlations;
  assertClose("Pearson", correlationMatrix(matrix(G)), matrix(pearson), 1e-14);
  assertClose("cosine", correlationMatrix(matrix(G), { centred: false }), matrix(cosine), 1e-14);
  const constant = correlationMatrix(matrix([[1, 2], [1, 3]])).data; // biome-ignore format: rows
  assert.deepEqual(Array.from(constant, Number.isNaN), [true, true, true, false]);
  assert.throws(() => correlationMatrix(zeros(0, 2)), /G is 0×2/);
  assert.throws(() => autocorrelation([1, 2], 2), /maxLag is 2 \(a whole number from 0 to 1\)/);
});

test("the input gradient of one of several outputs is a row of the Jacobian", () => {
  const params = { weights: matrix([[1, 2], [3, 4]]), bias: zeros(2, 1) }; // biome-ignore format: rows
  const dOutput = matrix([[0, 0, 0], [1, 1, 1]]); // biome-ignore format: rows
  assert.deepEqual(inputGradients(dense(2, 2), params, zeros(2, 3), { dOutput }), matrix([[3, 3, 3], [4, 4, 4]])); // biome-ignore format: rows
  const half = { weights: fromData(1, 1, new Float32Array([2])), bias: zeros(1, 1, "float32") };
  assert.ok(inputGradients(dense(1, 1), half, zeros(1, 1, "float32")).data instanceof Float32Array);
});

test("update-to-weight ratios are PyTorch's", () => {
  const { before, after, ratios } = references.updates;
  const ours = updateRatios(denseParams(before) as Params, denseParams(after) as Params);
  assert.deepEqual(
    ours.map(({ path }) => path),
    ["0.weights", "0.bias", "2.weights", "2.bias"],
  );
  ours.forEach(({ ratio }, k) => {
    near(`ratio ${k}`, ratio / ratios[k], 1);
  });
});

test("update ratios at zero: Infinity where zero moves, 0 where nothing does; running statistics are left out", () => {
  const before = { bias: zeros(1, 1), weights: matrix([[2]]), runningMean: matrix([[1]]) };
  const after = { bias: matrix([[1]]), weights: matrix([[2]]), runningMean: matrix([[5]]) };
  assert.deepEqual(
    updateRatios<Params>(before, after).map(({ path, ratio }) => [path, ratio]),
    [["bias", Number.POSITIVE_INFINITY], ["weights", 0]], // biome-ignore format: pairs
  );
  assert.deepEqual(
    parameterStatistics(before).map(({ path }) => path),
    ["bias", "weights"],
  );
});

test("what is not finite is counted and left out; no values give NaN", () => {
  const ours = summarise([1, Number.NaN, 3, Number.POSITIVE_INFINITY], { bins: 2 });
  assert.deepEqual([ours.count, ours.notFinite, ours.mean, ours.max], [2, 2, 2, 3]);
  assert.deepEqual(ours.histogram, { edges: [1, 2, 3], counts: [1, 1] });
  const none = summarise([Number.NaN]);
  assert.ok([none.mean, none.standardDeviation, none.min, none.max, ...none.quantiles].every(Number.isNaN));
  assert.ok(none.histogram.counts.every((count) => count === 0));
});

test("quantiles and histograms at their ends", () => {
  assert.equal(quantile([7], 0.3), 7);
  assert.equal(quantile([0.1, 0.1, 0.1], 0.7), 0.1);
  assert.deepEqual(histogram([5, 5], 2), { edges: [4.5, 5, 5.5], counts: [0, 2] }); // as np.histogram([5, 5], 2)
  assert.throws(() => histogram([1], 0), /bins is 0/);
  assert.throws(() => histogram([1], 2, [1, 1]), /the range is from 1 to 1/);
  assert.throws(() => quantile([1], -0.1), /the probability is -0.1/);
  // 0.3 lies below the edge 3 · 0.1 = 0.30000000000000004: NumPy counts the same
  const tenths = Array.from({ length: 11 }, (_, k) => k / 10);
  assert.deepEqual(histogram(tenths, 10).counts, [1, 1, 2, 0, 1, 2, 1, 0, 1, 2]);
  // and an edge may lie above the bin that the division gives it
  const edge = -0.3 + (0.4 + 0.3) / 7;
  assert.deepEqual(histogram([edge], 7, [-0.3, 0.4]).counts, [0, 1, 0, 0, 0, 0, 0]);
});

test("float32 networks are traced and summarised in float64", () => {
  const network = serial(dense(2, 3, { precision: "float32" }), elementwise(relu));
  const params = network.init(randomState(1));
  const forward = trace(network, params, fromData(2, 2, new Float32Array([0.1, 0.2, 0.3, 0.4])));
  assert.ok(forward.output.data instanceof Float32Array);
  const [first] = activationStatistics(forward);
  const { data } = forward.steps[0].output;
  near("mean", first.mean, Array.from(data).reduce((total, x) => total + x, 0) / data.length, 1e-7);
  assert.equal(flattenParams(traceBackward(forward, forward.output).gradients).length, 2);
});
