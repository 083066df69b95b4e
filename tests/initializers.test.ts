import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import * as initializers from "../lib/initializers";
import { matrix, toArrays } from "../lib/matrix";
import { randomState } from "../lib/random";

const reference = JSON.parse(readFileSync("data/references/initializers.json", "utf8"));
const { seed, fanOut, fanIn } = reference;

const cases: Record<string, initializers.Initializer> = {
  uniformInit: initializers.uniformInit(-0.3, 0.3),
  lecunNormal: initializers.lecunNormal,
  lecunUniform: initializers.lecunUniform,
  xavierUniform: initializers.xavierUniform,
  xavierNormal: initializers.xavierNormal,
  heUniform: initializers.heUniform(),
  heUniformLeaky: initializers.heUniform(0.2),
  heNormal: initializers.heNormal(),
  heNormalLeaky: initializers.heNormal(0.2),
};

for (const [name, initializer] of Object.entries(cases))
  test(`${name} draws NumPy's weights`, () => {
    const W = initializer(randomState(seed), fanOut, fanIn);
    assert.deepEqual([W.rows, W.cols], [3, 5]);
    toArrays(W).forEach((row, i) => {
      row.forEach((weight, j) => {
        const expected = reference[name][i][j];
        assert.ok(
          Math.abs(weight - expected) <= 1e-15,
          `${name}[${i},${j}]: ours ${weight}, NumPy ${expected}`,
        );
      });
    });
  });

test("float32 weights are the float64 ones, rounded", () => {
  const W = initializers.heNormal()(randomState(seed), fanOut, fanIn, "float32");
  assert.ok(W.data instanceof Float32Array);
  assert.deepEqual(toArrays(W), reference.heNormalFloat32);
});

test("zeroInit and constantMatrix draw nothing, and the constant is copied", () => {
  const random = randomState(1);
  const M = matrix([
    [1, 2],
    [3, 4],
  ]);
  const W = initializers.constantMatrix(M)(random, 2, 2);
  assert.deepEqual(toArrays(W), toArrays(M));
  assert.notEqual(W.data, M.data);
  assert.deepEqual(toArrays(initializers.zeroInit(random, 1, 2)), [[0, 0]]);
  assert.deepEqual(toArrays(initializers.oneInit(random, 1, 2)), [[1, 1]]);
  assert.equal(random.uniform(), randomState(1).uniform());
});

test("wrong arguments are named", () => {
  const random = randomState(0);
  assert.throws(() => initializers.lecunNormal(random, 3, 0), /the weights are 3×0/);
  assert.throws(() => initializers.xavierUniform(random, 1.5, 2), /the weights are 1.5×2/);
  assert.throws(() => initializers.uniformInit(1, 0), /low is 1, high is 0/);
  assert.throws(() => initializers.heNormal(Number.NaN), /the negative slope is NaN/);
  assert.throws(() => initializers.heUniform(Number.NaN), /heUniform: the negative slope is NaN/);
  const notCalled = initializers.heUniform as unknown as initializers.Initializer;
  assert.throws(() => notCalled(random, 3, 2), /heUniform: the negative slope is .* for ReLU: heUniform\(\)/);
  assert.throws(
    () => initializers.constantMatrix(matrix([[1]]))(random, 2, 3),
    /is 1×1, the weights are 2×3/,
  );
});
