import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import path from "node:path";
import test from "node:test";

const root = path.join(__dirname, "..");

/** Runs lib code in a process of its own with so many threads; what it prints. */
function withThreads(
  threads: string,
  code: string,
): { status: number | null; stdout: string; stderr: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--import", "tsx", "-e", code], {
    cwd: root,
    env: { ...process.env, BACKPROP_THREADS: threads },
    encoding: "utf8",
    timeout: 120_000,
  });
  return { status, stdout, stderr };
}

/** Products, a training in both precisions and Adam, large enough that every kind of job is shared. */
const work = `
const { createHash } = require("node:crypto");
const { fromData, multiply, multiplyTransposeLeft, multiplyTransposeRight } = require("./lib/matrix");
const { toPrecision } = require("./lib/matrix-entries");
const { randomState } = require("./lib/random");
const { dense, elementwise, serial } = require("./lib/layers");
const { relu } = require("./lib/activations");
const { oneHot, softmaxCrossEntropy } = require("./lib/losses");
const { adam } = require("./lib/optimizers");
const { flattenParams } = require("./lib/params");
const { train } = require("./lib/training");
const hash = createHash("sha256");
const note = ({ data }) => hash.update(Buffer.from(data.buffer, data.byteOffset, data.byteLength));
const random = randomState(1);
(async () => {
  for (const precision of ["float64", "float32"]) {
    const draw = (m, n) => toPrecision(fromData(m, n, random.normals(m * n)), precision);
    for (let k = 0; k < 12; k++) {
      const [A, B] = [draw(131, 600), draw(600, 523)];
      note(multiply(A, B));
      note(multiplyTransposeLeft(B, B));
      note(multiplyTransposeRight(A, A));
    }
    const layer = serial(dense(200, 130, { precision }), elementwise(relu), dense(130, 10, { precision }));
    const X = draw(200, 1000);
    const T = oneHot(random.integers(0, 10, 1000), 10, precision);
    const options = { layer, loss: softmaxCrossEntropy, optimizer: adam(1e-3), X, T, batchSize: 150, epochs: 3, random };
    const { params, history } = await train({ ...options, params: layer.init(random) });
    for (const { value } of flattenParams(params)) note(value);
    hash.update(history.batchLosses.join());
  }
  console.log(hash.digest("hex"));
})();`;

test("one, two, three and eight threads give the same bits", () => {
  const results = ["1", "2", "3", "8"].map((threads) => withThreads(threads, work));
  for (const { status, stderr } of results) assert.equal(status, 0, stderr);
  assert.match(results[0].stdout, /^[0-9a-f]{64}\n$/);
  for (const { stdout } of results) assert.equal(stdout, results[0].stdout);
});

test("the other threads do not keep a finished program alive", () => {
  const code = `const { fromData, multiply } = require("./lib/matrix");
const A = fromData(700, 700, new Float64Array(490000));
for (let k = 0; k < 5; k++) multiply(A, A);
console.log("done");`;
  // a program that does not end is killed by the time limit, and has no status
  const { status, stdout } = withThreads("2", code);
  assert.equal(status, 0);
  assert.equal(stdout, "done\n");
});

test("a setting that is not a number of threads is refused by name", () => {
  for (const setting of ["0", "9", "two", "1.5"]) {
    const { status, stderr } = withThreads(setting, `require("./lib/matrix")`);
    assert.equal(status, 1);
    assert.match(
      stderr,
      new RegExp(`BACKPROP_THREADS is "${setting}" \\(it must be a whole number from 1 to 8\\)`),
    );
  }
});
