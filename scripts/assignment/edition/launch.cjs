// Started by Jupyter (see kernel.json): the kernel that the project itself uses, bundled.
const fs = require("node:fs");
const path = require("node:path");

const beside = (file) => path.join(__dirname, file);

require(beside("kernel.bundle.js")).start({
  root: path.resolve(__dirname, "../.."),
  configPath: process.argv[2],
  socketThread: fs.readFileSync(beside("socket-thread.bundle.js"), "utf8"),
});
