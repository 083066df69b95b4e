// Loads the addon in a process of its own and computes one gradient: a build that does not do this is not used.
require("node:util").isNullOrUndefined = (value) => value === null || value === undefined; // gone since Node 23; tfjs-node calls it
const fail = (message) => {
  console.error(message.split("\n")[0]);
  process.exit(1);
};
process.on("uncaughtException", (error) => fail(error.message)); // such as what the dynamic linker says
const tf = require("@tensorflow/tfjs-node");
if (tf.getBackend() !== "tensorflow") fail(`the backend is ${tf.getBackend()}, not tensorflow`);
// d/dx sum((x w)²) = 2 x w wᵀ: for x = [1, 2], w = [3, 4]ᵀ it is 2 · 11 · [3, 4].
const w = tf.tensor2d([3, 4], [2, 1]);
const gradient = tf.grad((x) => tf.sum(tf.square(tf.matMul(x, w))))(tf.tensor2d([1, 2], [1, 2]));
const values = Array.from(gradient.dataSync());
if (values.length !== 2 || values[0] !== 66 || values[1] !== 88)
  fail(`the gradient is [${values}], not [66,88]`);
