// Runs `sweep` in a process of its own, so that a test can end it: sweep-driver.ts '<names, options and places as JSON>'.
import { readRegistry } from "../scripts/sweep/registry";
import { sweep } from "../scripts/sweep/sweep";

const { names, options, experiments, folder, cache } = JSON.parse(process.argv[2]);
const screen = { live: false, write: (text: string) => process.stdout.write(text) };
sweep(names, options, { known: readRegistry(experiments), folder, cache, screen }).then((code) => {
  process.exitCode = code;
});
