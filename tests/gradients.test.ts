import assert from "node:assert/strict";
import test from "node:test";
import { leakyRelu, relu, sigmoid, tanh } from "../lib/activations";
import { checkLayer } from "../lib/gradients/check-layer";
import type { Layer } from "../lib/layer";
import { dense, elementwise, serial } from "../lib/layers";
import { type Loss, meanSquaredError, sigmoidBinaryCrossEntropy, softmaxCrossEntropy } from "../lib/losses";
import { fromData, type Matrix, matrix, zeros } from "../lib/matrix";
import { toPrecision } from "../lib/matrix-entries";
import { flattenParams, mapParams } from "../lib/params";
import { randomState } from "../lib/random";
import { networkOf, references } from "./support/layer-references";

const random = randomState(5);
const normals = (rows: number, cols: number): Matrix => fromData(rows, cols, random.normals(rows * cols));
const small = serial(dense(2, 3), elementwise(tanh), dense(3, 2));
const params = small.init(randomState(11));
const A = normals(2, 2);
const targets: [Loss, Matrix][] = [
  [softmaxCrossEntropy, matrix([[1, 0.3], [0, 0.7]])], // biome-ignore format: by rows
  [meanSquaredError, normals(2, 2)],
  [sigmoidBinaryCrossEntropy, matrix([[1, 0], [0, 1]])], // biome-ignore format: by rows
];

for (const [loss, target] of targets)
  test(`all four witnesses agree with dense, tanh, dense, ${loss.name}`, () => {
    const table = checkLayer(small, params, A, { loss, target });
    assert.deepEqual(table.failures, []);
    assert.deepEqual(table.absent, []);
    assert.ok(table.ok);
    assert.deepEqual(
      [...new Set(table.rows.map(({ parameter }) => parameter))],
      ["0.weights", "0.bias", "2.weights", "2.bias", "input"],
    );
    for (const { witness, relativeError } of table.rows)
      assert.ok(
        relativeError <
          { "finite differences": 1e-8, TensorFlow: 3e-6, mathjs: 1e-14, "dual numbers": 1e-14 }[
            witness as "mathjs"
          ],
      );
  });

for (const activation of [sigmoid, tanh, relu, leakyRelu(0.2)])
  test(`all four witnesses agree with ${activation.name}`, () => {
    const table = checkLayer(elementwise(activation), {}, normals(3, 4));
    assert.deepEqual([table.ok, table.failures, table.absent, table.rows.length], [true, [], [], 4]);
  });

test("a deeper network in both precisions: TensorFlow holds at 1e-5", () => {
  const layers: Layer[] = [];
  for (let l = 0; l < 4; l++) layers.push(dense(8, 8), elementwise(l % 2 ? tanh : relu));
  const deep = serial(...layers, dense(8, 3));
  const start = deep.init(randomState(2));
  const X = normals(8, 16);
  const double = checkLayer(deep, start, X);
  assert.deepEqual([double.ok, double.failures], [true, []]);
  assert.equal(double.absent.length, 1);
  assert.match(double.absent[0].reason, /too much for mathjs/);
  const single = checkLayer(
    deep,
    mapParams((M) => toPrecision(M, "float32"), start),
    toPrecision(X, "float32"),
  );
  assert.deepEqual([single.ok, single.failures], [true, []]);
});

test("saturated units and large inputs raise no false alarm", () => {
  for (let seed = 0; seed < 10; seed++) {
    const random = randomState(seed);
    const network = serial(dense(3, 2), elementwise(tanh), dense(2, 2));
    const X = fromData(
      3,
      2,
      random.normals(6).map((z: number) => 8 * z),
    );
    const table = checkLayer(network, network.init(random), X, { loss: softmaxCrossEntropy, target: matrix([[1, 0], [0, 1]]) }); // biome-ignore format: by rows
    assert.deepEqual([table.ok, table.failures, table.absent], [true, [], []], `seed ${seed}`);
  }
});

/** The network's first layer with one entry of one gradient altered. */
function altered(place: "weights" | "bias" | "input", entry: number, change: (value: number) => number) {
  const right = dense(3, 4);
  const change1 = (M: Matrix) => {
    const data = M.data.slice();
    data[entry] = change(data[entry]);
    return fromData(M.rows, M.cols, data);
  };
  const wrong: typeof right = {
    ...right,
    backward(params, cache, dOutput) {
      const { dInput, gradients } = right.backward(params, cache, dOutput);
      if (place === "input") return { gradients, dInput: change1(dInput) };
      return { dInput, gradients: { ...gradients, [place]: change1(gradients[place]) } };
    },
  };
  return serial(wrong, elementwise(tanh), dense(4, 2));
}

