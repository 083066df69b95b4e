import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { deepBlock } from "../lib/experiments/block-network";
import { depthTraining } from "../lib/experiments/depth-training";
import { gradientCorrelation } from "../lib/experiments/gradient-correlation";
import { gradientLine } from "../lib/experiments/gradient-line";
import { inputSurvival } from "../lib/experiments/input-survival";
import { matrix } from "../lib/matrix";
import type { Params } from "../lib/params";

type Kind = "plain" | "normalized" | "residual" | "residual normalized" | "residual then normalized";
type Reference = {
  correlation: [Kind, number, number, number, number, number, number[]][];
  line: [Kind, number, number, number, number, number, number, number, number, number, number[]][];
  survival: [Kind, number, number, number, number, number, number[]][];
  training: [Kind, number, "all" | "early" | "late", number, number, number, number, number, number[]][];
};
const reference: Reference = JSON.parse(readFileSync("data/references/block-networks.json", "utf8"));

function near(values: readonly number[], expected: readonly number[], tolerance: number): void {
  assert.equal(values.length, expected.length);
  values.forEach((value, k) => {
    const wrong = Math.abs(value - expected[k]) > tolerance * Math.max(1, Math.abs(expected[k]));
    assert.ok(!wrong && Number.isFinite(value), `number ${k} is ${value}, not ${expected[k]}`);
  });
}

for (const [kind, branchScale, depth, width, inputs, seed, expected] of reference.correlation)
  test(`gradient-correlation is NumPy's: ${kind}, ${depth} blocks`, async () => {
    const rows = await gradientCorrelation.run({ kind, branchScale, depth, width, inputs }, seed);
    const { blocks, ...values } = rows[rows.length - 1];
    assert.equal(blocks, depth);
    near(Object.values(values), expected, 1e-10);
  });

for (const [
  kind,
  branchScale,
  depth,
  width,
  gain,
  firstVariance,
  biasVariance,
  points,
  backwardDepth,
  seed,
  expected,
] of reference.line)
  test(`gradient-line is NumPy's: ${kind}, ${depth} blocks, backward through ${backwardDepth || "all"}`, async () => {
    const line = { gain, firstVariance, biasVariance, points, backwardDepth };
    const settings = { kind, branchScale, depth, width, ...line };
    const rows = await gradientLine.run(settings, seed);
    const at = (lag: number) => rows.find((row) => row.lag === lag)?.autocorrelation ?? Number.NaN;
    near([at(1), at(2), at(4), rows[0].spread], expected, 1e-10);
  });

for (const [kind, depth, width, samples, tested, seed, expected] of reference.survival)
  test(`input-survival is NumPy's: ${kind}, ${depth} blocks`, async () => {
    const rows = await inputSurvival.run({ kind, depth, width, samples, tested }, seed);
    const { layer, ...values } = rows[rows.length - 1];
    assert.equal(layer, depth);
    near(Object.values(values), expected, 1e-9);
    near([rows[0].distances], [1], 1e-12);
  });

for (const [
  kind,
  depth,
  trained,
  learningRate,
  samples,
  tested,
  epochs,
  seed,
  expected,
] of reference.training)
  test(`depth-training is PyTorch's: ${kind}, ${depth} blocks, ${trained} trained`, async () => {
    const settings = { kind, depth, trained, learningRate, samples, tested, epochs };
    const rows = await depthTraining.run(settings, seed);
    const { epoch, ...values } = rows[rows.length - 1];
    assert.equal(epoch, epochs);
    near(Object.values(values), expected, 1e-8);
  });

test("ReLU′(0) is 0, or 1 where a block is to be on at 0; nothing else changes", () => {
  const plain = { normalized: false, residual: false };
  const Z = matrix([[0, -1, 2]]);
  const dY = matrix([[1, 1, 1]]);
  for (const [onAtZero, atZero] of [
    [false, 0],
    [true, 1],
  ] as const) {
    const block = deepBlock(1, plain, { onAtZero });
    const params = [{}, { weights: matrix([[3]]), bias: matrix([[0]]) }] as unknown as Params;
    const { output, cache } = block.forward(params, Z);
    assert.deepEqual([...output.data], [0, 0, 6]);
    assert.deepEqual([...block.backward(params, cache, dY).dInput.data], [3 * atZero, 0, 3]);
  }
});

test("a training that diverges fills its epochs; aborted runs stop with the reason", async () => {
  const rows = await depthTraining.run(
    { kind: "residual", depth: 30, learningRate: 10, samples: 100, tested: 50, epochs: 2 },
    0,
  );
  assert.deepEqual([rows.length, rows[1].epoch, rows[1].loss], [2, 2, Number.NaN]);
  const signal = AbortSignal.abort(new Error("enough"));
  for (const run of [gradientCorrelation.run, gradientLine.run, inputSurvival.run, depthTraining.run])
    await assert.rejects(() => run({ depth: 2 }, 0, { signal }), /enough/);
});
