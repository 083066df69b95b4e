import assert from "node:assert/strict";
import test from "node:test";
import { add, matrix, toArrays, zeros } from "../lib/matrix";
import { countParams, flattenParams, mapParams, type Params, withMatrices, zerosLike } from "../lib/params";

const tree = [{ weights: matrix([[1, 2]]), bias: matrix([[3]]) }, {}, [matrix([[4]])]] as const;

test("matrices keep their order and their paths", () => {
  assert.deepEqual(
    flattenParams(tree).map(({ path, value }) => [path, toArrays(value)]),
    [
      ["0.weights", [[1, 2]]],
      ["0.bias", [[3]]],
      ["2.0", [[4]]],
    ],
  );
  assert.equal(countParams(tree), 4);
});

test("mapping keeps the form and changes no tree", () => {
  const before = JSON.stringify(tree);
  const doubled = mapParams((A, B) => add(A, B), tree, tree);
  assert.deepEqual(Object.keys(doubled[0]), ["weights", "bias"]);
  assert.deepEqual(doubled[1], {});
  assert.ok(Array.isArray(doubled[2]));
  assert.deepEqual(toArrays(doubled[0].weights), [[2, 4]]);
  assert.equal(JSON.stringify(tree), before);
  assert.ok(zerosLike({ a: zeros(1, 1, "float32") }).a.data instanceof Float32Array);
});

test("matrices put back in the order of their paths", () => {
  const named = flattenParams(tree);
  const replaced = withMatrices(
    tree,
    named.map(({ value }) => add(value, value)),
  );
  assert.deepEqual(
    replaced,
    mapParams((A) => add(A, A), tree),
  );
  assert.throws(() => withMatrices(tree, [zeros(1, 2)]), /1 matrices for a tree of 3/);
});

test("trees of another form are refused with the place", () => {
  const both: Params[] = [{ weights: matrix([[1, 2]]), bias: matrix([[3]]) }, {}];
  assert.throws(
    () => mapParams((A) => A, both, [both[0]]),
    /mapParams: 1 is in the first tree and not in the second/,
  );
  assert.throws(
    () => mapParams((A) => A, both, [{ ...(both[0] as object), extra: matrix([[0]]) }, {}]),
    /0.extra is in the second tree and not in the first/,
  );
  assert.throws(
    () => mapParams((A) => A, both, [{ weights: matrix([[1], [2]]), bias: matrix([[3]]) }, {}]),
    /0.weights is 1×2 in the first tree and 2×1 in the second/,
  );
  assert.throws(
    () => mapParams((A) => A, both, matrix([[1]])),
    /the tree is a list in the first tree and a matrix in the second/,
  );
});
