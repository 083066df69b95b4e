import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { autogradOf, autogradOfLayer } from "../lib/gradients/autograd";
import { tensorflow, tensorflowBackend } from "../lib/gradients/tensorflow";
import { matrix } from "../lib/matrix";
import { flattenParams } from "../lib/params";
import { assertClose } from "./support/assert-close";
import { inCI } from "./support/ci";
import { networkOf, networkParams, references } from "./support/layer-references";

const root = join(__dirname, "..");
const addon = join(root, "node_modules/@tensorflow/tfjs-node/lib/napi-v8/tfjs_binding.node");

/** Why the native backend need not be here; CI's linux-x64 has no excuse but its own wish. */
function noAddon(): string | false {
  if (process.env.BACKPROP_TFJS === "js") return "BACKPROP_TFJS=js";
  const obligatory = inCI && process.platform === "linux" && process.arch === "x64";
  return existsSync(addon) || obligatory ? false : "the addon is not built";
}

test("libtensorflow is used where its addon is built; in CI on linux-x64 it must be", {
  skip: noAddon(),
}, () => {
  assert.equal(tensorflowBackend().name, "tensorflow");
  assert.match(tensorflowBackend().version, /^2\.\d+\.\d+/);
  assert.equal(tensorflow().getBackend(), "tensorflow");
});

test("BACKPROP_TFJS=js is obeyed where the addon is built, and the backend in use is left for the runner", () => {
  const code = `
    const key = Symbol.for("backpropagation.tensorflowBackend");
    const { tensorflow, tensorflowBackend } = require("./lib/gradients/tensorflow");
    const before = globalThis[key] === undefined;
    const name = tensorflow().getBackend();
    console.log(JSON.stringify({ before, name, same: globalThis[key] === tensorflowBackend(), ...globalThis[key] }));`;
  const env = { ...process.env, BACKPROP_TFJS: "js" };
  const printed = execFileSync(process.execPath, ["--import", "tsx", "-e", code], {
    cwd: root,
    env,
    encoding: "utf8",
  });
  const { version, ...rest } = JSON.parse(printed);
  assert.deepEqual(rest, { before: true, name: "cpu", same: true, reason: "BACKPROP_TFJS=js" });
  assert.match(version, /^4\./);
});

/** Runs lib in another process, in which tfjs-node cannot be loaded; returns what it prints on stdout and stderr. */
function withoutAddon(code: string): string {
  const hook = `
    const Module = require("node:module");
    const load = Module._load;
    Module._load = function (name, ...rest) {
      if (name === "@tensorflow/tfjs-node") throw new Error("no addon\\nand more lines");
      return load.call(this, name, ...rest);
    };`;
  const [node, ...options] = [process.execPath, "--import", "tsx", "-e", `${hook}${code}`];
  const env = { ...process.env, BACKPROP_TFJS: "" };
  return execFileSync(node, options, {
    cwd: root,
    env,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
}

test("without the addon TensorFlow.js computes the same in plain JavaScript, silently, and says why", () => {
  const printed = withoutAddon(`
    const stderr = [];
    process.stderr.write = (text) => stderr.push(text);
    const { tensorflowBackend } = require("./lib/gradients/tensorflow");
    const { autogradOfLayer } = require("./lib/gradients/autograd");
    const { networkOf, references } = require("./tests/support/layer-references");
    const { network, params, loss, X, T } = networkOf(references.gradients[0]);
    const { gradients } = autogradOfLayer(network, params, X, { loss, target: T });
    console.log(JSON.stringify({ backend: tensorflowBackend(), stderr, dX: [...gradients.input.data] }));`);
  const { backend, stderr, dX } = JSON.parse(printed);
  assert.equal(backend.name, "cpu");
  assert.equal(backend.reason, "no addon");
  assert.deepEqual(stderr, []);
  const reference = references.gradients[0].dX.flat();
  assertClose("dX", matrix([dX]), matrix([reference]), 1e-6);
});

for (const reference of references.gradients)
  test(`autograd of dense, ${reference.activation}, dense, ${reference.loss} is PyTorch's to float32`, () => {
    const { network, params, loss, X, T } = networkOf(reference);
    const { value, gradients } = autogradOfLayer(network, params, X, { loss, target: T });
    assertClose("loss", matrix([[value]]), matrix([[reference.value]]), 1e-6);
    const expected = flattenParams(networkParams(reference.gradients));
    flattenParams(gradients.params).forEach(({ path, value }, k) => {
      assertClose(path, value, expected[k].value, 1e-6);
    });
    assertClose("dX", gradients.input, matrix(reference.dX), 1e-6);
  });

test("a parameter that the function does not use has gradient 0, and no tensor is left behind", () => {
  const tf = tensorflow();
  const before = tf.memory().numTensors;
  const params = { used: matrix([[2, 3]]), unused: matrix([[5], [7]]) };
  const { value, gradients } = autogradOf(({ used }) => tf.sum(tf.square(used)), params);
  assert.equal(value, 13);
  assert.deepEqual([...gradients.used.data], [4, 6]);
  assert.deepEqual([...gradients.unused.data], [0, 0]);
  assert.equal(tf.memory().numTensors, before);
});
