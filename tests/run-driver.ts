// Runs `start` in a process of its own, so that a test can send it a signal: run-driver.ts '<options as JSON>'.
import { start } from "../scripts/run/start";

start({ ...JSON.parse(process.argv[2]), reports: null, live: false }).then((code) => {
  process.exitCode = code;
});