const { params: start, loss, X, T } = networkOf(references.gradients[0]);

test("one entry altered by 1e-3 turns each witness red at its place, whichever entry it is", () => {
  for (const [place, entries] of [["weights", 12], ["bias", 4], ["input", 15]] as const) // biome-ignore format: pairs
    for (let entry = 0; entry < entries; entry++) {
      const table = checkLayer(
        altered(place, entry, (value) => value + 1e-3),
        start,
        X,
        {
          loss,
          target: T,
          witnesses: ["finite differences", "TensorFlow", "dual numbers"],
        },
      );
      const cols = { weights: 3, bias: 1, input: 5 }[place];
      const red = table.rows.filter(({ verdict }) => verdict === "differs");
      assert.equal(table.ok, false);
      assert.deepEqual(
        red.map(({ parameter, witness, index }) => [parameter, witness, ...index]),
        ["finite differences", "TensorFlow", "dual numbers"].map((witness) => [
          place === "input" ? "input" : `0.${place}`,
          witness,
          Math.floor(entry / cols),
          entry % cols,
        ]),
      );
    }
});

test("an entry wrong by a thousandth of itself turns TensorFlow's check red", () => {
  const table = checkLayer(
    altered("weights", 4, (value) => value * 1.001),
    start,
    X,
    {
      loss,
      target: T,
      witnesses: ["TensorFlow"],
    },
  );
  assert.deepEqual([table.ok, table.rows.filter(({ verdict }) => verdict === "differs").length], [false, 1]);
});

test("a failure names layer, parameter, index and both values", () => {
  const layer = dense(2, 2);
  const at = { weights: matrix([[0.1, 0.2], [0.3, 0.4]]), bias: matrix([[0], [0]]) }; // biome-ignore format: by rows
  const halved: typeof layer = {
    ...layer,
    backward(params, cache, dOutput) {
      const { dInput, gradients } = layer.backward(params, cache, dOutput);
      gradients.weights.data[2] /= 2;
      return { dInput, gradients };
    },
  };
  const objective = { loss: meanSquaredError, target: matrix([[0.4116], [0.9798]]) };
  const alone = checkLayer(halved, at, matrix([[1], [2]]), {
    ...objective,
    witnesses: ["finite differences"],
  });
  assert.deepEqual(alone.failures, [
    "dense.backward: dWeights[1,0] is 0.0601, finite differences give 0.12 (relative error 0.33, tolerance 1e-7)",
  ]);
  const inside = serial(elementwise(tanh), serial(halved));
  const [failure] = checkLayer(inside, [{}, [at]], matrix([[1], [2]]), objective).failures;
  assert.match(failure, /^dense.backward \(layer 1\.0\): dWeights\[1,0\] is /);
});

test("NaN and infinity in a gradient fail, they never compare equal", () => {
  for (const value of [Number.NaN, Number.POSITIVE_INFINITY]) {
    const table = checkLayer(
      altered("bias", 2, () => value),
      start,
      X,
      { loss, target: T },
    );
    assert.equal(table.ok, false);
    assert.deepEqual(
      new Set(table.rows.filter(({ parameter }) => parameter === "0.bias").map(({ verdict }) => verdict)),
      new Set(["not a number"]),
    );
    assert.match(
      table.failures[0],
      /dense.backward \(layer 0\): dBias\[2,0\] is (NaN|Infinity), .*not a number/,
    );
  }
});

test("a kink within the step is named, and silences only differences", () => {
  const network = serial(dense(1, 2), elementwise(relu));
  const at = [{ weights: matrix([[1], [1]]), bias: matrix([[-1], [0.5]]) }, {}] as const; // first unit at its kink
  const table = checkLayer(network, at, matrix([[1]]));
  assert.deepEqual(
    table.rows
      .filter(({ verdict }) => verdict === "kink")
      .map(({ parameter, witness }) => [parameter, witness]),
    ["0.weights", "0.bias", "input"].map((parameter) => [parameter, "finite differences"]),
  );
  assert.equal(table.ok, true, "TensorFlow, whose relu′(0) is 0 as ours, agrees");
  assert.deepEqual(table.failures, [], "what is in order is no failure");
  assert.equal(table.notes.length, 3);
  assert.match(
    table.notes[0],
    /dWeights\[0,0\]: finite differences met a kink, or too sharp a bend for their step, there and say nothing/,
  );
  const differencesOnly = checkLayer(network, at, matrix([[1]]), { witnesses: ["finite differences"] });
  assert.equal(differencesOnly.ok, false, "nobody else vouches for that entry");
  assert.deepEqual([differencesOnly.failures, differencesOnly.notes], [table.notes, []]);
  const unheard = checkLayer(network, at, matrix([[1]]), { witnesses: ["mathjs"] });
  assert.deepEqual([unheard.ok, unheard.absent.length], [false, 1]);
  assert.equal(unheard.failures[0], "dense.backward (layer 0): dWeights: no witness could be heard");
});

