// A thread does not inherit the loader of TypeScript from the thread that started it.
require("tsx/cjs");

module.exports = require("./worker.ts").work;
