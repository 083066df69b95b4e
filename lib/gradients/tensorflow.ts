import util from "node:util";
import type * as tf from "@tensorflow/tfjs";

/** TensorFlow.js, whichever backend runs it. */
export type TensorFlow = typeof tf;

/** Which TensorFlow.js is in use. */
export interface TensorFlowBackend {
  /** "tensorflow": libtensorflow through @tensorflow/tfjs-node. "cpu": TensorFlow.js in plain JavaScript. */
  readonly name: "tensorflow" | "cpu";
  /** Of libtensorflow, or of TensorFlow.js. */
  readonly version: string;
  /** Why it is not libtensorflow. */
  readonly reason?: string;
}

let loaded: { tf: TensorFlow; backend: TensorFlowBackend } | undefined;

/**
 * TensorFlow.js: on libtensorflow where the native addon loads, else, or under BACKPROP_TFJS=js, in plain JavaScript.
 * Both compute in float32. It is loaded at the first call.
 * @example
 * tensorflow().tidy(() => tensorflow().square(tensorflow().scalar(3)).dataSync()[0]) // 9
 */
export function tensorflow(): TensorFlow {
  return load().tf;
}

/**
 * The backend in use. It is a fact of the machine: keep it out of outputs that are compared.
 * @example
 * ["tensorflow", "cpu"].includes(tensorflowBackend().name) // true
 */
export function tensorflowBackend(): TensorFlowBackend {
  return load().backend;
}

/** Where the runner reads, after a notebook's last cell, which backend the notebook used. */
const BACKEND_IN_USE = Symbol.for("backpropagation.tensorflowBackend");

function load() {
  if (!loaded) {
    loaded = quietly(() => native() ?? plain());
    (globalThis as Record<symbol, unknown>)[BACKEND_IN_USE] = loaded.backend;
  }
  return loaded;
}

let reason = "";

function native(): typeof loaded {
  if (process.env.BACKPROP_TFJS === "js") {
    reason = "BACKPROP_TFJS=js";
    return undefined;
  }
  // Read by libtensorflow when it is loaded: warnings only; and sums in one order on every processor.
  process.env.TF_CPP_MIN_LOG_LEVEL ??= "2";
  process.env.TF_ENABLE_ONEDNN_OPTS ??= "0";
  // tfjs-node calls it, and Node has not had it since version 23 (tensorflow/tfjs issue 8609).
  (util as { isNullOrUndefined?: (value: unknown) => boolean }).isNullOrUndefined = (value) => value == null;
  try {
    const tfjsNode = require("@tensorflow/tfjs-node");
    return { tf: tfjsNode, backend: { name: "tensorflow", version: tfjsNode.backend().binding.TF_Version } };
  } catch (error) {
    reason = error instanceof Error ? error.message.split("\n")[0] : String(error);
    return undefined;
  }
}

function plain(): NonNullable<typeof loaded> {
  const tfjs: TensorFlow = require("@tensorflow/tfjs");
  tfjs.enableProdMode(); // or it advertises tfjs-node on stderr
  tfjs.setBackend("cpu");
  return { tf: tfjs, backend: { name: "cpu", version: tfjs.version_core, reason } };
}

/** Without the deprecation warnings that tfjs-node's dependencies cause on newer versions of Node. */
function quietly<T>(action: () => T): T {
  const before = process.noDeprecation;
  process.noDeprecation = true;
  try {
    return action();
  } finally {
    process.noDeprecation = before;
  }
}