test("a smooth bend within the step silences differences too, and is not called a kink for certain", () => {
  const network = serial(dense(1, 1), elementwise(tanh));
  const params: ReturnType<typeof network.init> = [{ weights: matrix([[1e6]]), bias: matrix([[0.3]]) }, {}];
  const table = checkLayer(network, params, matrix([[1e-7]]), {
    witnesses: ["finite differences", "dual numbers"],
  });
  assert.deepEqual([table.ok, table.failures], [true, []]);
  assert.ok(
    table.notes.some((line) => /dInput\[0,0\]: finite differences met .* too sharp a bend/.test(line)),
  );
  assert.ok(
    table.notes.every((line) => !line.includes("dual numbers")),
    "dual numbers are exact there",
  );
});

test("the same point in the same order: the table is the same every time", () => {
  assert.deepEqual(checkLayer(small, params, A), checkLayer(small, params, A));
});

test("a layer that nobody knows is checked by differences alone, and the others are named absent", () => {
  const square: Layer<Record<string, never>, { Z: Matrix }> = {
    ...elementwise({ ...tanh, name: "square", formula: "" }),
    name: "square",
    forward: (_params, Z) => ({
      output: fromData(
        Z.rows,
        Z.cols,
        Z.data.map((z: number) => z * z),
      ),
      cache: { Z },
    }),
    backward: (_params, { Z }, dA) => ({
      dInput: fromData(
        Z.rows,
        Z.cols,
        dA.data.map((d: number, k: number) => 2 * d * Z.data[k]),
      ),
      gradients: {},
    }),
  };
  const table = checkLayer(square, {}, normals(2, 3));
  assert.deepEqual([table.ok, table.rows.length], [true, 1]);
  assert.deepEqual(
    table.absent.map(({ witness }) => witness),
    ["TensorFlow", "mathjs", "dual numbers"],
  );
  for (const { reason } of [table.absent[0], table.absent[2]])
    assert.match(reason, /no form of the activation "square"/);
});

test("gradients of the wrong form are named before anything is compared", () => {
  const layer = dense(3, 4);
  const at = layer.init(randomState(0));
  const transposed = {
    ...layer,
    backward: (...[params, cache, d]: Parameters<typeof layer.backward>) => {
      const right = layer.backward(params, cache, d);
      return {
        ...right,
        gradients: { ...right.gradients, weights: fromData(3, 4, right.gradients.weights.data) },
      };
    },
  };
  assert.throws(() => checkLayer(transposed, at, X), /dense.backward: dWeights is 3×4, weights is 4×3/);
  assert.throws(() => checkLayer(layer, at, X, { loss: meanSquaredError }), /a loss needs a target/);
});

test("what nobody can check is refused before a witness is asked", () => {
  const layer = dense(2, 1);
  const params = layer.init(randomState(1));
  const A = matrix([[1], [2]]);
  const nan = matrix([[1], [Number.NaN]]);
  assert.throws(() => checkLayer(layer, params, nan), /checkLayer: A\[1,0\] .* is NaN/);
  assert.throws(
    () => checkLayer(layer, { ...params, bias: matrix([[Infinity]]) }, A),
    /bias\[0,0\] .* is Infinity/,
  );
  assert.throws(
    () => checkLayer(layer, params, zeros(2, 0)),
    /A is 2×0 \(a gradient needs at least one sample\)/,
  );
  const witnesses = ["tensorflow" as "TensorFlow"];
  assert.throws(() => checkLayer(layer, params, A, { witnesses }), /no witness is called tensorflow/);
  const nothing = { ...layer, backward: () => undefined as unknown as ReturnType<typeof layer.backward> };
  assert.throws(() => checkLayer(nothing, params, A), /dense.backward: no gradients/);
});

test("of large matrices differences and dual numbers take a sample, TensorFlow every entry", () => {
  const wide = dense(40, 30);
  const table = checkLayer(wide, wide.init(randomState(3)), normals(40, 5), { sample: 10 });
  const compared = (witness: string) =>
    table.rows.filter((row) => row.witness === witness).map((row) => row.compared);
  assert.deepEqual(compared("finite differences"), [10, 10, 10]);
  assert.deepEqual(compared("dual numbers"), [10, 10, 10]);
  assert.deepEqual(compared("TensorFlow"), [1200, 30, 200]);
  assert.ok(table.ok);
  assert.ok(flattenParams(wide.init(randomState(3))).length === 2);
});
