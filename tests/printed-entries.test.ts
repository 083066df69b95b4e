import assert from "node:assert/strict";
import test from "node:test";
import { column, matrix } from "../lib/matrix";
import { judgeEntries } from "../lib/printed-entries";

const place = { note: "003", place: "1.4", name: "yhat", statement: "ŷ" };

test("a column: ids and statements count from 1, expressions are evaluated", () => {
  const claims = judgeEntries({
    ...place,
    printed: ["0.4378", "0.5622"],
    ours: column([0.437203, 0.562797]),
    operands: ["2.037 / (2.037 + 2.622)", "1 - 0.4378"],
    carries: [undefined, "003/1.4/yhat-1"],
  });
  assert.deepEqual(
    claims.map(({ id, statement, verdict }) => [id, statement, verdict]),
    [
      ["003/1.4/yhat-1", "ŷ₁", "slip"],
      ["003/1.4/yhat-2", "ŷ₂", "carried"],
    ],
  );
  assert.match(claims[1].arithmetic, /1 − 0\.4378 = 0\.56220; they carry the slip 003\/1\.4\/yhat-1$/);
});

test("a matrix is read row by row; a number has no index", () => {
  const ids = judgeEntries({ ...place, printed: ["1", "2", "3", "4"], ours: matrix([[1, 2], [3, 4]]) }); // biome-ignore format: a matrix
  assert.deepEqual(
    ids.map(({ id, statement }) => [id, statement]),
    [
      ["003/1.4/yhat-11", "ŷ₁₁"],
      ["003/1.4/yhat-12", "ŷ₁₂"],
      ["003/1.4/yhat-21", "ŷ₂₁"],
      ["003/1.4/yhat-22", "ŷ₂₂"],
    ],
  );
  assert.ok(ids.every(({ verdict }) => verdict === "reproduced"));
  const [one] = judgeEntries({ ...place, printed: ["0.825"], ours: 0.8274, operands: ["-log(0.4378)"] });
  assert.deepEqual([one.id, one.statement, one.verdict], ["003/1.4/yhat", "ŷ", "slip"]);
});

test("one slip may be carried by all entries", () => {
  const claims = judgeEntries({
    ...place,
    printed: ["1", "2"],
    ours: column([3, 4]),
    operands: ["1", "2"],
    carries: "003/1.2/x",
  });
  assert.ok(claims.every(({ arithmetic }) => arithmetic.endsWith("they carry the slip 003/1.2/x")));
});

test("two slips, joined by and, are named as slips", () => {
  const [claim] = judgeEntries({
    ...place,
    printed: ["1"],
    ours: 3,
    operands: ["1"],
    carries: "003/1.2/x and 003/1.2/y",
  });
  assert.ok(claim.arithmetic.endsWith("they carry the slips 003/1.2/x and 003/1.2/y"));
});

test("missing entries and expressions are refused", () => {
  const ours = column([1, 2]);
  assert.throws(() => judgeEntries({ ...place, printed: ["1"], ours }), /1 printed entries for a 2×1 matrix/);
  assert.throws(
    () => judgeEntries({ ...place, printed: ["1", "2"], ours, operands: ["1"] }),
    /003\/1\.4\/yhat: 1 expressions for a 2×1 matrix/,
  );
  assert.throws(
    () => judgeEntries({ ...place, printed: ["1", "2"], ours, operands: ["1", "q"] }),
    /symbol q/,
  );
});
